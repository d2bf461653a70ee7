"""Which text one reads for a day, and what was done to each piece of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.documents.rules.references import covers
from khuyencong.law.documents.rules.status import Dates, Effect, EffectKind, standing
from khuyencong.law.documents.rules.text_of_day import attach, gone, reading_day, told_by_text
from tests.law.strategies import DAYS

pytestmark = pytest.mark.database_free

PATHS = ("d4", "d4.k1", "d4.k1.a", "d4.k2", "d5", "d45")
EFFECTS = st.builds(
    Effect,
    kind=st.sampled_from(EffectKind),
    by=st.sampled_from(("A", "B")),
    since=st.none() | DAYS,
    until=st.none(),
    path=st.sampled_from(("", *PATHS, "d9")),
)
SETS = st.lists(EFFECTS, max_size=5)


@st.composite
def all_dates(draw):
    """Dates in order."""
    start = draw(st.none() | DAYS)
    end = draw(st.none() | st.dates(start or dt.date(2012, 1, 1), dt.date(2031, 12, 31)))
    return Dates(start, end)


@given(all_dates(), SETS, DAYS)
def test_a_day_in_force_is_read_as_it_is(dates, effects, day):
    if standing(dates, effects, day).holds:
        assert reading_day(dates, effects, day) == day


@given(all_dates(), SETS, DAYS)
def test_one_never_reads_before_the_first_day(dates, effects, day):
    read = reading_day(dates, effects, day)
    assert dates.in_force_from is None or read >= dates.in_force_from
    assert reading_day(dates, effects, read) == read


def test_before_the_first_day_and_after_the_last():
    dates = Dates(dt.date(2012, 7, 5))
    replaced = [Effect(EffectKind.REPLACES, "B", dt.date(2026, 1, 1))]
    assert reading_day(dates, replaced, dt.date(2012, 6, 1)) == dt.date(2012, 7, 5)
    assert reading_day(dates, replaced, dt.date(2030, 1, 1)) == dt.date(2025, 12, 31)


@given(st.lists(st.sampled_from(PATHS), unique=True), SETS, DAYS)
def test_every_effect_at_work_on_a_piece_is_told_once_at_the_deepest_piece_that_holds_it(paths, effects, day):
    placed, homeless = attach(paths, effects, day)
    told = [effect for found in placed.values() for effect in found] + homeless
    assert sorted(map(str, told)) == sorted(str(one) for one in effects if one.path and one.holds(day))
    for home, found in placed.items():
        for effect in found:
            assert covers(home, effect.path)
            assert not any(covers(home, other) and other != home and covers(other, effect.path) for other in paths)
    assert not any(covers(path, effect.path) for effect in homeless for path in paths)


def test_what_lies_in_a_repealed_article_is_gone_with_it():
    placed = {"d4": [Effect(EffectKind.REPEALS, "B", dt.date(2025, 1, 1), path="d4")]}
    assert gone("d4", placed)
    assert gone("d4.k1", placed)
    assert not gone("d45", placed)
    assert not gone("", placed)


def test_the_new_text_tells_its_amendment_and_the_old_text_does_not():
    since = dt.date(2025, 10, 15)
    effect = Effect(EffectKind.AMENDS, "235/2025/NĐ-CP", since, path="d4")
    assert told_by_text(effect, "235/2025/NĐ-CP", since)
    assert told_by_text(effect, "1/2026/NĐ-CP", dt.date(2026, 1, 1)), "a later text knows of it"
    assert not told_by_text(effect, "", None)
    assert not told_by_text(effect, "64/2024/TT-BTC", dt.date(2024, 12, 31))
    assert not told_by_text(Effect(EffectKind.REPEALS, "B", since, path="d4"), "B", since)
