"""The ceiling: its bounds, its order, who wins, and what it says when there is none."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from khuyencong.law.norms.ceiling import Case, ceiling, elsewhere, variants
from khuyencong.law.norms.rules import Area, Level, Multiplier, Norm, about
from tests.factories import norms as some

pytestmark = pytest.mark.database_free

MILLION = 1_000_000
SINCE, DAY = dt.date(2018, 12, 31), dt.date(2023, 6, 1)
WHOLE_LINE = Multiplier("whole-line", "cả dây chuyền", Decimal("1.5"), "khoản 4 Điều 8")


def norm(percent=50, cap=300, level=Level.NATIONAL, **fields):
    values = {
        "key": f"{level}-{percent}-{cap}", "content": "machinery", "level": level, "per": "establishment",
        "percent": None if percent is None else Decimal(percent), "cap": None if cap is None else cap * MILLION,
        "valid_from": SINCE, "province": "04" if level is Level.PROVINCIAL else "", "article": "khoản 4 Điều 8",
    }  # fmt: skip
    return Norm(**(values | fields))


def case(cost=900, **fields):
    return Case(**({"content": "machinery", "cost": cost * MILLION, "day": DAY, "province": "04"} | fields))


def most(norms, **fields):
    answer = ceiling(norms, case(**fields))
    return None if answer.amount is None else answer.amount / MILLION


@given(some.many(), some.CASES)
def test_never_above_percent_of_cost_nor_above_cap(norms, asked):
    answer = ceiling(norms, asked)
    for used in {step.norm for step in answer.steps}:
        if used.percent is not None:
            assert answer.amount <= used.percent * asked.cost / 100
        if used.cap is not None:
            factors = [m.factor for m in used.multipliers if m.condition in asked.conditions]
            assert answer.amount <= used.cap * asked.units * prod(factors, start=Decimal(1))


@given(some.many(), some.CASES, st.integers(0, 10**10))
def test_monotone_in_cost(norms, asked, more):
    less, greater = (ceiling(norms, replace(asked, cost=asked.cost + extra)).amount for extra in (0, more))
    assert (less is None) == (greater is None)
    assert less is None or less <= greater


@given(some.many(), some.CASES)
def test_a_province_never_gives_more_than_the_national_norm(norms, asked):
    national = ceiling([one for one in norms if one.level is Level.NATIONAL], asked).amount
    together = ceiling(norms, asked).amount
    assert national is None or together <= national


@given(some.many(), some.CASES, st.randoms())
def test_the_order_of_the_records_plays_no_part(norms, asked, chance):
    mixed = list(norms)
    chance.shuffle(mixed)
    assert ceiling(mixed, asked) == ceiling(norms, asked)


@given(some.many(), some.CASES)
def test_the_answer_is_that_of_a_norm_in_force_for_the_case(norms, asked):
    answer = ceiling(norms, asked)
    fitting = [
        one
        for one in norms
        if one.holds(asked.day)
        and one.variant == asked.variant
        and about(one, asked.content, asked.province, asked.fund, asked.areas)
    ]
    assert (answer.amount is None) == (not fitting)
    assert {step.norm for step in answer.steps} <= set(fitting)
    if answer.norm:
        assert answer.steps[-1].amount == answer.amount
        assert answer.verified == all(step.norm.verified for step in answer.steps)


@given(some.many(), some.CASES)
def test_norms_of_other_contents_and_days_change_nothing(norms, asked):
    without = [one for one in norms if one.content == asked.content and one.holds(asked.day)]
    assert ceiling(without, asked) == ceiling(norms, asked)


@pytest.mark.parametrize(("cost", "amount"), [(500, 250), (600, 300), (700, 300), (900, 300)])
def test_the_lower_of_share_and_cap(cost, amount):
    assert most([norm()], cost=cost) == amount


def test_amounts_are_rounded_down_to_the_dong():
    assert ceiling([norm(percent="33.33", cap=None)], replace(case(), cost=1_000_001)).amount == 333_300


def test_a_condition_raises_the_cap_and_an_unknown_one_is_told():
    whole = norm(multipliers=(WHOLE_LINE,))
    assert most([whole], cost=2000, conditions=frozenset({"whole-line"})) == 450
    answer = ceiling([norm()], case(conditions=frozenset({"whole-line"})))
    assert (answer.amount, answer.unmet) == (300 * MILLION, ("whole-line",))


def test_the_cap_counts_units():
    assert most([norm()], cost=2000, units=3) == 900


def test_one_bound_alone_needs_no_comparison():
    assert [step.code for step in ceiling([norm(cap=None)], case()).steps] == ["percent"]
    assert [step.code for step in ceiling([norm()], case()).steps] == ["percent", "cap", "lowest"]


def test_the_province_sets_its_own_and_the_nation_bounds_it():
    own, above = norm(40, 200, Level.PROVINCIAL), norm(60, 400, Level.PROVINCIAL)
    assert most([norm(), own]) == 200
    answer = ceiling([norm(), above], case())
    assert answer.amount == 300 * MILLION
    assert answer.steps[-1].code == "national-bound"
    assert answer.norm == above


def test_another_provinces_norm_is_not_ours():
    assert most([norm(), norm(40, 200, Level.PROVINCIAL, province="25")]) == 300


def test_the_narrower_area_wins_even_when_it_gives_less():
    wide, narrow = norm(), norm(30, 100, area=Area.DIFFICULT)
    assert most([wide, narrow]) == 300
    assert most([wide, narrow], areas=frozenset({Area.DIFFICULT})) == 100
    assert most([wide, narrow], areas=frozenset({Area.ESPECIALLY_DIFFICULT})) == 100


def test_of_two_at_once_the_lower_holds():
    assert most([norm(), norm(50, 250)]) == 250


def test_no_norm_is_no_zero():
    answer = ceiling([norm()], case(day=dt.date(2010, 1, 1)))
    assert answer.amount is None
    assert answer.steps == ()
    assert not answer.verified


@pytest.mark.parametrize("wrong", [{"cost": -1}, {"units": 0}])
def test_impossible_questions_are_refused(wrong):
    with pytest.raises(ValueError, match="cost must be"):
        ceiling([norm()], case(**wrong))


@given(some.many(), some.CASES)
def test_where_it_says_there_is_a_norm_there_is_one(norms, asked):
    found = elsewhere(norms, asked)
    for span in found.spans:
        assert ceiling(norms, replace(asked, day=span.first)).amount is not None
        assert span.last is None or ceiling(norms, replace(asked, day=span.last)).amount is not None
    for variant in found.variants:
        assert ceiling(norms, replace(asked, variant=variant)).amount is not None
    for area in found.areas:
        there = frozenset() if area is Area.ANY else frozenset({area})
        assert ceiling(norms, replace(asked, areas=there)).amount is not None


@given(some.many(), some.CASES, some.DAYS)
def test_where_it_says_there_is_none_there_is_none(norms, asked, day):
    found = elsewhere(norms, asked)
    told = any(span.first <= day and (span.last is None or day <= span.last) for span in found.spans)
    assert told == (ceiling(norms, replace(asked, day=day)).amount is not None)


@given(some.many(), some.CASES)
def test_every_variant_of_the_day_can_be_asked_for(norms, asked):
    assume(any(one.content == asked.content for one in norms))
    everywhere = replace(asked, areas=frozenset(Area), fund="any")
    for variant in variants(norms, asked.content, asked.day, asked.province):
        assert ceiling(norms, replace(everywhere, variant=variant)).amount is not None
