"""What waits, sorted by how much it presses."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.waiting import Item, ordered

pytestmark = [pytest.mark.database_free, pytest.mark.clock]

TODAY = dt.date(2026, 7, 15)
near = st.none() | st.dates(TODAY - dt.timedelta(days=20), TODAY + dt.timedelta(days=20))
items = st.builds(Item, st.sampled_from("ABC"), st.sampled_from("abc"), st.just("/"), since=near, due=near)


@given(st.lists(items))
def test_everything_is_in_exactly_one_part_and_nothing_is_lost(given_items):
    work = ordered(given_items, TODAY)
    parts = [*work.overdue, *work.this_week, *work.later]
    assert work.count == len(given_items)
    assert sorted(map(repr, parts)) == sorted(map(repr, given_items))
    assert all(one.due < TODAY for one in work.overdue)
    assert all(0 <= (one.due - TODAY).days <= 7 for one in work.this_week)
    assert all(one.due is None or (one.due - TODAY).days > 7 for one in work.later)


@given(st.lists(items), st.randoms())
def test_the_earliest_day_comes_first_whatever_order_rooms_told_it_in(given_items, chance):
    shuffled = list(given_items)
    chance.shuffle(shuffled)
    work = ordered(shuffled, TODAY)
    assert work == ordered(given_items, TODAY)
    for part in (work.overdue, work.this_week, work.later):
        days = [one.due or dt.date.max for one in part]
        assert days == sorted(days)
        for one, after in itertools.pairwise(part):
            if one.due == after.due:
                assert (one.since or dt.date.max) <= (after.since or dt.date.max)


@given(st.lists(items))
def test_a_reminder_tells_only_what_is_late_or_due_within_a_week(given_items):
    pressing = ordered(given_items, TODAY).pressing
    assert len(pressing) == sum(one.due is not None and one.due <= TODAY + dt.timedelta(days=7) for one in given_items)
    assert all(one.due is not None and one.due <= TODAY + dt.timedelta(days=7) for one in pressing)
