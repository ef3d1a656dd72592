"""The hazards of the program, what controls each, and the tests that prove it."""
