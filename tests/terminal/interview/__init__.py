"""Claims about the interview as a person meets it, with keys, in plain lines and in process."""
