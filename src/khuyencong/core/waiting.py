"""What waits for a person: one line, one link, one day by which. Rooms make items; the top floor collects them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """One thing to do. ``verb``: what the link says; ``about``: what it is about; ``why``: one more fact."""

    verb: str
    about: str
    url: str
    why: str = ""
    since: dt.date | None = None
    due: dt.date | None = None


@dataclass(frozen=True)
class Work:
    """Everything that waits, by how much it presses."""

    overdue: tuple[Item, ...]
    this_week: tuple[Item, ...]
    later: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.overdue) + len(self.this_week) + len(self.later)

    @property
    def pressing(self) -> tuple[Item, ...]:
        """What is late or due within a week: what a reminder tells."""
        return self.overdue + self.this_week


def ordered(items: Iterable[Item], today: dt.date) -> Work:
    """Sort into overdue, due within seven days, and the rest; the earliest day first, then the oldest."""
    known = sorted(items, key=lambda one: (one.due or dt.date.max, one.since or dt.date.max, one.verb, one.about))
    overdue = tuple(one for one in known if one.due is not None and one.due < today)
    this_week = tuple(one for one in known if one.due is not None and today <= one.due <= today + WEEK)
    return Work(overdue, this_week, tuple(one for one in known if one not in overdue and one not in this_week))
