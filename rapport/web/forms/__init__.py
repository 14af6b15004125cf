"""The forms of pages: what they refuse, they refuse with a sentence beside the field."""
