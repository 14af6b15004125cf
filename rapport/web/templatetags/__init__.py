"""The words and marks of pages, for templates."""
