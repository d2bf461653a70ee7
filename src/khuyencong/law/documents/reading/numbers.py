"""Numbers and signs of documents, and days, as they stand in running text."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from khuyencong.core.days import read_day

# 45/2012/NĐ-CP, 1288/QĐ-TTg, 26/2014/TTLT-BTC-BCT, 38/2019/QH14. A line break may stand behind a hyphen.
_NUMBER = re.compile(r"(?<![\w/])\d+[a-z]?/(?:\d{4}/)?[A-ZĐ][A-Za-zĐ]*\d*(?:\s?-\s?[A-ZĐ][A-Za-zĐ]*\d*)*")
_IN_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I)
_IN_DIGITS = re.compile(r"(?:ngày|từ|đến)\s+(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.I)


@dataclass(frozen=True)
class Found:
    """A number in a text, without spaces, and where it stands."""

    number: str
    start: int
    end: int


def numbers(text: str) -> Iterator[Found]:
    """The numbers of documents in a text."""
    for found in _NUMBER.finditer(text):
        yield Found("".join(found.group().split()), found.start(), found.end())


def day(text: str) -> dt.date | None:
    """The first day in a text that the calendar has: "ngày 21 tháng 5 năm 2012", "ngày 21/5/2012"."""
    places = [*_IN_WORDS.finditer(text), *_IN_DIGITS.finditer(text)]
    for found in sorted(places, key=lambda one: one.start()):
        known = read_day(f"{found[1]}/{found[2]}/{found[3]}")
        if known is not None:
            return known
    return None
