"""The risk of a project worked out by hand, and what a plan makes of it."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.supervision.rules import Facts, Part, Risk, Score, Weights, overdue, propose, score

pytestmark = pytest.mark.database_free

WEIGHTS = Weights(
    {Risk.AMOUNT: 30, Risk.DELAY: 25, Risk.NEW: 15, Risk.EARLIER: 20, Risk.ADVANCE: 10}, 300_000_000, 60, 3, 180
)
NOTHING = Facts(support=0, overdue_days=0, youngest_age=None, earlier=0, held=0, idle_days=0)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, 0),
        ({"support": 150_000_000}, 15),
        ({"support": 900_000_000}, 30),
        ({"overdue_days": 30}, 12),
        ({"overdue_days": 61}, 25),
        ({"overdue_days": -10}, 0),
        ({"youngest_age": 2}, 15),
        ({"youngest_age": 3}, 0),
        ({"earlier": 1}, 10),
        ({"earlier": 7}, 20),
        ({"idle_days": 180}, 0),
        ({"idle_days": 180, "held": 1}, 10),
        ({"idle_days": 90, "held": 1}, 5),
        (
            {"support": 300_000_000, "overdue_days": 60, "youngest_age": 0, "earlier": 2, "idle_days": 180, "held": 1},
            100,
        ),
    ],
)
def test_each_kind_of_risk_gives_its_share(facts, points):
    assert score(replace(NOTHING, **facts), WEIGHTS).points == points


def test_the_parts_tell_which_risk_gave_what_of_how_much():
    parts = score(replace(NOTHING, support=150_000_000, youngest_age=1), WEIGHTS).parts
    assert [one for one in parts if one.points] == [Part(Risk.AMOUNT, 15, 30), Part(Risk.NEW, 15, 15)]
    assert len(parts) == len(Risk)


def test_a_risk_without_a_measure_gives_nothing():
    weights = replace(WEIGHTS, large_support=0, long_delay=0)
    assert score(replace(NOTHING, support=10**9, overdue_days=999), weights).points == 0


SCORES = {key: Score(points, ()) for key, points in ((1, 50), (2, 90), (3, 90), (4, 10), (5, 70))}


def chosen(number, chance, seed=2026):
    return [(one.key, one.by_chance) for one in propose(SCORES, number, chance, seed)]


def test_the_riskiest_come_first_and_ties_by_key():
    assert chosen(3, 0) == [(2, False), (3, False), (5, False)]


def test_a_share_of_the_places_is_drawn_among_the_others():
    plan = chosen(4, 50)
    assert plan[:2] == [(2, False), (3, False)]
    assert all(by_chance for _key, by_chance in plan[2:])
    assert {key for key, _by_chance in plan[2:]} <= {1, 4, 5}


def test_the_same_year_draws_the_same_and_another_year_may_not():
    assert chosen(3, 100) == chosen(3, 100)
    assert len({tuple(chosen(2, 100, seed)) for seed in range(20)}) > 1


@pytest.mark.parametrize("number", [0, -1, -5])
def test_no_place_is_no_plan(number):
    assert chosen(number, 20) == []


def test_more_places_than_projects_take_all():
    assert {key for key, _by_chance in chosen(99, 20)} == set(SCORES)


@given(DAYS, DAYS)
def test_a_remedy_is_late_from_the_day_after_its_deadline_until_it_is_closed(deadline, today):
    assert overdue(deadline, False, today) == (today >= deadline + dt.timedelta(days=1))
    assert not overdue(deadline, True, today)
