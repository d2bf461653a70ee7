"""One page of a list: cut after the last row seen, so that rows that come or go meanwhile neither repeat nor vanish."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from khuyencong.core.listing import marks
from khuyencong.core.listing.order import Order, Place
from khuyencong.core.listing.rows import Rows

T = TypeVar("T")

# Counted up to here; beyond it a page says "more than".
COUNT_LIMIT = 10_000


@dataclass(frozen=True)
class Count:
    """How many; ``more``: and more, which nobody counted."""

    n: int
    more: bool = False

    @classmethod
    def of(cls, counted: int, limit: int) -> "Count":
        """From a count that went no further than ``limit`` + 1."""
        return cls(min(counted, limit), counted > limit)


@dataclass(frozen=True)
class Page(Generic[T]):
    """``start``: how many rows stand before it; ``back`` and ``forth``: the marks of the pages beside it, or empty."""

    rows: list[T]
    size: int
    start: Count
    total: Count
    back: str = ""
    forth: str = ""

    @property
    def first(self) -> int:
        """The number of its first row, from 1; 0 where there is none."""
        return self.start.n + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of its last row."""
        return self.start.n + len(self.rows)

    @property
    def number(self) -> int:
        """Its own number, from 1."""
        return -(-self.start.n // self.size) + 1

    @property
    def numbers(self) -> int:
        """The number of the last page."""
        return self.number + -(-(self.total.n - self.last) // self.size)


def page(
    rows: Rows[T], order: Order, size: int, after: str = "", before: str = "", limit: int = COUNT_LIMIT
) -> Page[T]:
    """The page that begins after a mark or ends before one; the first one when a mark says nothing."""
    later, earlier = marks.read(after, order), marks.read(before, order)
    try:
        found, more = _cut(rows, size, later, earlier)
    except (TypeError, ValueError):  # the mark is of a time when the list was made of other things
        found, more = _cut(rows, size, None, None)
        later = earlier = None
    if not found:
        return Page([], size, Count(0), Count(0))
    start = Count(0)
    if later is not None or earlier is not None:
        start = Count.of(rows.count_before(rows.place(found[0]), limit), limit)
    end = start.n + len(found)
    total = Count(end) if not more and not start.more else Count.of(rows.count(limit), limit)
    return Page(
        found,
        size,
        start,
        total,
        back=marks.write(rows.place(found[0]), order) if start.n else "",
        forth=marks.write(rows.place(found[-1]), order) if more else "",
    )


def _cut(rows: Rows[T], size: int, later: Place | None, earlier: Place | None) -> tuple[list[T], bool]:
    """The rows of the page, and whether there are rows after them."""
    if later is not None:
        found = rows.after(later, size + 1)
        return (found[:size], len(found) > size) if found else (rows.last(size), False)
    if earlier is not None:
        found = rows.before(earlier, size)
        if len(found) == size:
            return found, bool(rows.after(rows.place(found[-1]), 1))
    found = rows.first(size + 1)
    return found[:size], len(found) > size
