"""What an adjustment changes of an adopted plan, and what cannot be so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self


@dataclass(frozen=True)
class NewLine:
    """A line to add. ``activity``: the key of a content, None for any."""

    fund: str
    activity: int | None
    name: str
    amount: int


@dataclass(frozen=True)
class Changes:
    """New values by key: amounts of lines, budgets by fund, values of targets; and lines to add. Money in VND."""

    amounts: Mapping[int, int] = field(default_factory=dict)
    budgets: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    lines: tuple[NewLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.amounts or self.budgets or self.targets or self.lines)

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are kept."""
        return {
            "amounts": {str(key): amount for key, amount in sorted(self.amounts.items())},
            "budgets": dict(sorted(self.budgets.items())),
            "targets": {str(key): str(value) for key, value in sorted(self.targets.items())},
            "lines": [
                {"fund": one.fund, "activity": one.activity, "name": one.name, "amount": one.amount}
                for one in self.lines
            ],
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """From what ``as_json`` gave."""
        return cls(
            {int(key): amount for key, amount in kept.get("amounts", {}).items()},
            dict(kept.get("budgets", {})),
            {int(key): Decimal(value) for key, value in kept.get("targets", {}).items()},
            tuple(NewLine(**one) for one in kept.get("lines", ())),
        )


@dataclass(frozen=True)
class Line:
    """A line as it stands."""

    key: int
    name: str
    fund: str
    amount: int
    committed: int


class Problem(StrEnum):
    """Why a plan cannot be so."""

    NOTHING = "nothing"
    BELOW_COMMITTED = "below-committed"
    NAME_TAKEN = "name-taken"
    NO_BUDGET = "no-budget"
    ABOVE_BUDGET = "above-budget"


@dataclass(frozen=True)
class Fault:
    """A problem, of which line or fund, and by how much or down to what."""

    problem: Problem
    what: str = ""
    amount: int = 0


def budget_faults(lines: Iterable[tuple[str, int]], budgets: Mapping[str, int]) -> list[Fault]:
    """Funds (fund, amount of a line) whose lines together pass their budget, or that have none."""
    sums: dict[str, int] = {}
    for fund, amount in lines:
        sums[fund] = sums.get(fund, 0) + amount
    found = []
    for fund, total in sorted(sums.items()):
        if fund not in budgets:
            found.append(Fault(Problem.NO_BUDGET, fund, total))
        elif total > budgets[fund]:
            found.append(Fault(Problem.ABOVE_BUDGET, fund, total - budgets[fund]))
    return found


def adjusted_lines(lines: Iterable[Line], changes: Changes) -> list[tuple[str, int]]:
    """The lines (fund, amount) as the adjustment would leave them."""
    return [
        *((one.fund, changes.amounts.get(one.key, one.amount)) for one in lines),
        *((one.fund, one.amount) for one in changes.lines),
    ]


def change_faults(lines: Iterable[Line], budgets: Mapping[str, int], changes: Changes) -> list[Fault]:
    """What cannot be so of an adjustment; nothing when it may be adopted."""
    known = list(lines)
    if not changes:
        return [Fault(Problem.NOTHING)]
    found = [
        Fault(Problem.BELOW_COMMITTED, one.name, one.committed)
        for one in known
        if changes.amounts.get(one.key, one.committed) < one.committed
    ]
    taken = {(one.fund, one.name) for one in known}
    for one in changes.lines:
        if (one.fund, one.name) in taken:
            found.append(Fault(Problem.NAME_TAKEN, one.name))
        taken.add((one.fund, one.name))
    return found + budget_faults(adjusted_lines(known, changes), {**budgets, **changes.budgets})
