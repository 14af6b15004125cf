"""Words: names, titles, dates, zones, numbers and places as sentences state them."""
