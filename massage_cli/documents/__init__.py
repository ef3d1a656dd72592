"""What leaves the practice: each document from one plan, by one pure function, with its own library imported only there."""
