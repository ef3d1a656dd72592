"""Plans as files: the document, its TOML and JSON, its versions, and what differs between two."""
