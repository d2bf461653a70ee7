"""How a document, and a provision of it, stands on a day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.documents.rules.status import Dates, Effect, EffectKind, Status, changes, standing, standing_of
from tests.factories.norms import DAYS

pytestmark = pytest.mark.database_free

DAY = dt.timedelta(days=1)
FROM, ON = dt.date(2012, 7, 5), dt.date(2026, 1, 1)
PATHS = ("", "d4", "d8", "d8.k4", "d8.k4.a")

EFFECTS = st.builds(
    Effect,
    kind=st.sampled_from(EffectKind),
    by=st.sampled_from(("64/2024/TT-BTC", "235/2025/NĐ-CP", "1/2030/NĐ-CP")),
    since=st.none() | DAYS,
    until=st.none() | st.dates(dt.date(2031, 1, 1), dt.date(2032, 1, 1)),
    path=st.sampled_from(PATHS),
)
DATES = st.builds(
    lambda start, length: Dates(start, start + length * DAY if start and length is not None else None),
    st.none() | DAYS,
    st.none() | st.integers(0, 4000),
)
MANY = st.lists(EFFECTS, max_size=6)


PLAIN = Dates(FROM)


def how(*effects, dates=PLAIN, day=ON):
    return standing(dates, effects, day).status


def amends(path="", since=dt.date(2025, 10, 15)):
    return Effect(EffectKind.AMENDS, "235/2025/NĐ-CP", since, path=path)


def test_before_its_day_in_force_and_after():
    assert how(day=FROM - DAY) is Status.NOT_YET
    assert how(day=FROM) is Status.IN_FORCE
    assert how(dates=Dates(None)) is Status.UNKNOWN


def test_the_last_day_it_names_is_still_in_force():
    dates = Dates(FROM, dt.date(2020, 12, 31))
    assert how(dates=dates, day=dt.date(2020, 12, 31)) is Status.IN_FORCE
    assert how(dates=dates, day=dt.date(2021, 1, 1)) is Status.EXPIRED


def test_amended_is_partly_expired_from_the_day_of_the_amendment():
    assert how(amends(), day=dt.date(2025, 10, 14)) is Status.IN_FORCE
    assert how(amends(), day=dt.date(2025, 10, 15)) is Status.PARTLY_EXPIRED


@pytest.mark.parametrize(
    ("kind", "path", "status"),
    [
        (EffectKind.REPLACES, "", Status.EXPIRED),
        (EffectKind.REPEALS, "", Status.EXPIRED),
        (EffectKind.REPEALS, "d4", Status.PARTLY_EXPIRED),
        (EffectKind.SUSPENDS, "", Status.SUSPENDED),
        (EffectKind.SUSPENDS, "d4", Status.PARTLY_EXPIRED),
        (EffectKind.CORRECTS, "", Status.IN_FORCE),
    ],
)
def test_what_is_done_to_it(kind, path, status):
    assert how(Effect(kind, "X", dt.date(2020, 1, 1), path=path)) is status


def test_a_suspension_ends():
    pause = Effect(EffectKind.SUSPENDS, "X", dt.date(2020, 1, 1), dt.date(2020, 6, 30))
    assert how(pause, day=dt.date(2020, 6, 30)) is Status.SUSPENDED
    assert how(pause, day=dt.date(2020, 7, 1)) is Status.IN_FORCE


def test_an_effect_without_a_day_changes_nothing_and_is_told():
    found = standing(Dates(FROM), [amends(since=None)], ON)
    assert found.status is Status.IN_FORCE
    assert found.undated == (amends(since=None),)


def test_a_day_within_the_year_that_alone_is_known_is_told():
    dates = Dates(dt.date(2018, 12, 31), by_year_end=True)
    found = standing(dates, (), dt.date(2018, 6, 1))
    assert (found.status, found.within_unknown_year) == (Status.NOT_YET, True)
    assert not standing(dates, (), dt.date(2017, 6, 1)).within_unknown_year
    assert standing(dates, (), dt.date(2018, 12, 31)).status is Status.IN_FORCE


@given(DATES, MANY, DAYS, st.randoms())
def test_the_order_of_the_effects_plays_no_part(dates, effects, day, chance):
    mixed = list(effects)
    chance.shuffle(mixed)
    assert standing(dates, mixed, day) == standing(dates, effects, day)
    for path in PATHS[1:]:
        assert standing_of(path, dates, mixed, day) == standing_of(path, dates, effects, day)


@given(DATES, MANY, DAYS)
def test_nothing_is_in_force_before_its_day(dates, effects, day):
    found = standing(dates, effects, day)
    early = dates.in_force_from is not None and day < dates.in_force_from
    assert (found.status is Status.NOT_YET) == early
    assert (found.status is Status.UNKNOWN) == (dates.in_force_from is None)
    assert not (early and found.holds)


@given(DATES, MANY, DAYS)
def test_more_effects_never_put_it_back_in_force(dates, effects, day):
    less = {Status.IN_FORCE: 2, Status.PARTLY_EXPIRED: 1}
    whole, part = (less.get(standing(dates, some, day).status, 0) for some in (effects, effects[:-1]))
    assert whole <= part


@given(DATES, MANY, DAYS)
def test_the_standing_changes_only_on_the_days_of_change(dates, effects, day):
    days = changes(dates, effects)
    assert list(days) == sorted(set(days))
    if day not in days:
        before, now = (standing(dates, effects, one) for one in (day - DAY, day))
        assert before.status is now.status
        assert before.effects == now.effects


# A provision


@given(DATES, MANY, DAYS)
def test_a_provision_stands_no_better_than_its_document(dates, effects, day):
    whole = standing(dates, effects, day).status
    for path in PATHS[1:]:
        part = standing_of(path, dates, effects, day).status
        if whole in (Status.NOT_YET, Status.UNKNOWN, Status.EXPIRED):
            assert part is whole
        if whole is Status.SUSPENDED:
            assert part in (Status.SUSPENDED, Status.EXPIRED)
        if whole is Status.IN_FORCE:
            assert part is Status.IN_FORCE


def of(path, *effects):
    return standing_of(path, Dates(FROM), effects, ON)


def test_what_is_done_to_what_it_lies_in_is_done_to_it():
    gone = Effect(EffectKind.REPEALS, "X", dt.date(2020, 1, 1), path="d8")
    assert of("d8", gone).status is Status.EXPIRED
    assert of("d8.k4.a", gone).status is Status.EXPIRED
    assert of("d4", gone).status is Status.IN_FORCE


def test_what_is_done_to_a_part_of_it_leaves_the_whole():
    part = Effect(EffectKind.REPEALS, "X", dt.date(2020, 1, 1), path="d8.k4")
    assert of("d8", part).status is Status.IN_FORCE
    assert of("d8.k4", part).status is Status.EXPIRED


def test_amended_somewhere_is_told_of_every_provision_but_takes_none_out_of_force():
    found = of("d8", amends())
    assert found.status is Status.IN_FORCE
    assert found.effects == (amends(),)


def test_amended_right_there_is_partly_expired():
    assert of("d8.k4", amends("d8")).status is Status.PARTLY_EXPIRED
