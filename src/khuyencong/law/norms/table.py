"""The norms in force on a day, content by content, and the drafts that wait."""

import datetime as dt
from dataclasses import dataclass

from khuyencong.core.validity import valid_on
from khuyencong.law.documents.queries.library import sees_drafts
from khuyencong.law.documents.records import Record
from khuyencong.law.norms.models import ActivityType, SupportNorm
from khuyencong.law.norms.queries import adopted_norms, as_rule, visible
from khuyencong.law.norms.rules import Norm
from khuyencong.people.models import User


@dataclass(frozen=True)
class Row:
    """A norm that holds, or (None) a content without one on the day; ``first`` of its content."""

    content: ActivityType
    norm: SupportNorm | None
    rule: Norm | None
    first: bool


def table(day: dt.date, content: str = "", level: str = "") -> list[Row]:
    """The norms in force on the day by content, of one or of all, of one level or both; a gap says so."""
    found: list[Row] = []
    held = adopted_norms().filter(valid_on(day))
    if level in SupportNorm.Level.values:
        held = held.filter(level=level)
    by_content: dict[int, list[SupportNorm]] = {}
    for norm in held.order_by("variant", "level", "area", "fund", "valid_from"):
        by_content.setdefault(norm.content_id, []).append(norm)
    known = ActivityType.objects.all()
    for one in known.filter(code=content) if content else known:
        norms = by_content.get(one.pk, [])
        found += [Row(one, norm, as_rule(norm), position == 0) for position, norm in enumerate(norms)]
        if not norms:
            found.append(Row(one, None, None, True))
    return found


def drafts(user: User) -> list[SupportNorm]:
    """The drafts that wait, oldest first; none for people who do not work on the norms."""
    if not sees_drafts(user):
        return []
    waiting = visible(user).filter(state=Record.State.DRAFT).select_related("drafted_by")
    return list(waiting.order_by("drafted_at"))
