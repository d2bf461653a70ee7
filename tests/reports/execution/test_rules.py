"""Sums to the dong, a forecast within its bounds, an even pace."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.reports.execution import rules
from khuyencong.reports.execution.rules import Case, Money

pytestmark = pytest.mark.clock

money = st.integers(0, 10**12)
funds = st.sampled_from(("local", "national"))
places = st.lists(st.tuples(st.sampled_from("ABC"), st.just("Xã")), min_size=1, max_size=3).map(tuple)
cases = st.lists(
    st.builds(
        Case, st.integers(1, 99), st.integers(1, 3), funds, st.just("machinery"), places,
        st.builds(Money, st.just(1), st.just(0), money, money, money, money),
    ),
    max_size=6,
)  # fmt: skip


@given(cases)
def test_every_grouping_adds_up_to_the_same(found):
    total = sum((one.money for one in found), Money())
    for key in (lambda one: one.line, lambda one: one.fund):
        assert sum(rules.grouped(found, key).values(), Money()) == total
    by_place = sum(rules.by_place(found).values(), Money())
    for name in ("assigned", "contracted", "disbursed", "accepted"):
        assert getattr(by_place, name) == getattr(total, name)


@given(money, st.lists(st.tuples(funds, money), max_size=6), st.fractions(0, 1), st.fractions(0, 1))
def test_a_forecast_lies_between_what_is_paid_and_all_that_is_due(paid, due, local, national):
    shares = {"local": local, "national": national}
    found = rules.forecast(paid, due, shares)
    assert paid <= found.total <= paid + sum(left for _fund, left in due) == found.paid + found.due
    nothing_known = rules.forecast(paid, due, {})
    assert nothing_known.total == paid + found.due, "without a past all that is due is taken to be paid"
    assert found.total <= nothing_known.total


@given(st.lists(st.tuples(money, money), max_size=6))
def test_the_usual_share_is_a_share(past):
    found = rules.usual_share(past)
    assert (found is None) == (sum(promised for _paid, promised in past) == 0)
    assert found is None or 0 <= found <= 1


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(-(10**9), 10**9))), money)
def test_months_add_up(payments, planned):
    months = rules.by_month(payments, planned)
    assert [one.month for one in months] == list(range(1, 13))
    assert months[-1].so_far == sum(amount for _month, amount in payments)
    assert months[-1].even == planned
    assert all(one.even <= two.even for one, two in itertools.pairwise(months))


@given(money, st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)))
def test_an_even_pace_starts_at_nothing_and_ends_at_all(planned, day):
    found = rules.pace_on(planned, 2026, day)
    assert 0 <= found <= planned
    if day.year != 2026:
        assert found == (0 if day.year < 2026 else planned)
    assert rules.pace_on(planned, 2026, dt.date(2026, 12, 31)) == planned
