"""What is one's own: settings, drafts of interviews, and a clinic's own knowledge."""
