"""Who is met: sorted out of the list, gathered from the words around it, signed below."""
