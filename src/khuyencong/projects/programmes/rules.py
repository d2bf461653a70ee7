"""What may be paid for twice: similar contents for one establishment from two programmes, within some years. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.fuzz import token_set_ratio

YEARS = 3  # how far apart two supports may lie and still be held against each other
ALIKE = 75.0  # of 100: chosen so that the same machine in other words is found, and another machine is not


@dataclass(frozen=True)
class Claim:
    """One support of one establishment. ``programme`` empty: our own. ``words``: folded, without the firm's name."""

    establishment: int
    project: int
    programme: str
    year: int
    words: str


@dataclass(frozen=True)
class Pair:
    """Two claims that are alike, the earlier first, and how much (0 to 100)."""

    first: Claim
    second: Claim
    likeness: float


def alike(claims: Iterable[Claim]) -> tuple[Pair, ...]:
    """Pairs of one establishment, of different programmes and projects, at most ``YEARS`` apart, in similar words."""
    by_firm: dict[int, list[Claim]] = {}
    for one in claims:
        if one.words:
            by_firm.setdefault(one.establishment, []).append(one)
    found = []
    for own in by_firm.values():
        for pair in combinations(sorted(own, key=_place), 2):
            first, second = pair
            if first.programme == second.programme or first.project == second.project:
                continue
            if second.year - first.year > YEARS:
                continue
            likeness = token_set_ratio(first.words, second.words)
            if likeness >= ALIKE:
                found.append(Pair(first, second, likeness))
    return tuple(sorted(found, key=lambda one: (-one.likeness, _place(one.first), _place(one.second))))


def leverage(support: int, total: int) -> float | None:
    """Investment for each dong of support; None without support."""
    return total / support if support else None


def _place(one: Claim) -> tuple[int, int, str, int, str]:
    return (one.year, one.project, one.programme, one.establishment, one.words)
