"""Claims about the room of files."""
