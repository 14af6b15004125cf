"""A photographed business card: what its codes say and what is printed on it, as cards to be confirmed."""
