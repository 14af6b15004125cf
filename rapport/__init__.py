"""Rapport looks after the people side of working life."""
