"""What a client told, as a file: read with every problem at once, written, and as a template to fill in."""
