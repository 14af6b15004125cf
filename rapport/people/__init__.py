"""The address book: persons, organisations, and every card a source ever said about them."""
