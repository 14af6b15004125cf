"""When something takes place, as a text says it: days, hours and zones, and what stands by now."""
