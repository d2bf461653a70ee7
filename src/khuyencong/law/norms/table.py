"""The norms in force on a day as a table, with what it can be narrowed to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from khuyencong.core.days import read_day
from khuyencong.core.lists import Select
from khuyencong.core.validity import valid_on
from khuyencong.law.documents.queries.library import sees_drafts
from khuyencong.law.documents.records import Record
from khuyencong.law.norms.models import ActivityType, SupportNorm
from khuyencong.law.norms.queries import adopted_norms, as_rule, visible
from khuyencong.law.norms.rules import Norm
from khuyencong.people.models import User


@dataclass(frozen=True)
class Filters:
    """Which day, and what the table is narrowed to. Empty text: not narrowed."""

    day: dt.date
    content: str = ""
    level: str = ""
    view: str = "day"  # or "time"

    @classmethod
    def read(cls, params: Mapping[str, str], today: dt.date) -> "Filters":
        """From the address bar; what is not understood is left out."""
        view = "time" if params.get("view") == "time" else "day"
        return cls(read_day(params.get("date", "")) or today, params.get("content", ""), params.get("level", ""), view)


@dataclass(frozen=True)
class Row:
    """A norm that holds, or (None) a content without one on the day; ``first`` of its content."""

    content: ActivityType
    norm: SupportNorm | None
    rule: Norm | None
    first: bool


def table(filters: Filters) -> list[Row]:
    """The norms in force on the day by content; a content without one says so."""
    found: list[Row] = []
    held = adopted_norms().filter(valid_on(filters.day))
    if filters.level in SupportNorm.Level.values:
        held = held.filter(level=filters.level)
    by_content: dict[int, list[SupportNorm]] = {}
    for norm in held.order_by("variant", "level", "area", "fund", "valid_from"):
        by_content.setdefault(norm.content_id, []).append(norm)
    for content in contents(filters):
        norms = by_content.get(content.pk, [])
        found += [Row(content, norm, as_rule(norm), position == 0) for position, norm in enumerate(norms)]
        if not norms:
            found.append(Row(content, None, None, True))
    return found


def contents(filters: Filters) -> list[ActivityType]:
    """The contents asked for, all of them by default."""
    known = ActivityType.objects.all()
    return list(known.filter(code=filters.content) if filters.content else known)


def selects(filters: Filters) -> list[Select]:
    """The filters above the table."""
    names = [(one.code, str(one)) for one in ActivityType.objects.all()]
    levels = [(str(value), str(label)) for value, label in SupportNorm.Level.choices]
    return [
        Select("content", _("Nội dung hỗ trợ"), names, filters.content),
        Select("level", _("Cấp quy định"), levels, filters.level),
    ]


def drafts(user: User) -> list[SupportNorm]:
    """The drafts that wait, oldest first; none for people who do not work on the norms."""
    if not sees_drafts(user):
        return []
    waiting = visible(user).filter(state=Record.State.DRAFT).select_related("drafted_by")
    return list(waiting.order_by("drafted_at"))
