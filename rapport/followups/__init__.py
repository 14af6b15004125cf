"""Plans: advice made concrete for one interview, and what the member did about it."""
