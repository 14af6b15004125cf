"""Members, their addresses, preferences, own schools and reception."""
