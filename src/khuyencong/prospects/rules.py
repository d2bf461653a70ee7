"""Where an establishment belongs, what support would likely bring it, and in which order they stand. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from khuyencong.law.eligibility.rules import Answer, Outcome


class Group(StrEnum):
    """Where an establishment that was never supported belongs; each belongs to exactly one."""

    READY = "ready"
    LACKING = "lacking"  # a missing fact hinders an answer: the commune officer's first task
    UNDER_WAY = "under-way"
    NOT_ELIGIBLE = "not-eligible"


@dataclass(frozen=True)
class Effect:
    """What support was measured to do to revenue: shares of it (0.12 is +12 %), with the 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Gain:
    """What the effect would be worth in a year, in VND."""

    amount: int
    low: int
    high: int


def group_of(answers: Iterable[Answer], under_way: bool) -> Group:
    """The group of one establishment, from its answers on every content of the day."""
    known = list(answers)
    if under_way:
        return Group.UNDER_WAY
    if any(hindering(one) for one in known):
        return Group.LACKING
    return Group.READY if any(one.eligible for one in known) else Group.NOT_ELIGIBLE


def hindering(answer: Answer) -> bool:
    """Whether nothing can be said because a fact of the establishment is missing."""
    return answer.eligible is None and any(one.outcome is Outcome.UNKNOWN for one in answer.findings)


def gain(revenue: int | None, effect: Effect | None) -> Gain | None:
    """The effect times the revenue, to two digits that count: more would look more certain than it is."""
    if revenue is None or effect is None:
        return None
    return Gain(*(two_digits(revenue * share) for share in (effect.share, effect.low, effect.high)))


def two_digits(value: float) -> int:
    """Rounded to two significant digits, whole; halves away from zero.

    >>> two_digits(96_123_456), two_digits(-1_250)
    (96000000, -1300)
    """
    size = abs(value)
    step = 10 ** max(math.floor(math.log10(size)) - 1, 0) if size >= 1 else 1
    rounded = math.floor(size / step + 0.5) * step
    return rounded if value >= 0 else -rounded
