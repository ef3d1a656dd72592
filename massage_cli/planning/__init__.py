"""What is decided: the pure core, from an intake and the knowledge to a screening and a plan."""
