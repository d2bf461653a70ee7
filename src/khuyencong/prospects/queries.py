"""Every establishment that works and was never supported: counted, found and sorted by the database, told row by row.

What is told of a row comes from the rules themselves, for the rows that are shown. What the database counts by comes
from the same rules: see ``alike`` and ``points``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from khuyencong.establishments.eligibility import batched, facts_of, latest_before, priority_facts_of
from khuyencong.establishments.models import Establishment, EstablishmentStanding, RegistryCount
from khuyencong.establishments.queries import communes_of_registry, counted_within, standings
from khuyencong.law.eligibility.priority import Criterion, Kind, Score, score
from khuyencong.law.eligibility.queries import all_areas_on, criteria, rules
from khuyencong.law.eligibility.rules import Answer, Judge, Rule
from khuyencong.law.eligibility.wording import missing_field
from khuyencong.law.models import ActivityType, EligibleGroup
from khuyencong.people.models import User
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.projects.eligibility.queries import contents_on
from khuyencong.projects.models import Survey
from khuyencong.prospects import ceilings
from khuyencong.prospects.alike import NOBODY, Alike, Answers, Judged
from khuyencong.prospects.effect import measured
from khuyencong.prospects.order import sorted_by, told
from khuyencong.prospects.points import Points
from khuyencong.prospects.rules import Gain, Group, gain, group_of, hindering

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Paid(TypedDict):
        paid: int

    _Content = WithAnnotations[ActivityType, _Paid]

_BATCH = 500
# Facts of a card or of results that a score, or the likely gain, was missing.
_FACT_OF = {
    Kind.INDUSTRY: "eligible_group",
    Kind.LOCAL_MATERIAL: "local_material",
    Kind.LABOUR: "workers",
    Kind.EXPORT: "export_value",
}


@dataclass(frozen=True)
class Candidate:
    """One establishment. ``hinders``: the facts without which eligibility cannot be said; ``lacks``: all missing."""

    establishment: Establishment
    group: Group
    contents: tuple[ActivityType, ...]
    answers: tuple[Answer, ...]
    hinders: tuple[str, ...]
    lacks: tuple[str, ...]
    score: Score
    workers: int | None
    revenue: int | None
    revenue_year: int | None
    gain: Gain | None
    most: ceilings.Most | None
    surveyed_on: dt.date | None


class Board:
    """Everything the page shows of the day. ``active``: all that work; ``supported``: those left out because they were.

    ``rows``: the standings of those who never were, with what they are sorted by; ``candidates`` reads some of them.
    """

    def __init__(self, user: User, day: dt.date, content: str = "") -> None:
        self.day = day
        self.active, self.supported = _counts(user)
        contents = list(
            contents_on(day).annotate(paid=Count("project", filter=Q(project__accepted_year__isnull=False)))
        )
        self.contents: list[ActivityType] = [*contents]
        self.criteria, self.measured = criteria(), measured(user)
        self._judging = Judge(rules(), [one.code for one in self.contents], day)
        self._groups = EligibleGroup.objects.in_bulk()
        self._areas = all_areas_on(day)
        self.points = Points(self.criteria, day, self._areas, self._groups)
        never = told(standings(user, Permission.REPORTS_VIEW).filter(active=True, first_supported=None), day)
        communes = {one.pk: one for one in communes_of_registry(user, Permission.REPORTS_VIEW)}
        self.judged = Judged(never, self._judging, communes, self._groups, self._missing)
        self._found: dict[tuple[tuple[str, str], ...], list[Alike]] = {}
        self.norms = ceilings.Norms(day, _usual(contents, content))
        rows = sorted_by(never, self.points, self.judged, self.measured.effect)
        self.rows = rows.select_related("establishment").annotate(surveyed_on=_surveyed_on())

    def found(self, asked: Mapping[str, str], rows: QuerySet[EstablishmentStanding]) -> list[Alike]:
        """Those alike among the rows that what is asked for leaves: the page and its list ask for them once."""
        key = tuple(asked.items())
        if key not in self._found:
            self._found[key] = self.judged.among(rows)
        return self._found[key]

    @cached_property
    def groups(self) -> dict[Group, int]:
        """How many in each group, none left out."""
        return {group: sum(one.n for one in self.judged.alike if one.group is group) for group in Group}

    @property
    def criteria_of_the_day(self) -> list[Criterion]:
        """The criteria of priority in force."""
        return [one for one in self.criteria if one.holds(self.day)]

    @property
    def unlisted(self) -> list[Criterion]:
        """The criteria that give nobody points because no list of communes of that kind was entered."""
        return [one for one in self.criteria_of_the_day
                if one.kind in (Kind.AREA, Kind.NEW_RURAL) and not one.values & self.points.listed]  # fmt: skip

    @property
    def rules(self) -> list[Rule]:
        """The rules of eligibility that were held against them, each once."""
        return list({one.rule.key: one.rule for answer in self._any for one in answer.findings}.values())

    @property
    def has_rules(self) -> bool:
        """Whether any rule of eligibility is in force for a content of the day."""
        return not self.judged.alike or bool(self.rules)

    def rules_of(self, content: ActivityType) -> list[Rule]:
        """The rules that a content rests on."""
        return [one.rule for one in self._any[self.contents.index(content)].findings] if self._any else []

    def open_to(self, answers: Answers) -> tuple[ActivityType, ...]:
        """The contents that such answers open."""
        return tuple(each for each, answer in zip(self.contents, answers, strict=True) if answer.eligible)

    def lacks(self, fact: str) -> Q:
        """The condition that a fact is missing of the card or of the results."""
        return self.judged.where(lambda answers: fact in _hinders(answers)) | self._missing.get(fact, NOBODY)

    @cached_property
    def lacking(self) -> set[str]:
        """The facts that are missing of somebody."""
        return {name for one in self.judged.alike for name in (*_hinders(one.answers), *one.lacking)}

    def mosts(self, found: Iterable[Alike]) -> list[ceilings.Most]:
        """The most for each of those alike, each once."""
        asked = dict.fromkeys((one.answers, one.commune) for one in found)
        known = (self._most(answers, commune) for answers, commune in asked)
        return list(dict.fromkeys(one for one in known if one))

    def candidates(self, standings: Iterable[EstablishmentStanding]) -> Iterator[Candidate]:
        """Some of the rows, with everything that is told of them."""
        for part in batched(list(standings), _BATCH):
            asked = [self._whole(one) for one in part]
            facts, priorities = facts_of(asked), priority_facts_of(asked, self.day)
            revenues = latest_before(asked, "revenue", self.day)
            for one in asked:
                given = self._judging.answers(facts[one.pk])
                points = score(self.criteria, priorities[one.pk], self.day)
                open_to, hinders = self.open_to(given), _hinders(given)
                year, revenue = revenues.get(one.pk, (None, None))
                yield Candidate(
                    establishment=one,
                    group=group_of(given, one.standing.under_way),
                    contents=open_to,
                    answers=given,
                    hinders=hinders,
                    lacks=_lacks(hinders, points, revenue),
                    score=points,
                    workers=priorities[one.pk].workers,
                    revenue=revenue,
                    revenue_year=year,
                    gain=gain(revenue, self.measured.effect if open_to else None),
                    most=self._most(given, one.commune),
                    surveyed_on=getattr(one.standing, "surveyed_on", None),
                )

    @property
    def _missing(self) -> dict[str, Q]:
        """When a fact that the points or the gain need is missing."""
        return {name: self.points.unknown(kind) for kind, name in _FACT_OF.items()} | {"revenue": Q(told_revenue=None)}

    @property
    def _any(self) -> Answers:
        """The answers to whomever: the same rules are held against all."""
        return self.judged.alike[0].answers if self.judged.alike else ()

    def _most(self, answers: Answers, commune: Unit) -> ceilings.Most | None:
        return self.norms.most(self.open_to(answers), commune, self._areas.get(commune.pk, frozenset()))

    def _whole(self, standing: EstablishmentStanding) -> Establishment:
        """The establishment of a row; commune and group are one object each."""
        one = standing.establishment
        one.standing = standing
        one.commune = self.judged.communes[one.commune_id]
        one.eligible_group = self._groups.get(one.eligible_group_id)
        return one


def board(user: User, day: dt.date, content: str = "") -> Board:
    """The board of the day within the person's reach; ``content``: the one whose ceiling is told."""
    return Board(user, day, content)


