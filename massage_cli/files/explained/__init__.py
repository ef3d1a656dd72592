"""A plan file explained: every value of the document, back to what it rests on."""
