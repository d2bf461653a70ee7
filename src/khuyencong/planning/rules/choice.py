"""Which proposals fit into next year's money: by priority, fund by fund."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Candidate:
    """A proposal that could come into the plan. ``score``: its priority points; ``support`` in VND."""

    key: int
    code: str
    fund: str
    support: int
    score: Fraction


@dataclass(frozen=True)
class Outside:
    """A proposal that found no room, and how much is missing for it once the chosen ones are paid."""

    candidate: Candidate
    missing: int


@dataclass(frozen=True)
class Choice:
    """What fits of one fund. ``left``: what nobody takes, in VND."""

    fund: str
    budget: int
    chosen: tuple[Candidate, ...]
    outside: tuple[Outside, ...]
    left: int


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The higher score first, then the smaller support, then the code: no chance and no tie is left."""
    return sorted(candidates, key=lambda one: (-one.score, one.support, one.code, one.key))


def choose(candidates: Iterable[Candidate], budgets: Mapping[str, int]) -> dict[str, Choice]:
    """Fund -> which proposals to take: down the order, each that still fits. A fund without budget takes none."""
    by_fund: dict[str, list[Candidate]] = {fund: [] for fund in budgets}
    for one in candidates:
        by_fund.setdefault(one.fund, []).append(one)
    return {fund: _fill(fund, found, max(0, budgets.get(fund, 0))) for fund, found in sorted(by_fund.items())}


def _fill(fund: str, candidates: list[Candidate], budget: int) -> Choice:
    left, chosen, over = budget, [], []
    for one in in_order(candidates):
        if one.support <= left:
            chosen.append(one)
            left -= one.support
        else:
            over.append(one)
    return Choice(fund, budget, tuple(chosen), tuple(Outside(one, one.support - left) for one in over), left)
