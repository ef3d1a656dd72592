"""Long runs that look for faults: `python -m tests.soak` lists them."""
