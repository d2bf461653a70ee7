"""Which projects a changed norm touches: the room of the projects, which stands above, says so."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from khuyencong.people.models import User


@dataclass(frozen=True)
class Touched:
    """A project whose ceiling rests on the norm on its day: address, name, the day."""

    url: str
    name: str
    day: dt.date


@dataclass(frozen=True)
class NormChange:
    """A norm with the days on which it held before and holds now; ``before`` None: it was not there."""

    key: str
    content: int
    variant: str
    before: tuple[dt.date, dt.date | None] | None
    now: tuple[dt.date, dt.date | None]
    same_amounts: bool

    def touches(self, day: dt.date) -> bool:
        """Whether what may be paid on the day is another than before, or rests on another norm."""
        held, holds = self.before is not None and _within(self.before, day), _within(self.now, day)
        return held != holds or (holds and not self.same_amounts)


Finder = Callable[[User, Iterable[NormChange]], Mapping[str, list[Touched]]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Say how the projects of changed norms are found; once, when the product starts."""
    _finders.append(finder)


def by(user: User, changes: Iterable[NormChange]) -> dict[str, list[Touched]]:
    """Key of each norm -> the projects within the person's reach that it touches."""
    asked = list(changes)
    found: dict[str, list[Touched]] = {}
    for finder in _finders:
        found |= finder(user, asked)
    return found


def _within(span: tuple[dt.date, dt.date | None], day: dt.date) -> bool:
    first, last = span
    return first <= day and (last is None or day <= last)
