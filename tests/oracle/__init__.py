"""An independent, plain-dict implementation of the specification, with which the program is compared."""
