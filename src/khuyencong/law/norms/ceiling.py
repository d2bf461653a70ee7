"""The most that may be paid: min(percent x cost, cap x units), step by step, each step with its article."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from khuyencong.law.norms.rules import Area, Level, Norm, Span, about, applies, narrowest, timeline


@dataclass(frozen=True)
class Case:
    """What is asked about. ``cost`` in VND, ``units`` of what the cap counts, ``conditions`` that are met."""

    content: str
    cost: int
    day: dt.date
    province: str
    units: int = 1
    conditions: frozenset[str] = frozenset()
    fund: str = "any"
    areas: frozenset[Area] = frozenset()
    variant: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the calculation: a code, the amount it leads to in VND, and the norm it comes from."""

    code: str  # "percent" | "cap" | "multiplier" | "lowest" | "cost" | "national-bound"
    amount: int
    norm: Norm
    factor: Decimal | int | None = None
    condition: str = ""
    article: str = ""


@dataclass(frozen=True)
class Ceiling:
    """The answer. ``amount`` None: no norm was in force, which is an answer and not zero."""

    case: Case
    amount: int | None
    norm: Norm | None = None
    steps: tuple[Step, ...] = ()
    unmet: tuple[str, ...] = ()  # conditions asked for that the norm does not know

    @property
    def verified(self) -> bool:
        """Whether every norm used was verified."""
        return bool(self.steps) and all(step.norm.verified for step in self.steps)


@dataclass(frozen=True)
class Elsewhere:
    """Where norms do hold. ``spans``: other days; ``variants`` and ``areas``: other cases on the same day."""

    spans: tuple[Span, ...] = ()
    variants: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()


def ceiling(norms: Iterable[Norm], case: Case) -> Ceiling:
    """The ceiling of a case, in whole VND, rounded down.

    Where the province has a norm of its own it holds, but never above the national one; else the national
    norm holds. Among several that apply in the same level the one for the narrower area wins, then the lower
    result: the answer does not depend on the order of the records. Never above percent x cost nor the cap, nor
    above the cost itself where the article gives no percentage.

    Raises ValueError for a negative cost or fewer than one unit.
    """
    if case.cost < 0 or case.units < 1:
        raise ValueError("cost must be 0 or more, units 1 or more")
    known = list(norms)
    national = _strictest(known, case, Level.NATIONAL)
    provincial = _strictest(known, case, Level.PROVINCIAL)
    chosen = provincial or national
    if chosen is None:
        return Ceiling(case, None)
    amount, norm, steps = chosen
    if provincial and national and national[0] < amount:
        amount = national[0]
        steps = (*steps, *national[2], Step("national-bound", amount, national[1], article=national[1].article))
    known_conditions = {m.condition for m in norm.multipliers}
    return Ceiling(case, amount, norm, steps, tuple(sorted(case.conditions - known_conditions)))


def variants(norms: Iterable[Norm], content: str, day: dt.date, province: str) -> tuple[str, ...]:
    """The cases a content is split into on that day, the plain one first."""
    everywhere = frozenset(Area)
    found = {n.variant for n in norms if applies(n, content, day, province, "any", everywhere)}
    return tuple(sorted(found))


def elsewhere(norms: Iterable[Norm], case: Case) -> Elsewhere:
    """Where a norm can be found when none holds for the case: other days, other variants, narrower areas."""
    same = [norm for norm in norms if norm.content == case.content]

    def holding(areas: frozenset[Area]) -> list[Norm]:
        return [n for n in same if applies(n, case.content, case.day, case.province, case.fund, areas)]

    fitting = [
        norm
        for norm in same
        if norm.variant == case.variant and about(norm, case.content, case.province, case.fund, case.areas)
    ]
    since = min((norm.valid_from for norm in fitting), default=case.day)
    here = [norm for norm in holding(frozenset(Area)) if norm.variant == case.variant]
    return Elsewhere(
        tuple(span for span in timeline(fitting, since) if span.norms),
        tuple(sorted({norm.variant for norm in holding(case.areas)} - {case.variant})),
        tuple(area for area in Area if any(norm.area is area for norm in here)),
    )


def _strictest(norms: list[Norm], case: Case, level: Level) -> tuple[int, Norm, tuple[Step, ...]] | None:
    fitting = [
        norm
        for norm in norms
        if norm.level is level
        and norm.variant == case.variant
        and applies(norm, case.content, case.day, case.province, case.fund, case.areas)
    ]
    if not fitting:
        return None
    results = [(*_amount(norm, case), norm) for norm in narrowest(fitting)]
    amount, steps, norm = min(results, key=lambda result: (result[0], result[2].valid_from, result[2].key))
    return amount, norm, steps


def _amount(norm: Norm, case: Case) -> tuple[int, tuple[Step, ...]]:
    bounds: list[int] = []
    steps: list[Step] = []
    if norm.percent is not None:
        share = int((norm.percent * case.cost / 100).to_integral_value(ROUND_DOWN))
        bounds.append(share)
        steps.append(Step("percent", share, norm, norm.percent, article=norm.article))
    if norm.cap is not None:
        cap = Decimal(norm.cap * case.units)
        steps.append(Step("cap", int(cap), norm, case.units, article=norm.article))
        for multiplier in norm.multipliers:
            if multiplier.condition in case.conditions:
                cap *= multiplier.factor
                whole = int(cap.to_integral_value(ROUND_DOWN))
                article = multiplier.article or norm.article
                steps.append(Step("multiplier", whole, norm, multiplier.factor, multiplier.name, article))
        bounds.append(int(cap.to_integral_value(ROUND_DOWN)))
    amount = min(bounds)
    if len(bounds) > 1:
        steps.append(Step("lowest", amount, norm, article=norm.article))
    if norm.percent is None and case.cost < amount:
        amount = case.cost
        steps.append(Step("cost", amount, norm, article=norm.article))
    return amount, tuple(steps)
