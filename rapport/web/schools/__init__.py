"""Schools of etiquette: read, chosen, written and put against each other."""
