"""The points of priority as the database counts them: the rule scores each case of each fact, the database tells cases.

Each criterion looks at one fact alone (``law.eligibility.priority``), and a fact has few cases: the communes that count
as the same, the groups of industries, so many workers and more. What a case gives is asked of the rule itself.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from khuyencong.law.eligibility.priority import Criterion, Facts, Kind, Part, score
from khuyencong.law.models import EligibleGroup
from khuyencong.prospects.alike import NOBODY

# What each criterion looks at, and the column that holds it.
_PLACE, _INDUSTRY, _MATERIAL = (Kind.AREA, Kind.NEW_RURAL), (Kind.INDUSTRY,), (Kind.LOCAL_MATERIAL,)
_AMOUNTS: dict[Kind, tuple[str, Callable[[int], Facts]]] = {
    Kind.LABOUR: ("told_workers", lambda amount: Facts(workers=amount)),
    Kind.EXPORT: ("told_export", lambda amount: Facts(export_value=amount)),
}


class Points:
    """What the criteria of a day make of establishments, as expressions on their standings.

    ``areas``: what each commune counts as.
    """

    def __init__(
        self,
        criteria: Iterable[Criterion],
        day: dt.date,
        areas: Mapping[int, frozenset[str]],
        groups: Mapping[int, EligibleGroup],
    ) -> None:
        self._criteria, self._day = [one for one in criteria if one.holds(day)], day
        self.listed = frozenset().union(*areas.values())
        cases = {_PLACE: self._places(areas), _INDUSTRY: _industries(groups), _MATERIAL: _materials()}
        cases |= {(kind,): self._amounts(kind) for kind in _AMOUNTS}
        self._parts = {kinds: [(where, self._scored(kinds, facts)) for where, facts in found]
                       for kinds, found in cases.items()}  # fmt: skip

    @property
    def total(self) -> Combinable:
        """The points."""
        found: Combinable = Value(0, IntegerField())
        for cases in self._parts.values():
            worth = [(where, sum(part.points for part in parts)) for where, parts in cases]
            whens = [When(where, then=Value(points)) for where, points in worth if points]
            found = found + Case(*whens, default=Value(0), output_field=IntegerField()) if whens else found
        return found

    def met(self, key: str) -> Q:
        """The condition that a criterion is met."""
        return self._any(lambda part: part.criterion.key == key and bool(part.met))

    def unknown(self, kind: Kind) -> Q:
        """The condition that a criterion of this kind cannot be held against the establishment: the fact is missing."""
        return self._any(lambda part: part.criterion.kind is kind and part.met is None)

    def _any(self, wanted: Callable[[Part], bool]) -> Q:
        held = (where for cases in self._parts.values() for where, parts in cases if any(map(wanted, parts)))
        return reduce(or_, held, NOBODY)

    def _scored(self, kinds: tuple[Kind, ...], facts: Facts) -> list[Part]:
        asked = [one for one in self._criteria if one.kind in kinds]
        return list(score(asked, replace(facts, listed=self.listed), self._day).parts)

    def _places(self, areas: Mapping[int, frozenset[str]]) -> list[tuple[Q, Facts]]:
        alike = {one: [key for key, other in areas.items() if other == one] for one in set(areas.values())}
        found = [(Q(commune_id__in=keys), Facts(areas=one)) for one, keys in alike.items()]
        return [*found, (~Q(commune_id__in=list(areas)), Facts())]

    def _amounts(self, kind: Kind) -> list[tuple[Q, Facts]]:
        """From each threshold up, the highest first: whoever reaches one reaches those below it."""
        column, fact = _AMOUNTS[kind]
        steps = sorted({one.threshold or 1 for one in self._criteria if one.kind is kind}, reverse=True)
        found = [(Q(**{f"{column}__gte": step}), fact(step)) for step in steps]
        return [*found, (Q(**{f"{column}__isnull": True}), Facts())]


def _industries(groups: Mapping[int, EligibleGroup]) -> list[tuple[Q, Facts]]:
    found = [(Q(eligible_group_id=key), Facts(industry=one.code)) for key, one in groups.items()]
    return [*found, (Q(eligible_group_id=None), Facts())]


def _materials() -> list[tuple[Q, Facts]]:
    return [(Q(local_material=known), Facts(local_material=known)) for known in (True, False, None)]
