"""Claims about the terminal: what a person or a script sees of the program."""
