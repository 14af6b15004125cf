"""People: found, read, edited, kept current, merged and taken along."""
