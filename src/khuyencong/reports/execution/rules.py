"""Sums, shares, pace and forecast of a year's plan. Pure; money in whole VND."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from khuyencong.indicators.facts import sharing

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Money:
    """What of a plan went how far. ``projects``: how many; a project split over places counts in each."""

    projects: int = 0
    planned: int = 0
    assigned: int = 0
    contracted: int = 0
    disbursed: int = 0
    accepted: int = 0

    def __add__(self, other: "Money") -> "Money":
        return Money(
            self.projects + other.projects,
            self.planned + other.planned,
            self.assigned + other.assigned,
            self.contracted + other.contracted,
            self.disbursed + other.disbursed,
            self.accepted + other.accepted,
        )


@dataclass(frozen=True)
class Case:
    """A project of the plan. ``places``: the key and name of the commune of each of its establishments, by key.

    ``left``: what may still be paid; ``in_year``: whether that falls due before the year ends.
    """

    key: int
    line: int
    fund: str
    content: str
    places: tuple[tuple[str, str], ...]
    money: Money
    left: int = 0
    in_year: bool = False


def grouped(cases: Iterable[Case], key: Callable[[Case], K]) -> dict[K, Money]:
    """The money of the projects, summed by whatever ``key`` says of each."""
    found: dict[K, Money] = {}
    for one in cases:
        found[key(one)] = found.get(key(one), Money()) + one.money
    return found


def by_place(cases: Iterable[Case]) -> dict[tuple[str, str], Money]:
    """By commune: a project with several establishments is split equally among them, the rest to the first."""
    found: dict[tuple[str, str], Money] = {}
    for one in cases:
        parts = {
            name: sharing.shares(getattr(one.money, name), len(one.places))
            for name in ("assigned", "contracted", "disbursed", "accepted")
        }
        for position, place in enumerate(one.places):
            share = Money(projects=0, **{name: values[position] for name, values in parts.items()})
            found[place] = found.get(place, Money()) + share
        for place in set(one.places):
            found[place] += Money(projects=one.money.projects)
    return found


@dataclass(frozen=True)
class Month:
    """What was paid in a month, all up to its end, and what an even pace would have paid by then."""

    month: int
    paid: int
    so_far: int
    even: int


def by_month(payments: Iterable[tuple[int, int]], planned: int) -> tuple[Month, ...]:
    """The twelve months from payments (month, amount; what came back below zero)."""
    paid = dict.fromkeys(range(1, 13), 0)
    for month, amount in payments:
        paid[month] += amount
    found, so_far = [], 0
    for month, amount in paid.items():
        so_far += amount
        found.append(Month(month, amount, so_far, planned * month // 12))
    return tuple(found)


def pace_on(planned: int, year: int, day: dt.date) -> int:
    """What an even pace over the year would have paid by the end of a day; nothing before it, all after it."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    days = (last - first).days + 1
    return planned * min(max((day - first).days + 1, 0), days) // days


@dataclass(frozen=True)
class Forecast:
    """What will be paid by the end of the year: paid so far, and what is due times the usual share."""

    paid: int
    due: int
    expected: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.paid + self.expected


def usual_share(past: Iterable[tuple[int, int]]) -> Fraction | None:
    """Of what past projects were to be paid, which share was paid within their year: (paid, promised) of each.

    Between 0 and 1; None without any past project.
    """
    paid = promised = 0
    for one_paid, one_promised in past:
        paid += one_paid
        promised += one_promised
    if promised <= 0:
        return None
    return min(max(Fraction(paid, promised), Fraction(0)), Fraction(1))


def forecast(paid: int, due: Iterable[tuple[str, int]], shares: Mapping[str, Fraction | None]) -> Forecast:
    """Paid so far, plus what is left of each project (fund, amount) due in the year times the share of its fund.

    A fund without a past is taken to be paid whole. Never below what is paid, never above that and all that is due.
    """
    total, expected = 0, Fraction(0)
    for fund, left in due:
        total += left
        share = shares.get(fund)
        expected += left if share is None else left * share
    return Forecast(paid, total, int(expected))


def slow(planned: int, paid: int, pace: int, foreseen: int) -> bool:
    """Behind an even pace, and not going to catch up."""
    return paid < pace and foreseen < planned
