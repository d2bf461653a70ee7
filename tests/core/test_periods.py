"""Reporting periods: their months, their neighbours, what they are called."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.periods import LENGTH, Kind, Period, Window, last_ended, named, numbers

pytestmark = [pytest.mark.database_free, pytest.mark.clock]

periods = st.builds(
    lambda kind, year, share: Period(kind, year, 1 + int(share * len(numbers(kind)))),
    st.sampled_from(Kind), st.integers(1990, 2100), st.floats(0, 0.999),
)  # fmt: skip


@given(st.sampled_from(Kind), st.integers(1990, 2100))
def test_the_periods_of_a_kind_fill_the_year_without_overlap(kind, year):
    months = [
        m
        for n in numbers(kind)
        for m in range(Period(kind, year, n).window.first, Period(kind, year, n).window.last + 1)
    ]
    assert months == list(range(1, 13))


@given(periods)
def test_a_period_lies_between_its_days(period):
    assert period.first_day.month == period.window.first
    assert (period.last_day + dt.timedelta(days=1)).day == 1
    assert period.last_day.month - period.first_day.month + 1 == LENGTH[period.kind]


@given(periods)
def test_the_same_period_of_the_year_before_has_the_same_months(period):
    before = period.last_year.window
    assert (before.first, before.last, before.year) == (period.window.first, period.window.last, period.year - 1)


@given(periods)
def test_from_the_first_of_january_to_its_end(period):
    assert period.to_date == Window(period.year, 1, period.window.last)
    assert period.to_date.whole_year == (period.window.last == 12)


@given(st.sampled_from(Kind), st.dates(dt.date(1991, 1, 1), dt.date(2100, 12, 31)))
def test_the_last_ended_period_is_over_and_the_next_is_not(kind, today):
    found = last_ended(kind, today)
    assert found.last_day < today
    assert today - found.last_day <= dt.timedelta(days=31 * LENGTH[kind])


@pytest.mark.parametrize(("kind", "number"), [(Kind.MONTH, 13), (Kind.QUARTER, 5), (Kind.HALF, 0), (Kind.YEAR, 2)])
def test_a_period_that_is_none_is_refused(kind, number):
    with pytest.raises(ValueError, match=str(kind)):
        Period(kind, 2026, number)


@pytest.mark.parametrize(
    ("period", "vietnamese"),
    [
        (Period(Kind.MONTH, 2026, 3), "tháng 3 năm 2026"),
        (Period(Kind.QUARTER, 2026, 2), "quý II năm 2026"),
        (Period(Kind.HALF, 2026, 1), "6 tháng đầu năm 2026"),
        (Period(Kind.HALF, 2026, 2), "6 tháng cuối năm 2026"),
        (Period(Kind.YEAR, 2026), "năm 2026"),
    ],
)
def test_in_words(period, vietnamese):
    with translation.override("vi"):
        assert named(period) == vietnamese
