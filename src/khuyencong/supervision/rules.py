"""Which projects to inspect first: a risk score with its parts, and the plan of a year. Pure."""

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Risk(StrEnum):
    """What makes a project risky."""

    AMOUNT = "amount"
    DELAY = "delay"
    NEW = "new-establishment"
    EARLIER = "earlier-findings"
    ADVANCE = "advance-without-progress"


@dataclass(frozen=True)
class Facts:
    """What is known of a project on the day. Money in VND.

    ``overdue_days``: days past the deadline of its present step; ``earlier``: findings at its establishments before;
    ``held``: paid and not recovered; ``idle_days``: days in its present state.
    """

    support: int
    overdue_days: int
    youngest_age: int | None
    earlier: int
    held: int
    idle_days: int


@dataclass(frozen=True)
class Weights:
    """Points of each kind of risk, and from where it counts in full. Dated records, not code (law parameters)."""

    points: Mapping[Risk, int]
    large_support: int
    long_delay: int
    young_years: int
    long_idle: int


@dataclass(frozen=True)
class Part:
    """One kind of risk and the points it gave."""

    risk: Risk
    points: int
    most: int


@dataclass(frozen=True)
class Score:
    """The points and their parts."""

    points: int
    parts: tuple[Part, ...]


def score(facts: Facts, weights: Weights) -> Score:
    """Each kind of risk gives a share of its points, from 0 to all of them; more risk never lowers the score."""
    shares = {
        Risk.AMOUNT: _share(facts.support, weights.large_support),
        Risk.DELAY: _share(facts.overdue_days, weights.long_delay),
        Risk.NEW: 1.0 if facts.youngest_age is not None and facts.youngest_age < weights.young_years else 0.0,
        Risk.EARLIER: min(facts.earlier, 2) / 2,
        Risk.ADVANCE: _share(facts.idle_days, weights.long_idle) if facts.held > 0 else 0.0,
    }
    parts = tuple(Part(risk, round(shares[risk] * most), most) for risk, most in weights.points.items())
    return Score(sum(part.points for part in parts), parts)


@dataclass(frozen=True)
class Choice:
    """A project proposed for inspection, with its score and whether chance chose it."""

    key: int
    score: Score
    by_chance: bool


def propose(scores: Mapping[int, Score], number: int, chance_percent: int, seed: int) -> list[Choice]:
    """The plan of a year: most of the places by risk, a share by chance, so that nobody can be sure to be left out.

    The same scores and seed give the same plan, whatever their order.
    """
    number = max(0, min(number, len(scores)))
    by_chance = min(round(number * chance_percent / 100), number)
    ranked = sorted(scores, key=lambda key: (-scores[key].points, key))
    first = ranked[: number - by_chance]
    rest = sorted(set(ranked) - set(first))
    drawn = random.Random(seed).sample(rest, min(by_chance, len(rest)))  # noqa: S311 a lottery, not a secret
    return [Choice(key, scores[key], False) for key in first] + [
        Choice(key, scores[key], True) for key in sorted(drawn, key=lambda key: (-scores[key].points, key))
    ]


def overdue(deadline: dt.date, closed: bool, today: dt.date) -> bool:
    """Whether a remedy is late."""
    return not closed and today > deadline


def unanswered(questions: Iterable[str], answers: Mapping[str, str]) -> list[str]:
    """Questions of the check-list without an answer: a visit is done only when there is none."""
    return [code for code in questions if not answers.get(code)]


def _share(value: int, full: int) -> float:
    return min(max(value, 0) / full, 1.0) if full > 0 else 0.0
