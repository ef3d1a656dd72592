"""What comes after the plan: visits as they happened, how the client does, and the rest of the course."""
