"""Interviews and applications, and what to do about each person met."""
