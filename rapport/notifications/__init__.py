"""Who hears of what, and how: the calendar feed, the daily mail, and the addresses that no mail goes to any more."""
