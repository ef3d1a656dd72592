"""Claims about the reasons of plans."""
