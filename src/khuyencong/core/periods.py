"""Reporting periods: a month, a quarter, half a year or a year, and the months they span."""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext


class Kind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


LENGTH = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}  # in months


@dataclass(frozen=True)
class Window:
    """Months of one year, both ends counted."""

    year: int
    first: int = 1
    last: int = 12

    @property
    def whole_year(self) -> bool:
        """Whether it is all twelve months: then facts of which only the year is known count too."""
        return (self.first, self.last) == (1, 12)


@dataclass(frozen=True)
class Period:
    """One period: the ``number``-th of its kind in a year. Raises ValueError for one that is none."""

    kind: Kind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12 // LENGTH[self.kind]:
            raise ValueError(f"{self.kind} {self.number}")

    @property
    def window(self) -> Window:
        """Its own months."""
        last = self.number * LENGTH[self.kind]
        return Window(self.year, last - LENGTH[self.kind] + 1, last)

    @property
    def to_date(self) -> Window:
        """From the first of January to its end."""
        return Window(self.year, 1, self.window.last)

    @property
    def last_year(self) -> "Period":
        """The same period of the year before."""
        return Period(self.kind, self.year - 1, self.number)

    @property
    def first_day(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.window.first, 1)

    @property
    def last_day(self) -> dt.date:
        """Its last day."""
        month = self.window.last
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])


def numbers(kind: Kind) -> range:
    """The numbers that periods of a kind have within a year."""
    return range(1, 12 // LENGTH[kind] + 1)


def last_ended(kind: Kind, today: dt.date) -> Period:
    """The latest period of the kind that is over."""
    found = [Period(kind, year, number) for year in (today.year - 1, today.year) for number in numbers(kind)]
    return max((one for one in found if one.last_day < today), key=lambda one: one.last_day)


def named(period: Period) -> str:
    """In words: ``tháng 3 năm 2026``, ``quý II năm 2026``, ``6 tháng đầu năm 2026``, ``năm 2026``."""
    facts = {"year": period.year, "n": period.number, "roman": ("I", "II", "III", "IV")[(period.number - 1) % 4]}
    words = {
        Kind.MONTH: gettext("tháng %(n)s năm %(year)s"),
        Kind.QUARTER: gettext("quý %(roman)s năm %(year)s"),
        Kind.HALF: gettext("6 tháng đầu năm %(year)s") if period.number == 1 else gettext("6 tháng cuối năm %(year)s"),
        Kind.YEAR: gettext("năm %(year)s"),
    }
    return words[period.kind] % facts
