"""Tools that reach the world outside: mail servers and the like. They know no nouns; doors and the worker use them."""