def by_commune(found: Iterable[Alike]) -> list[tuple[Unit, int]]:
    """How many in each commune, most first."""
    counted: Counter[Unit] = Counter()
    for one in found:
        counted[one.commune] += one.n
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].folded))


def _counts(user: User) -> tuple[int, int]:
    """How many work, and how many of these were supported."""
    working = RegistryCount.objects.filter(counted_within(user, Permission.REPORTS_VIEW), active=True)
    told = working.aggregate(all=Sum("n"), supported=Sum("n", filter=Q(supported=True)))
    return told["all"] or 0, told["supported"] or 0


def _usual(contents: Iterable["_Content"], first: str) -> list[str]:
    """The contents with the one asked about first, then by how often the programme has paid for them."""
    order = sorted(contents, key=lambda one: (one.code != first, -one.paid, one.position))
    return [one.code for one in order]


def _surveyed_on() -> Subquery:
    last = Survey.objects.filter(establishment=OuterRef("pk")).order_by("-surveyed_on", "-pk")
    return Subquery(last.values("surveyed_on")[:1])


def _hinders(answers: Iterable[Answer]) -> tuple[str, ...]:
    """The fields of the card without which some answer cannot be given, each once."""
    fields = [missing_field(found) for one in answers if hindering(one) for found in one.findings]
    return tuple(dict.fromkeys(name for name in fields if name))


def _lacks(hinders: Iterable[str], points: Score, revenue: int | None) -> tuple[str, ...]:
    """All that is missing of the card and the results, each once; lists of communes are no fact of one card."""
    fields = [
        _FACT_OF[part.criterion.kind] for part in points.parts if part.met is None and part.criterion.kind in _FACT_OF
    ]
    return tuple(dict.fromkeys([*hinders, *fields, *([] if revenue is not None else ["revenue"])]))
