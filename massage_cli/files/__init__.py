"""What is kept: intake and plan files in and out, with every problem of a file at once, and private atomic saving."""
