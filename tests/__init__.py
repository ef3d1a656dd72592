"""Claims about the program, one module for each module of it."""
