"""Invitations on sites, and the hand-off to them."""
