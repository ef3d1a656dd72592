"""Wrong changes as people make them, each planted in a copy of the program and to be caught by the tests of its place."""
