"""Worked clients with what must come of them: a clinic's own, and the published vectors."""
