"""What the database counts, finds and sorts is what the rules say of each establishment by itself."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core.text import words
from khuyencong.establishments.eligibility import facts_of, priority_facts_of
from khuyencong.establishments.models import Establishment, EstablishmentStanding
from khuyencong.law.eligibility import priority, rules
from khuyencong.law.models import AreaStatus, EligibleGroup
from khuyencong.prospects.alike import Judged
from khuyencong.prospects.listing import alike_found, prospect_list
from khuyencong.prospects.order import told
from khuyencong.prospects.points import Points
from khuyencong.prospects.queries import Board, board
from khuyencong.prospects.rules import Group, group_of
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)
LAW = dt.date(2012, 7, 5)
AREAS = ("difficult", "especially-difficult", "new-rural")
INDUSTRIES = ("agro-processing", "handicraft", "mechanical")


@pytest.fixture
def invented(commune, other_commune, officer):
    """Forty establishments of every sort; some told a year that has not ended, some are supported or stopped."""
    chance = random.Random(7)
    groups = [None, *EligibleGroup.objects.filter(code__in=INDUSTRIES)]
    for n in range(40):
        one = make_establishment(
            chance.choice([commune, other_commune]), f"Cơ sở {chance.choice('abc')}", f"CB-{n}",
            legal_form=chance.choice(rules.LEGAL_FORMS), eligible_group=chance.choice(groups),
            local_material=chance.choice([None, True, False]), workers=chance.choice([None, None, 0, 9, 10, 19, 20]),
            status=chance.choice(["active"] * 9 + ["closed"]), products=chance.choice(["", "miến dong"]),
        )  # fmt: skip
        for year in chance.sample([2023, 2024, 2025, 2026], chance.randint(0, 3)):
            figures = {"revenue": chance.choice([None, 0, 94, 999_999, 10**9, 1_004_000_000]),
                    "workers": chance.choice([None, 12]), "export_value": chance.choice([None, 0, 1])}  # fmt: skip
            make_result(one, year, **figures)
        if chance.random() < 0.2:
            make_project(one, code=f"DA-{n}", year=chance.choice([None, 2020]), state="submitted")
    AreaStatus.objects.create(unit=commune, kind="difficult", valid_from=LAW, state="adopted")
    return list(Establishment.objects.select_related("commune", "eligible_group"))


def everybody(found: Board):
    """All of the board, told one by one by the rules."""
    all_of_them = list(found.candidates(found.rows))
    assert len(all_of_them) > 20
    return all_of_them


ORDERS = {
    "name": lambda one: one.establishment.folded_name,
    "priority": lambda one: one.score.points,
    "gain": lambda one: one.gain and one.gain.amount,
    "revenue": lambda one: one.revenue,
    "workers": lambda one: one.workers,
}


def ranked(everyone, by):
    """In the order that the list promises: what is not known last, ties by priority, gain, revenue, name, number."""

    def place(value, down):
        return (value is None, (-value if down else value) if value is not None else 0)

    lead, down = ORDERS[by.removeprefix("-")], by.startswith("-")
    found = sorted(everyone, key=lambda one: (
        *(place(ORDERS[name](one), True) for name in ("priority", "gain", "revenue")),
        one.establishment.folded_name, one.establishment.pk,
    ))  # fmt: skip
    if by == "-name":
        return sorted(found, key=lead, reverse=True)
    return sorted(found, key=lambda one: place(lead(one), down) if by != "name" else lead(one))


@pytest.mark.parametrize("by", [sign + name for name in ORDERS for sign in ("", "-")])
@pytest.mark.parametrize("measured", [True, False])
def test_the_list_stands_as_the_rules_rank_it(officer, invented, evaluated, by, measured):
    if measured:
        evaluated()
    found = board(officer, DAY)
    everyone = everybody(found)
    for group in Group:
        mine = [one.establishment.pk for one in ranked(everyone, by) if one.group is group]
        assert [one.pk for one in prospect_list(officer, found).found({"show": group, "sort": by})] == mine


def test_every_filter_leaves_whom_the_rules_leave(officer, invented, commune):
    found = board(officer, DAY)
    everyone = everybody(found)
    facts = {name for one in everyone for name in one.lacks}
    asked = [
        *((("met", one.key), lambda each, key=one.key: any(p.met and p.criterion.key == key for p in each.score.parts))
          for one in found.criteria_of_the_day),
        *((("content", one.code), lambda each, one=one: one in each.contents) for one in found.contents),
        *((("lacks", fact), lambda each, fact=fact: fact in each.lacks) for fact in facts),
        *((("industry", code), lambda each, code=code: getattr(each.establishment.eligible_group, "code", "") == code)
          for code in INDUSTRIES),
        (("q", "Mien DONG"), lambda each: all(one in each.establishment.search for one in words("Mien DONG"))),
        (("content", "no-such"), lambda each: False),
        (("commune", commune.code), lambda each: each.establishment.commune_id == commune.pk),
    ]  # fmt: skip
    for (name, value), fits in asked:
        for group in Group:
            listing, params = prospect_list(officer, found), {"show": group, name: value}
            rows = listing.narrowed(params)
            mine = [one for one in everyone if one.group is group and fits(one)]
            assert {one.pk for one in rows} == {one.establishment.pk for one in mine}, (name, value, group)
            alike = found.judged.among(rows)
            assert sum(one.n for one in alike) == len(mine)
            assert sorted((one.commune.pk, one.n) for one in alike_found(found, listing, params)) == sorted(
                (one.commune.pk, one.n) for one in alike
            )
            assert listing.page(params).total.n == len(mine)
            assert {(one.content, one.amount) for one in found.mosts(alike)} == {
                (one.most.content, one.most.amount) for one in mine if one.most
            }
    assert found.lacking == facts
    assert found.groups == {group: sum(one.group is group for one in everyone) for group in Group}


# Each draw is one question to the same forty rows: nothing that a draw does stays.
one_registry = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
criteria = st.lists(
    st.builds(
        priority.Criterion,
        key=st.uuids().map(str),
        kind=st.sampled_from(priority.Kind),
        name=st.just("x"),
        points=st.integers(0, 9),
        valid_from=st.just(LAW),
        values=st.frozensets(st.sampled_from((*AREAS, *INDUSTRIES)), max_size=3),
        threshold=st.none() | st.sampled_from([0, 1, 9, 10, 20, 10**6]),
    ),
    max_size=8,
)


@one_registry
@given(drawn=criteria, areas=st.lists(st.frozensets(st.sampled_from(AREAS), min_size=1), max_size=2))
def test_points_of_any_criteria_are_those_of_the_rule(invented, drawn, areas):
    communes = sorted({one.commune_id for one in invented})
    known = dict(zip(communes, areas, strict=False))
    points = Points(drawn, DAY, known, EligibleGroup.objects.in_bulk())
    rows = told(EstablishmentStanding.objects.all(), DAY)
    facts = priority_facts_of(invented, DAY)
    listed = frozenset().union(*known.values())
    scores = {
        key: priority.score(drawn, replace(one, areas=known.get(place, frozenset()), listed=listed), DAY)
        for (key, one), place in zip(facts.items(), (each.commune_id for each in invented), strict=True)
    }
    counted = dict(rows.annotate(points=points.total).values_list("pk", "points"))
    assert counted == {key: one.points for key, one in scores.items()}
    for at, criterion in enumerate(drawn[:2]):
        for key, wanted in ((True, points.met(criterion.key)), (None, points.unknown(criterion.kind))):
            same = [
                [
                    part
                    for part in one.parts
                    if (part.criterion.key == criterion.key if key else part.criterion.kind is criterion.kind)
                ]
                for one in scores.values()
            ]
            mine = {pk for pk, parts in zip(scores, same, strict=True) if any(part.met is key for part in parts)}
            assert set(rows.filter(wanted).values_list("pk", flat=True)) == mine, at


drawn_rules = st.lists(
    st.builds(
        rules.Rule,
        key=st.uuids().map(str),
        kind=st.sampled_from(rules.Kind),
        name=st.just("x"),
        values=st.frozensets(st.sampled_from((*rules.LEGAL_FORMS, *rules.LOCALITIES, *INDUSTRIES)), max_size=4),
        contents=st.frozensets(st.sampled_from(["a", "b"])),
        valid_from=st.just(LAW),
    ),
    max_size=6,
)


@one_registry
@given(drawn=drawn_rules)
def test_answers_to_any_rules_are_those_of_the_rule(invented, drawn):
    judging = rules.Judge(drawn, ["a", "b", "c"], DAY)
    working = EstablishmentStanding.objects.filter(active=True)
    communes = {one.commune_id: one.commune for one in invented}
    judged = Judged(working, judging, communes, EligibleGroup.objects.in_bulk())
    facts = facts_of(invented)
    answers = {one.pk: judging.answers(facts[one.pk]) for one in invented if one.status == "active"}
    under_way = dict(working.values_list("pk", "under_way"))
    for group in Group:
        mine = {key for key, one in answers.items() if group_of(one, under_way[key]) is group}
        assert set(working.filter(judged.in_group(group)).values_list("pk", flat=True)) == mine
        assert sum(one.n for one in judged.alike if one.group is group) == len(mine)
