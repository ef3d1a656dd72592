"""Claims about the room of knowledge."""
