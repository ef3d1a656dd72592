"""A clinic's own knowledge over the built-in one: it adds and tightens, and never loosens."""
