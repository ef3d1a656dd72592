"""The catalog on the screen: lists, pages of entries, and the evidence as tables."""
