"""One step of a plan: when, why, what would change it, and what the member does about it."""
