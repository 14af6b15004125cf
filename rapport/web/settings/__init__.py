"""What a member sets: themselves, their own card, and everything as one file."""
