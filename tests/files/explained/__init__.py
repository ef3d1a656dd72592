"""Claims about plan files explained."""
