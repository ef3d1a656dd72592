"""A session planner for medical massage therapists: screening, techniques, and a dated course that tapers."""

__version__ = "0.1.0"
