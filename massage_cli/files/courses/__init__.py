"""The course that a plan file holds: read for a review, summed up, and what a folder of them asks for."""
