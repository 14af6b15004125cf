"""How a member hears of what is due, and how that is ended."""
