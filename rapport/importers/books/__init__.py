"""Address books as CSV: Google's, new and old, and Outlook's in its three shapes, row by row as cards.

What their columns are was collected from public parsers, issue threads and help pages.
"""
