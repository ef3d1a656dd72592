"""The knowledge as a catalog to look things up in: its entries, what hangs together, the evidence, and search."""
