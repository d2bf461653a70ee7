"""The likely gain, and to which group one belongs."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.eligibility.rules import Answer, Finding, Kind, Outcome, Rule
from khuyencong.prospects.rules import Effect, Group, gain, group_of, two_digits

pytestmark = pytest.mark.database_free

amounts = st.none() | st.integers(-(10**12), 10**12)


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
