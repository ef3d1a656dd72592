"""Many at once: a pure function from a row to its result, and what repeats it over a list."""
