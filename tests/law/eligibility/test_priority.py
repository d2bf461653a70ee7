"""The priority score: parts that add up, grades that count once, what nobody knows."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.eligibility.priority import Criterion, Facts, Kind, score
from tests.law import strategies as some

pytestmark = pytest.mark.database_free

DAY = dt.date(2024, 6, 1)
SINCE = dt.date(2012, 7, 5)


def criterion(kind, points, *values, threshold=None, key=""):
    key = key or f"{kind}-{points}"
    return Criterion(key, kind, "tiêu chí", points, SINCE, values=frozenset(values), threshold=threshold)


LABOUR = [criterion(Kind.LABOUR, 10, threshold=10), criterion(Kind.LABOUR, 15, threshold=20)]


@pytest.mark.parametrize(("workers", "points"), [(None, 0), (9, 0), (10, 10), (19, 10), (20, 15), (200, 15)])
def test_of_two_grades_of_one_thing_only_the_best_counts(workers, points):
    found = score(LABOUR, Facts(workers=workers), DAY)
    assert (found.points, found.most) == (points, 15)


def test_a_commune_in_no_list_is_known_not_to_be_in_it_only_where_there_is_a_list():
    difficult = criterion(Kind.AREA, 15, "difficult")
    assert score([difficult], Facts(listed=frozenset({"difficult"})), DAY).parts[0].met is False
    assert score([difficult], Facts(listed=frozenset({"new-rural"})), DAY).parts[0].met is None
    assert score([difficult], Facts(areas=frozenset({"difficult"})), DAY).parts[0].met is True


def test_what_is_missing_gives_no_points_and_is_told():
    asked = [criterion(Kind.LOCAL_MATERIAL, 15), criterion(Kind.EXPORT, 15, threshold=1), criterion(Kind.INDUSTRY, 20)]
    found = score(asked, Facts(), DAY)
    assert found.points == 0
    assert [part.met for part in found.parts] == [None, None, None]


@given(st.lists(some.criteria(), max_size=6).flatmap(lambda c: st.tuples(st.just(c), st.permutations(c))), some.MERITS,
       some.DAYS)  # fmt: skip
def test_the_order_of_the_criteria_plays_no_part(pair, facts, day):
    one, other = score(pair[0], facts, day), score(pair[1], facts, day)
    assert (one.points, one.most) == (other.points, other.most)
    assert sorted(map(repr, one.parts)) == sorted(map(repr, other.parts))


@given(st.lists(some.criteria(), max_size=6), some.MERITS, some.DAYS)
def test_the_parts_add_up_and_each_kind_counts_once_at_its_best(criteria, facts, day):
    found = score(criteria, facts, day)
    assert 0 <= found.points <= found.most
    assert found.points == sum(part.points for part in found.parts)
    assert [part.criterion for part in found.parts if part.points and not part.met] == []
    for kind in Kind:
        met = [part.criterion.points for part in found.parts if part.criterion.kind is kind and part.met]
        given_points = [part.points for part in found.parts if part.criterion.kind is kind and part.points]
        assert given_points == ([max(met)] if met else [])


@given(st.lists(some.criteria(), max_size=6), some.MERITS, some.DAYS, st.integers(0, 50))
def test_more_merit_never_costs_points(criteria, facts, day, more):
    before = score(criteria, facts, day).points
    richer = replace(
        facts,
        areas=frozenset(some.KINDS_OF_AREA),
        local_material=True,
        workers=(facts.workers or 0) + more,
        export_value=(facts.export_value or 0) + more,
    )
    assert score(criteria, richer, day).points >= before


@given(st.lists(some.criteria(), max_size=6), some.criteria(), some.MERITS, some.DAYS)
def test_a_new_criterion_never_lowers_the_score(criteria, added, facts, day):
    before, after = score(criteria, facts, day), score([*criteria, added], facts, day)
    assert before.points <= after.points
    assert before.most <= after.most


@given(st.lists(some.criteria(), max_size=6), some.MERITS, some.DAYS)
def test_criteria_of_another_day_are_not_looked_at(criteria, facts, day):
    held = [one for one in criteria if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)]
    assert score(criteria, facts, day) == score(held, facts, day)
    assert len(score(criteria, facts, day).parts) == len(held)
