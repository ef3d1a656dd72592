"""How plans and lists look on a terminal; the only place that uses rich. Every datum enters as inert, cleaned text."""
