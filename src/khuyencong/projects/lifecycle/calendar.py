"""Vietnam's public holidays, for working days."""

import datetime as dt
from functools import cache

import holidays as library


class _Holidays:
    """Contains a day when it is a public holiday; years are worked out when first asked for."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and day in _of(day.year)


@cache
def _of(year: int) -> frozenset[dt.date]:
    return frozenset(library.country_holidays("VN", years=year))


def holidays() -> _Holidays:
    """All public holidays of Vietnam, lunar feasts included."""
    return _Holidays()
