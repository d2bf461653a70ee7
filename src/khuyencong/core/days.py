"""Days as people and browsers write them."""

import datetime as dt
import re

# Days outside are slips of the pen: no record of ours is older than the state or plans beyond the century after.
EARLIEST, LATEST = dt.date(1945, 9, 2), dt.date(2199, 12, 31)
_LOCAL = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def read_day(text: str) -> dt.date | None:
    """``15/10/2025`` or ``2025-10-15``; None for anything else, and for days out of bounds.

    >>> read_day("15/10/2025")
    datetime.date(2025, 10, 15)
    """
    text = text.strip()
    local = _LOCAL.fullmatch(text)
    try:
        day = dt.date(*(int(part) for part in reversed(local.groups()))) if local else dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
