"""Whether a document, or a provision of it, is in force on a day: from dates and relations, never typed in.

The grades are those of the national legal database: not yet in force, in force, partly expired (amended,
replaced or repealed in part), expired, suspended (law on the promulgation of legal documents).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from khuyencong.law.documents.rules.references import covers


class Status(StrEnum):
    """How a document stands on a day."""

    UNKNOWN = "unknown"
    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    PARTLY_EXPIRED = "partly-expired"
    EXPIRED = "expired"
    SUSPENDED = "suspended"


class EffectKind(StrEnum):
    """What another document does to this one."""

    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    SUSPENDS = "suspends"
    CORRECTS = "corrects"


@dataclass(frozen=True)
class Dates:
    """The days of the document itself. ``by_year_end``: only the year is known, ``in_force_from`` is its last day.

    ``expires`` is the last day in force that the document itself names.
    """

    in_force_from: dt.date | None
    expires: dt.date | None = None
    by_year_end: bool = False


@dataclass(frozen=True)
class Effect:
    """What the document ``by`` does, from a day to a day. ``path`` empty: to the whole document.

    ``since`` None: the day is not known, so the effect changes no status but is told. ``by_year_end``: only the year
    is known, ``since`` is its last day.
    """

    kind: EffectKind
    by: str
    since: dt.date | None
    until: dt.date | None = None
    by_path: str = ""
    path: str = ""
    by_year_end: bool = False

    def holds(self, day: dt.date) -> bool:
        """Whether the effect is known to be at work on the day."""
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Standing:
    """The status on a day and why. ``effects``: those at work; ``undated``: those whose day is not known."""

    status: Status
    day: dt.date
    effects: tuple[Effect, ...] = ()
    undated: tuple[Effect, ...] = ()
    within_unknown_year: bool = False

    @property
    def holds(self) -> bool:
        """Whether it can be relied on that day, if only in part."""
        return self.status in (Status.IN_FORCE, Status.PARTLY_EXPIRED)


def standing(dates: Dates, effects: Iterable[Effect], day: dt.date) -> Standing:
    """How the whole document stands on the day. The order of the effects plays no part."""
    ordered = _ordered(effects)
    at_work = tuple(effect for effect in ordered if effect.holds(day))
    undated = tuple(effect for effect in ordered if effect.since is None)
    whole = {effect.kind for effect in at_work if not effect.path}
    if dates.in_force_from is None:
        return Standing(Status.UNKNOWN, day, at_work, undated)
    if day < dates.in_force_from:
        vague = dates.by_year_end and day.year == dates.in_force_from.year
        return Standing(Status.NOT_YET, day, (), undated, vague)
    if (dates.expires is not None and day > dates.expires) or whole & {EffectKind.REPLACES, EffectKind.REPEALS}:
        status = Status.EXPIRED
    elif EffectKind.SUSPENDS in whole:
        status = Status.SUSPENDED
    elif any(effect.kind is not EffectKind.CORRECTS for effect in at_work):
        status = Status.PARTLY_EXPIRED
    else:
        status = Status.IN_FORCE
    return Standing(status, day, at_work, undated)


def standing_of(path: str, dates: Dates, effects: Iterable[Effect], day: dt.date) -> Standing:
    """How one provision stands: what is done to it, to what it lies in, or to the whole document.

    A document amended "in part" without saying where leaves each provision in force, but the effect is told.
    """
    touching = [
        effect
        for effect in effects
        if covers(effect.path, path) and not (effect.kind is EffectKind.AMENDS and not effect.path)
    ]
    vague = [effect for effect in effects if effect.kind is EffectKind.AMENDS and not effect.path]
    lifted = [replace(effect, path="") for effect in touching]
    found = standing(dates, lifted, day)
    told = _ordered([*(e for e in touching if e.holds(day)), *(e for e in vague if e.holds(day))])
    if found.status is Status.NOT_YET:
        return found
    return Standing(found.status, day, told, found.undated + _ordered(e for e in vague if e.since is None))


def changes(dates: Dates, effects: Iterable[Effect]) -> tuple[dt.date, ...]:
    """The days on which the standing may change, in order: what a time line shows."""
    days = {day for day in (dates.in_force_from,) if day}
    if dates.expires:
        days.add(dates.expires + dt.timedelta(days=1))
    for effect in effects:
        if effect.since:
            days.add(effect.since)
        if effect.until:
            days.add(effect.until + dt.timedelta(days=1))
    return tuple(sorted(days))


def _ordered(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    return tuple(
        sorted(set(effects), key=lambda e: (e.since or dt.date.max, e.by, e.kind, e.path, e.by_path, str(e.until)))
    )
