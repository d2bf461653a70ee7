"""Support norms as they held on a day; what is wrong with a draft; where the time line has gaps or overlaps."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise


class Level(StrEnum):
    """Who set the norm."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"


class Area(StrEnum):
    """Where a norm applies; later members are narrower."""

    ANY = "any"
    DIFFICULT = "difficult"
    ESPECIALLY_DIFFICULT = "especially-difficult"


@dataclass(frozen=True)
class Multiplier:
    """The cap times ``factor`` when the condition is met."""

    condition: str
    name: str
    factor: Decimal
    article: str


@dataclass(frozen=True)
class Norm:
    """One norm. ``percent`` of eligible cost, ``cap`` in VND for each unit, either may be None.

    ``article`` is its provision and document in words, ``verified`` whether a person or source stands for it.
    """

    key: str
    content: str
    level: Level
    percent: Decimal | None
    cap: int | None
    per: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    province: str = ""
    fund: str = "any"
    area: Area = Area.ANY
    variant: str = ""
    multipliers: tuple[Multiplier, ...] = ()
    document: str = ""
    article: str = ""
    path: str = ""
    verified: bool = False
    by_year_end: bool = False  # only the year is known: ``valid_from`` is its last day

    def holds(self, day: dt.date) -> bool:
        """Whether it is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Problem:
    """Why a draft norm is refused, or what to know: a code with the other norm and both values."""

    code: str  # "percent-above-national" | "cap-above-national" | "multiplier-above-national" | "overlap"
    other: Norm
    ours: Decimal | int | None = None
    theirs: Decimal | int | None = None


@dataclass(frozen=True)
class Span:
    """A stretch of time under ``norms``: none is a gap, more than one an overlap. Ends are inclusive; None is open."""

    first: dt.date
    last: dt.date | None
    norms: tuple[Norm, ...]


def applies(norm: Norm, content: str, day: dt.date, province: str, fund: str, areas: frozenset[Area]) -> bool:
    """Whether a norm is about this content, in this province, from this fund, in such an area, on this day."""
    return (
        norm.content == content
        and norm.holds(day)
        and norm.province in ("", province)
        and (norm.fund == "any" or fund == "any" or norm.fund == fund)
        and (norm.area is Area.ANY or norm.area in widened(areas))
    )


def widened(areas: Iterable[Area]) -> frozenset[Area]:
    """An area of special difficulty is an area of difficulty too."""
    found = set(areas)
    if Area.ESPECIALLY_DIFFICULT in found:
        found.add(Area.DIFFICULT)
    return frozenset(found)


def problems(draft: Norm, others: Iterable[Norm]) -> list[Problem]:
    """What is wrong with a draft beside the norms already adopted.

    A provincial norm may not be above the national one of the same content on any day that both hold
    (circular 28/2018/TT-BTC, Article 8). Two norms of one level may not hold at once for the same case.
    """
    found: list[Problem] = []
    for other in others:
        if other.key == draft.key or other.content != draft.content or other.variant != draft.variant:
            continue
        if not _meet(draft, other) or not _same_fund(draft, other):
            continue
        if draft.level is Level.PROVINCIAL and other.level is Level.NATIONAL:
            found += _above(draft, other)
        elif draft.level is other.level and draft.province == other.province and draft.area is other.area:
            found.append(Problem("overlap", other))
    return found


def timeline(norms: Iterable[Norm], since: dt.date) -> list[Span]:
    """The norms of one case over time from ``since`` on, gaps and overlaps included."""
    known = list(norms)
    starts = {since} | {n.valid_from for n in known if n.valid_from > since}
    starts |= {n.valid_to + dt.timedelta(days=1) for n in known if n.valid_to and n.valid_to >= since}
    days = sorted(starts)
    spans: list[Span] = []
    for first, following in pairwise([*days, None]):
        if first is None:
            continue
        holding = tuple(sorted((n for n in known if n.holds(first)), key=lambda n: n.key))
        last = following - dt.timedelta(days=1) if following else None
        if spans and spans[-1].norms == holding:
            spans[-1] = Span(spans[-1].first, last, holding)
        else:
            spans.append(Span(first, last, holding))
    return spans


def _above(draft: Norm, national: Norm) -> list[Problem]:
    found = []
    if national.area is not Area.ANY and draft.area is Area.ANY:
        return []  # the national norm is for some areas only: the ceiling itself keeps the bound there
    if national.percent is not None and (draft.percent is None or draft.percent > national.percent):
        found.append(Problem("percent-above-national", national, draft.percent, national.percent))
    if national.cap is not None and (draft.cap is None or draft.cap > national.cap):
        found.append(Problem("cap-above-national", national, draft.cap, national.cap))
    allowed = {m.condition: m.factor for m in national.multipliers}
    for multiplier in draft.multipliers:
        most = allowed.get(multiplier.condition, Decimal(1))
        if (
            multiplier.factor > most
            and draft.cap
            and national.cap
            and draft.cap * multiplier.factor > national.cap * most
        ):
            found.append(Problem("multiplier-above-national", national, multiplier.factor, most))
    return found


def _meet(one: Norm, other: Norm) -> bool:
    return (one.valid_to is None or other.valid_from <= one.valid_to) and (
        other.valid_to is None or one.valid_from <= other.valid_to
    )


def _same_fund(one: Norm, other: Norm) -> bool:
    return "any" in (one.fund, other.fund) or one.fund == other.fund
