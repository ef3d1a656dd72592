"""What contradicts itself in a schedule of visits, whoever made it."""
