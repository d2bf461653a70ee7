"""Working days: Monday to Friday, without the public holidays of Vietnam."""

import datetime as dt
from collections.abc import Container


def add_working_days(start: dt.date, days: int, holidays: Container[dt.date]) -> dt.date:
    """The working day that lies ``days`` working days after ``start``; 0 gives the first working day from it on.

    The day on which a period begins is not counted, be it a working day or not (Civil Code 2015, Article 147).
    """
    day = start
    while not days and not is_working_day(day, holidays):
        day += dt.timedelta(days=1)
    for _count in range(days):
        day += dt.timedelta(days=1)
        while not is_working_day(day, holidays):
            day += dt.timedelta(days=1)
    return day


def working_days_between(start: dt.date, end: dt.date, holidays: Container[dt.date]) -> int:
    """How many working days lie after ``start`` up to ``end``; negative when ``end`` comes first."""
    if end < start:
        return -working_days_between(end, start, holidays)
    count = 0
    day = start
    while day < end:
        day += dt.timedelta(days=1)
        count += is_working_day(day, holidays)
    return count


def is_working_day(day: dt.date, holidays: Container[dt.date]) -> bool:
    """Neither a Saturday or Sunday nor a holiday."""
    return day.weekday() < 5 and day not in holidays
