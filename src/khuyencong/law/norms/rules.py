"""Support norms as they held on a day; what is wrong with a draft; where the time line has gaps or overlaps."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from math import prod


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
    verified_on: dt.date | None = None  # None: nobody compared it; ``verified`` then rests on a public source
    by_year_end: bool = False  # only the year is known: ``valid_from`` is its last day

    def holds(self, day: dt.date) -> bool:
        """Whether it is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Problem:
    """Why a draft norm is refused, or what to know: a code with the other norm and both values."""

    code: (
        str  # "percent-above-national" | "cap-above-national" | "multiplier-above-national" | "per-differs" | "overlap"
    )
    other: Norm
    ours: Decimal | int | None = None
    theirs: Decimal | int | None = None

    @property
    def refuses(self) -> bool:
        """Whether the draft may not be saved with it; an overlap is told, and adopted only with open eyes."""
        return self.code != "overlap"


@dataclass(frozen=True)
class Span:
    """A stretch of time under ``norms``: none is a gap, more than one an overlap. Ends are inclusive; None is open."""

    first: dt.date
    last: dt.date | None
    norms: tuple[Norm, ...]


def about(norm: Norm, content: str, province: str, fund: str, areas: frozenset[Area]) -> bool:
    """Whether a norm is about this content, in this province, from this fund, in such an area, on any day."""
    return (
        norm.content == content
        and norm.province in ("", province)
        and (norm.fund == "any" or fund == "any" or norm.fund == fund)
        and (norm.area is Area.ANY or norm.area in widened(areas))
    )


def applies(norm: Norm, content: str, day: dt.date, province: str, fund: str, areas: frozenset[Area]) -> bool:
    """Whether a norm is about this case and in force on the day."""
    return norm.holds(day) and about(norm, content, province, fund, areas)


def narrowest(norms: Iterable[Norm]) -> list[Norm]:
    """Of norms that all apply to a case, those for the narrowest area: they hold, the wider ones give way."""
    known = list(norms)
    most = max((_NARROWNESS[norm.area] for norm in known), default=0)
    return [norm for norm in known if _NARROWNESS[norm.area] == most]


def widened(areas: Iterable[Area]) -> frozenset[Area]:
    """An area of special difficulty is an area of difficulty too."""
    found = set(areas)
    if Area.ESPECIALLY_DIFFICULT in found:
        found.add(Area.DIFFICULT)
    return frozenset(found)


def problems(draft: Norm, others: Iterable[Norm]) -> list[Problem]:
    """What is wrong with a draft beside the norms already adopted.

    A provincial norm may not be above the national one that holds for the same case, on any day of the draft
    (circular 28/2018/TT-BTC, Article 8). Two norms of one level should not hold at once for the same case.
    """
    same = sorted(
        (n for n in others if n.key != draft.key and n.content == draft.content and n.variant == draft.variant),
        key=lambda n: (n.valid_from, n.key),
    )
    found: list[Problem] = []
    if draft.level is Level.PROVINCIAL:
        for national in _governing(draft, [n for n in same if n.level is Level.NATIONAL]):
            found += _above(draft, national)
    for other in same:
        twin = draft.level is other.level and draft.province == other.province and draft.area is other.area
        if twin and _meet(draft, other) and _same_fund(draft, other):
            found.append(Problem("overlap", other))
    return found


def with_draft(norms: Iterable[Norm], draft: Norm, replaces: str = "", takes_over: bool = True) -> list[Norm]:
    """The norms as they are once ``draft`` is adopted in place of the one whose key is ``replaces``."""
    known = [norm for norm in norms if norm.key != draft.key]
    kept = [norm for norm in known if norm.key != replaces]
    remains = [taken_over(old, draft.valid_from) for old in known if old.key == replaces and takes_over]
    return [*kept, *(one for one in remains if one is not None), draft]


def taken_over(old: Norm, since: dt.date) -> Norm | None:
    """A norm that another takes over from: closed the day before; None when nothing of it remains."""
    if since <= old.valid_from:
        return None
    last = since - dt.timedelta(days=1)
    return replace(old, valid_to=last if old.valid_to is None else min(last, old.valid_to))


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


_NARROWNESS = {Area.ANY: 0, Area.DIFFICULT: 1, Area.ESPECIALLY_DIFFICULT: 2}


def _governing(draft: Norm, nationals: list[Norm]) -> list[Norm]:
    """The national norms that hold for the draft's own case on some day of it.

    A national norm for a narrower area than the draft's does not govern the draft; the ceiling itself keeps
    the bound there.
    """
    areas = frozenset({draft.area}) - {Area.ANY}
    funds = ("national", "local") if draft.fund == "any" else (draft.fund,)
    starts = {draft.valid_from} | {n.valid_from for n in nationals}
    starts |= {n.valid_to + dt.timedelta(days=1) for n in nationals if n.valid_to}
    found: list[Norm] = []
    for day in sorted(day for day in starts if draft.holds(day)):
        for fund in funds:
            fitting = [n for n in nationals if applies(n, draft.content, day, draft.province, fund, areas)]
            found += [n for n in narrowest(fitting) if n not in found]
    return found


def _above(draft: Norm, national: Norm) -> list[Problem]:
    found = []
    if national.percent is not None and (draft.percent is None or draft.percent > national.percent):
        found.append(Problem("percent-above-national", national, draft.percent, national.percent))
    if national.cap is None:
        return found
    if draft.cap is not None and draft.per != national.per:
        return [*found, Problem("per-differs", national)]
    if draft.cap is None or draft.cap > national.cap:
        return [*found, Problem("cap-above-national", national, draft.cap, national.cap)]
    # The worst case for the bound: every condition met for which the draft gives more than the national norm.
    allowed = {m.condition: m.factor for m in national.multipliers}
    more = [m for m in draft.multipliers if m.factor > allowed.get(m.condition, Decimal(1))]
    ours = draft.cap * prod(m.factor for m in more)
    theirs = national.cap * prod(allowed.get(m.condition, Decimal(1)) for m in more)
    if ours > theirs:
        found += [
            Problem("multiplier-above-national", national, m.factor, allowed.get(m.condition, Decimal(1))) for m in more
        ]
    return found


def _meet(one: Norm, other: Norm) -> bool:
    return (one.valid_to is None or other.valid_from <= one.valid_to) and (
        other.valid_to is None or one.valid_from <= other.valid_to
    )


def _same_fund(one: Norm, other: Norm) -> bool:
    return "any" in (one.fund, other.fund) or one.fund == other.fund
