# What Rapport uses of `holidays`, whose 336 modules of countries are a quarter of what mypy would read.

from datetime import date

class HolidayBase(dict[date, str]):
    weekend: set[int]

def country_holidays(country: str, *, years: int | None = None) -> HolidayBase: ...
