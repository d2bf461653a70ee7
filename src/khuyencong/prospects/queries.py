"""Every establishment that works and was never supported, with what is known of it: one query for each table."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, QuerySet

from khuyencong.establishments.eligibility import facts_of, latest_before, priority_facts_of
from khuyencong.establishments.models import Establishment, Industry
from khuyencong.establishments.queries import reached
from khuyencong.law.eligibility.priority import Criterion, Kind, Score, score
from khuyencong.law.eligibility.priority import Facts as PriorityFacts
from khuyencong.law.eligibility.queries import criteria, rules
from khuyencong.law.eligibility.rules import Answer, Judge, Rule
from khuyencong.law.eligibility.wording import missing_field
from khuyencong.law.models import ActivityType, EligibleGroup
from khuyencong.people.models import User
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.projects.eligibility.queries import contents_on
from khuyencong.projects.models import Project, Survey
from khuyencong.prospects import ceilings
from khuyencong.prospects.effect import Measured, measured
from khuyencong.prospects.rules import Gain, Group, Standing, gain, group_of, hindering

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

    @property
    def standing(self) -> Standing:
        """What it is ranked by."""
        one = self.establishment
        worth = self.gain.amount if self.gain else None
        return Standing(one.pk, one.folded_name, self.score.points, worth, self.revenue, self.workers)


@dataclass(frozen=True)
class Board:
    """Everything the page shows. ``active``: all that work; ``supported``: those left out because they were."""

    day: dt.date
    active: int
    supported: int
    candidates: list[Candidate]
    contents: list[ActivityType]
    criteria: list[Criterion]
    measured: Measured
    norms: ceilings.Norms = field(repr=False)

    @cached_property
    def groups(self) -> dict[Group, int]:
        """How many in each group, none left out."""
        counted = Counter(one.group for one in self.candidates)
        return {group: counted[group] for group in Group}

    @property
    def criteria_of_the_day(self) -> list[Criterion]:
        """The criteria of priority in force."""
        return [one for one in self.criteria if one.holds(self.day)]

    @property
    def rules(self) -> list[Rule]:
        """The rules of eligibility that were held against them, each once."""
        answers = self.candidates[0].answers if self.candidates else ()
        return list({one.rule.key: one.rule for answer in answers for one in answer.findings}.values())

    @property
    def has_rules(self) -> bool:
        """Whether any rule of eligibility is in force for a content of the day."""
        return not self.candidates or bool(self.rules)


def board(user: User, day: dt.date, content: str = "") -> Board:
    """The board of the day within the person's reach; ``content``: the one whose ceiling is told."""
    working = Establishment.objects.filter(reached(user, Permission.REPORTS_VIEW), standing__active=True)
    asked = _never_supported(working)
    active = working.count()
    contents, holding, found = contents_on(day), criteria(), measured(user)
    judging = Judge(rules(), [one.code for one in contents], day)
    facts, priorities, scores = facts_of(asked), priority_facts_of(asked, day), _Scores(holding, day)
    revenues, surveys = latest_before(asked, "revenue", day), _surveys()
    norms = ceilings.Norms(day, _usual(contents, content))
    candidates = []
    for one in asked:
        given, points = judging.answers(facts[one.pk]), scores.of(priorities[one.pk])
        open_to = tuple(each for each, answer in zip(contents, given, strict=True) if answer.eligible)
        year, revenue = revenues.get(one.pk, (None, None))
        hinders = _hinders(given)
        candidates.append(
            Candidate(
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
                gain=gain(revenue, found.effect if open_to else None),
                most=norms.most(open_to, one.commune, priorities[one.pk].areas),
                surveyed_on=surveys.get(one.pk),
            )
        )
    return Board(day, active, active - len(asked), candidates, contents, holding, found, norms)


def by_commune(candidates: Iterable[Candidate]) -> list[tuple[Unit, int]]:
    """How many in each commune, most first."""
    found: dict[int, Unit] = {}
    counted: Counter[int] = Counter()
    for one in candidates:
        found.setdefault(one.establishment.commune_id, one.establishment.commune)
        counted[one.establishment.commune_id] += 1
    return sorted(((found[key], n) for key, n in counted.items()), key=lambda pair: (-pair[1], pair[0].folded))


class _Scores:
    """The priority: establishments that are alike to the criteria are scored once."""

    def __init__(self, holding: list[Criterion], day: dt.date) -> None:
        self._criteria, self._day = holding, day
        self._known: dict[PriorityFacts, Score] = {}

    def of(self, facts: PriorityFacts) -> Score:
        if facts not in self._known:
            self._known[facts] = score(self._criteria, facts, self._day)
        return self._known[facts]


def _never_supported(working: QuerySet[Establishment]) -> list[Establishment]:
    """Those that never were, with their standings; commune, province, industry and group are one object each."""
    asked = list(
        working.filter(standing__first_supported=None)
        .select_related("standing")
        .order_by("standing__folded_name", "pk")
    )
    communes = {
        one.pk: one for one in Unit.objects.filter(pk__in={one.commune_id for one in asked}).select_related("parent")
    }
    industries, groups = Industry.objects.in_bulk(), EligibleGroup.objects.in_bulk()
    for one in asked:
        one.commune = communes[one.commune_id]
        one.industry = industries.get(one.industry_id)
        one.eligible_group = groups.get(one.eligible_group_id)
    return asked


def _usual(contents: list[ActivityType], first: str) -> list[str]:
    """The contents with the one asked about first, then by how often the programme has paid for them."""
    counts = Project.objects.filter(accepted_year__isnull=False).values("activity__code").annotate(n=Count("pk"))
    often = {row["activity__code"]: row["n"] for row in counts.order_by()}
    order = sorted(contents, key=lambda one: (one.code != first, -often.get(one.code, 0), one.position))
    return [one.code for one in order]


def _surveys() -> dict[int, dt.date]:
    return dict(Survey.objects.order_by("surveyed_on", "pk").values_list("establishment_id", "surveyed_on"))


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
