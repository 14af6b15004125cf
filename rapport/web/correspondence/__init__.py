"""Words on their way: notes, letters, mail, what came back, and who is asked for other words."""
