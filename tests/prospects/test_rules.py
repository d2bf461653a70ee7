"""The order of the list and the likely gain."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.listing.order import Order
from khuyencong.core.listing.rows import ListRows
from khuyencong.law.eligibility.rules import Answer, Finding, Kind, Outcome, Rule
from khuyencong.prospects.listing import ORDERS
from khuyencong.prospects.rules import Effect, Group, Standing, gain, group_of, two_digits

pytestmark = pytest.mark.database_free

amounts = st.none() | st.integers(-(10**12), 10**12)
standings = st.builds(
    Standing,
    key=st.integers(1, 10**6),
    name=st.sampled_from(["a", "b", "miến dong", ""]),
    priority=st.integers(0, 100),
    gain=amounts,
    revenue=st.none() | st.integers(0, 10**12),
    workers=st.none() | st.integers(0, 500),
)
lists = st.lists(standings, unique_by=lambda one: one.key, max_size=30)
orders = st.sampled_from([sign + name for name in ORDERS for sign in ("", "-")])


def rank(found, by):
    lead, *ties = ORDERS[by.removeprefix("-")]
    order = Order.by([f"-{lead}" if by.startswith("-") else lead, *ties], unique=())
    placed = ListRows([SimpleNamespace(standing=one) for one in found], order)
    return [one.standing for one in placed.sorted()]


@given(lists, orders, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_they_came(found, by, random):
    mixed = list(found)
    random.shuffle(mixed)
    assert rank(mixed, by) == rank(found, by)


@given(lists, orders)
def test_nobody_is_lost_and_known_values_stand_in_order_before_unknown_ones(found, by):
    order = rank(found, by)
    assert sorted(one.key for one in order) == sorted(one.key for one in found)
    values = [getattr(one, by.removeprefix("-")) for one in order]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (len(values) - len(known))
    assert known == sorted(known, reverse=by.startswith("-"))


@given(lists, st.integers(0, 100))
def test_among_equal_priorities_a_missing_gain_never_stands_first(found, priority):
    same = [Standing(one.key, one.name, priority, one.gain, one.revenue, one.workers) for one in found]
    gains = [one.gain for one in rank(same, "-priority")]
    known = [value for value in gains if value is not None]
    assert gains == sorted(known, reverse=True) + [None] * (len(gains) - len(known))


@given(st.none() | st.integers(0, 10**13), st.floats(-0.9, 3), st.floats(0, 1), st.floats(0, 1))
def test_the_gain_lies_within_its_interval_and_near_the_product(revenue, share, below, above):
    found = gain(revenue, Effect(share, share - below, share + above))
    if revenue is None:
        assert found is None
        return
    assert found.low <= found.amount <= found.high
    assert abs(found.amount - revenue * share) <= max(0.05 * abs(revenue * share) + 1e-6, 0.5)


def test_without_a_usable_effect_there_is_no_gain():
    assert gain(10**9, None) is None


@given(st.integers(-(10**15), 10**15))
def test_two_digits_count(value):
    assert len(str(abs(two_digits(value))).rstrip("0")) <= 2
    assert two_digits(-value) == -two_digits(value)


def answer(eligible, *outcomes):
    rule = Rule("r", Kind.INDUSTRY, "Ngành", frozenset(), frozenset(), dt.date(2012, 7, 5))
    return Answer(eligible, tuple(Finding(rule, one) for one in outcomes))


YES, NO = answer(True, Outcome.PASSES), answer(False, Outcome.FAILS)
OPEN, NO_RULES = answer(None, Outcome.UNKNOWN), answer(None)


@pytest.mark.parametrize(
    ("answers", "under_way", "group"),
    [
        ([YES, NO], False, Group.READY),
        ([YES, OPEN], False, Group.LACKING),
        ([NO, NO], False, Group.NOT_ELIGIBLE),
        ([NO_RULES], False, Group.NOT_ELIGIBLE),
        ([YES, OPEN], True, Group.UNDER_WAY),
        ([answer(False, Outcome.FAILS, Outcome.UNKNOWN)], False, Group.NOT_ELIGIBLE),
    ],
)
def test_each_belongs_to_one_group(answers, under_way, group):
    assert group_of(answers, under_way) is group
