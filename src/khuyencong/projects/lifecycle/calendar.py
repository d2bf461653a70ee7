"""Vietnam's public holidays, for working days."""

import datetime as dt
from functools import cache

# By its own name: asked for a country by its code, the library reads them all, and a page would wait for it.
from holidays.countries.vietnam import Vietnam


class _Holidays:
    """Contains a day when it is a public holiday; years are worked out when first asked for."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and day in _of(day.year)


@cache
def _of(year: int) -> frozenset[dt.date]:
    return frozenset(Vietnam(years=year))  # type: ignore[no-untyped-call]  # as the library has it


def holidays() -> _Holidays:
    """All public holidays of Vietnam, lunar feasts included."""
    return _Holidays()
