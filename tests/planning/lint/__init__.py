"""Claims about the room of planning."""
