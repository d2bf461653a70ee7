"""The one clock: what moment it is, and what day that is in the province. Nothing else asks the machine.

KHUYENCONG_CLOCK sets it (decision 0010): it then starts at that moment and runs on, or keeps that many seconds before
or behind the machine.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from khuyencong.core.days import EARLIEST, LATEST

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_ahead = dt.timedelta()  # of the machine's clock


def now() -> dt.datetime:
    """This moment, aware."""
    return _machine() + _ahead


def today() -> dt.date:
    """The province's day of this moment."""
    return day_of(now())


def day_of(moment: dt.datetime) -> dt.date:
    """The province's day of an aware moment: between midnight and seven it is not UTC's day, which ``date()`` gives."""
    return local(moment).date()


def local(moment: dt.datetime) -> dt.datetime:
    """An aware moment as the province's clocks show it. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a zone: {moment}")
    return moment.astimezone(ZONE)


def at(day: dt.date, hour: int = 0, minute: int = 0) -> dt.datetime:
    """The moment at which the province's clocks show that hour of that day."""
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


def read(text: str) -> dt.datetime:
    """A moment in ISO 8601; without a zone it is the province's time. Raises ValueError, also for a year out of bounds.

    >>> read("2026-12-31T23:30Z").isoformat(), read("2027-02-08T09:00").isoformat()
    ('2026-12-31T23:30:00+00:00', '2027-02-08T09:00:00+07:00')
    """
    moment = dt.datetime.fromisoformat(text.strip())
    if not EARLIEST.year <= moment.year <= LATEST.year:
        raise ValueError(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def start_at(moment: dt.datetime) -> None:
    """Let the clock of this process start at a moment and run on from there."""
    global _ahead
    _ahead = moment - _machine()


def ahead() -> dt.timedelta:
    """How far this clock is before that of the machine."""
    return _ahead


def keep_ahead(difference: dt.timedelta) -> None:
    """Let the clock of this process keep this far before that of the machine; behind it, where negative."""
    global _ahead
    _ahead = difference


@contextmanager
def starting_at(moment: dt.datetime) -> Iterator[None]:
    """Within this the clock starts at a moment; afterwards it goes on as if nothing had been."""
    global _ahead
    before = _ahead
    start_at(moment)
    try:
        yield
    finally:
        _ahead = before


def _machine() -> dt.datetime:
    return dt.datetime.now(dt.UTC)  # noqa: TID251 the one place that asks the machine
