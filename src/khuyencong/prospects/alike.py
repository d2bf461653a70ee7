"""Establishments that are alike to the rules of eligibility: judged once, by the rules, and found by the database.

The rules look at three things: the legal form, the group of industries, whether the commune is a ward. So there are few
answers however many establishments, and a question about answers becomes a condition on these three.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from khuyencong.establishments.eligibility import areas_of
from khuyencong.establishments.models import EstablishmentStanding
from khuyencong.law.eligibility.rules import Answer, Facts, Judge
from khuyencong.law.models import EligibleGroup
from khuyencong.places.models import Unit
from khuyencong.prospects.rules import Group, group_of

Answers = tuple[Answer, ...]
NOBODY = Q(pk__in=[])
_KEYS = ("commune_id", "legal_form", "eligible_group_id", "under_way")


@dataclass(frozen=True)
class Alike:
    """So many establishments of a commune to which all rules answer the same; ``lacking``: facts that some lack."""

    commune: Unit
    eligible_group: EligibleGroup | None
    under_way: bool
    answers: Answers
    n: int
    lacking: frozenset[str] = frozenset()

    @property
    def group(self) -> Group:
        """Where they belong."""
        return group_of(self.answers, self.under_way)


class Judged:
    """The answers to all of some establishments."""

    def __init__(
        self,
        rows: QuerySet[EstablishmentStanding],
        judging: Judge,
        communes: Mapping[int, Unit],
        groups: Mapping[int, EligibleGroup],
        facts: Mapping[str, Q] | None = None,
    ) -> None:
        """``facts``: when one is missing."""
        self._judging, self.communes, self._groups, self._facts = judging, communes, groups, facts or {}
        counted = _counted(rows, self._facts)
        self._areas = areas_of(self.communes.values())
        self._answers = {
            (self._areas[commune], form, group): self._judge(commune, form, group)
            for commune, form, group, *_rest in counted
        }
        self.alike = self._told(counted)

    def among(self, rows: QuerySet[EstablishmentStanding]) -> list[Alike]:
        """Those alike among some of the establishments."""
        return self._told(_counted(rows, {}))

    def where(self, wanted: Callable[[Answers], bool]) -> Q:
        """The condition that the answers to an establishment are such."""
        held: defaultdict[tuple[str, str], set[int | None]] = defaultdict(set)
        for (area, form, group), answers in self._answers.items():
            if wanted(answers):
                held[area, form].add(group)
        forms: defaultdict[tuple[str, frozenset[int | None]], list[str]] = defaultdict(list)
        for (area, form), groups in held.items():
            forms[area, frozenset(groups)].append(form)
        found = NOBODY
        for (area, of), alike in forms.items():
            there = [key for key, one in self._areas.items() if one == area]
            found |= Q(legal_form__in=alike) & _among(of) & Q(commune_id__in=there)
        return found

    def in_group(self, group: Group) -> Q:
        """The condition that an establishment belongs to a group."""
        if group is Group.UNDER_WAY:
            return Q(under_way=True)
        return Q(under_way=False) & self.where(lambda answers: group_of(answers, under_way=False) is group)

    def _judge(self, commune: int, form: str, group: int | None) -> Answers:
        industry = self._groups[group].code if group else ""
        return self._judging.answers(Facts(form, industry, self._areas[commune], active=True))

    def _told(self, counted: Iterable[tuple[Any, ...]]) -> list[Alike]:
        return [
            Alike(
                self.communes[commune],
                self._groups[group] if group else None,
                under_way,
                self._answers[self._areas[commune], form, group],
                n,
                frozenset(name for name, missing in zip(self._facts, lacking, strict=False) if missing),
            )
            for commune, form, group, under_way, n, *lacking in counted
        ]


def _counted(rows: QuerySet[EstablishmentStanding], facts: Mapping[str, Q]) -> list[tuple[Any, ...]]:
    kinds = rows.order_by().values(*_KEYS)
    missing = {f"lacks_{name}": Count("pk", filter=where) for name, where in facts.items()}
    return list(kinds.annotate(n=Count("pk"), **missing).values_list(*_KEYS, "n", *missing))


def _among(groups: frozenset[int | None]) -> Q:
    """One of these groups of industries; None: the card tells none."""
    known = Q(eligible_group_id__in=[one for one in groups if one is not None])
    return known | Q(eligible_group_id=None) if None in groups else known
