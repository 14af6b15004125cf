"""Applications, their interviews and the people met there."""
