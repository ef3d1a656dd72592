"""What contradicts itself in a plan file of our own."""
