"""Plans checked: made again, held against another edition, and looked through for contradictions."""
