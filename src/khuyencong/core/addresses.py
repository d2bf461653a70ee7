"""Numbers that our own pages write into an address or a hidden box, and how they are read back.

Nobody types these, but everybody can: what no page of ours writes (², ten digits too many) names nothing.
"""

import re
from collections.abc import Callable, Iterable

from django.urls import reverse
from django.urls.converters import IntConverter

_KEY = "[0-9]{1,18}"  # no database counts further
_YEAR = "[12][0-9]{3}"
_PLACE = 10**17  # a key that no record has, to see where in an address keys stand


class NumberConverter(IntConverter):
    """A number in an address, as ``<number:pk>``; a longer one than any database holds is no address of ours."""

    regex = _KEY


class YearConverter(IntConverter):
    """A year in an address, as ``<year:year>``; what is wrong with one that cannot be says the page."""

    regex = "[0-9]{1,5}"


def of_records(name: str) -> Callable[[int], str]:
    """The addresses of a page by the key of its record: looked up once, for a list asks for every row."""
    before, _key, after = reverse(name, args=[_PLACE]).partition(str(_PLACE))
    return lambda key: f"{before}{key}{after}"


def number_in(text: str | None) -> int | None:
    """The number of a record, or None.

    >>> number_in("1201"), number_in("²"), number_in("9" * 22)
    (1201, None, None)
    """
    return int(text) if text and re.fullmatch(_KEY, text) else None


def numbers_in(texts: Iterable[str]) -> list[int]:
    """The numbers of records, each once; what is none is left out."""
    return list(dict.fromkeys(number for text in texts if (number := number_in(text)) is not None))


def year_in(text: str | None) -> int | None:
    """A year of four digits, or None."""
    return int(text) if text and re.fullmatch(_YEAR, text) else None
