"""Deadlines in working days, begun on any day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.projects.lifecycle import calendar
from khuyencong.projects.lifecycle.deadlines import add_working_days, is_working_day, working_days_between

pytestmark = [pytest.mark.database_free, pytest.mark.clock]

HOLIDAYS = calendar.holidays()
days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


@given(days, st.integers(1, 60))
def test_so_many_working_days_remain_on_the_day_a_deadline_begins(start, number):
    due = add_working_days(start, number, HOLIDAYS)
    assert is_working_day(due, HOLIDAYS)
    assert working_days_between(start, due, HOLIDAYS) == number


@given(days)
def test_no_days_at_all_end_on_the_first_working_day(start):
    due = add_working_days(start, 0, HOLIDAYS)
    assert is_working_day(due, HOLIDAYS)
    assert not any(is_working_day(start + dt.timedelta(days=n), HOLIDAYS) for n in range((due - start).days))


@given(days, days)
def test_time_over_is_time_left_turned_round(one, other):
    assert working_days_between(one, other, HOLIDAYS) == -working_days_between(other, one, HOLIDAYS)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (dt.date(2026, 11, 27), dt.date(2026, 12, 4)),  # a Friday
        (dt.date(2026, 11, 28), dt.date(2026, 12, 4)),  # a Saturday, a Sunday: Monday is the first day counted
        (dt.date(2026, 11, 29), dt.date(2026, 12, 4)),
        (dt.date(2026, 11, 30), dt.date(2026, 12, 7)),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 8)),  # New Year's Day is a Friday
    ],
)
def test_five_working_days(start, due):
    assert add_working_days(start, 5, HOLIDAYS) == due
