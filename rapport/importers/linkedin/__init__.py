"""The data archive that the professional network gives its members: a zip, or single CSV files of it, of all eras.

What its files look like was collected from public parsers, issue threads and the site's help pages.
"""
