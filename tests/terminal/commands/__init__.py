"""Claims about the commands, each run as a process of its own."""
