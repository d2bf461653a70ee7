"""Collecting what waits for a person from every room."""

import datetime as dt
from collections.abc import Callable, Iterator

from khuyencong.core.waiting import Item, Work, ordered
from khuyencong.law import work as law
from khuyencong.people.models import User
from khuyencong.planning import work as planning
from khuyencong.projects import work as projects
from khuyencong.reports.official import work as official
from khuyencong.supervision import work as supervision

ROOMS: tuple[Callable[[User, dt.date], Iterator[Item]], ...] = (
    planning.waiting,
    projects.waiting,
    supervision.waiting,
    official.waiting,
    law.waiting,
)


def work_of(user: User, today: dt.date) -> Work:
    """Everything that waits for the person, sorted by how much it presses."""
    return ordered((item for room in ROOMS for item in room(user, today)), today)
