"""Signing in, joining, and an administrator's list of members."""
