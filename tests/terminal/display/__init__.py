"""Claims about the pages, drawn in process."""
