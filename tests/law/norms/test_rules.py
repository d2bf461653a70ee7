"""What is wrong with a draft, what takes over from what, and norms over time."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.norms.ceiling import Case, ceiling
from khuyencong.law.norms.rules import Area, Level, Multiplier, problems, taken_over, timeline, with_draft
from tests.factories import norms as some
from tests.law.norms.test_ceiling import MILLION, WHOLE_LINE, norm

pytestmark = pytest.mark.database_free

DAY = dt.timedelta(days=1)
SINCE = dt.date(2012, 7, 5)
PROVINCIAL = Level.PROVINCIAL


def codes(draft, *others):
    return [one.code for one in problems(draft, others)]


def own(percent=50, cap=300, **fields):
    return norm(percent, cap, PROVINCIAL, **({"key": "own"} | fields))


def test_up_to_the_national_norm_is_allowed():
    assert codes(own(), norm()) == []
    assert codes(own(30, 200), norm()) == []


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (own(60, 300), ["percent-above-national"]),
        (own(50, 301), ["cap-above-national"]),
        (own(60, 301), ["percent-above-national", "cap-above-national"]),
        (own(None, 300), ["percent-above-national"]),
        (own(50, None), ["cap-above-national"]),
        (own(per="model"), ["per-differs"]),
        (own(multipliers=(WHOLE_LINE,)), ["multiplier-above-national"]),
        (own(cap=200, multipliers=(WHOLE_LINE,)), []),
    ],
)
def test_above_the_national_norm_is_refused_with_the_reason(draft, found):
    told = problems(draft, [norm()])
    assert [one.code for one in told] == found
    assert all(one.refuses and one.other == norm() for one in told)


def test_the_reason_names_both_values():
    (told,) = problems(own(60), [norm()])
    assert (told.ours, told.theirs) == (Decimal(60), Decimal(50))


def test_several_conditions_at_once_may_not_go_above_either():
    twice = tuple(Multiplier(code, code, Decimal("1.5"), "") for code in ("whole-line", "first-time"))
    assert codes(own(cap=200, multipliers=twice[:1]), norm()) == []
    assert set(codes(own(cap=200, multipliers=twice), norm())) == {"multiplier-above-national"}


def test_only_days_that_both_hold_count():
    earlier = norm(valid_to=dt.date(2024, 12, 31))
    assert codes(own(60, valid_from=dt.date(2025, 1, 1)), earlier) == []
    assert codes(own(60, valid_from=dt.date(2024, 12, 31)), earlier) == ["percent-above-national"]


def test_other_contents_variants_and_funds_do_not_count():
    assert codes(own(60), norm(content="fair")) == []
    assert codes(own(60), norm(variant="founding")) == []
    assert codes(own(60, fund="local"), norm(fund="national")) == []


def test_the_national_norm_of_the_same_area_governs():
    wide, narrow = norm(50, 300), norm(60, 400, area=Area.ESPECIALLY_DIFFICULT)
    assert codes(own(55, 350, area=Area.ESPECIALLY_DIFFICULT), wide, narrow) == []
    assert codes(own(55, 350, area=Area.DIFFICULT), wide, narrow) != []
    # Where the narrower one has ended, the wider one governs again.
    ended = replace(narrow, valid_to=dt.date(2022, 12, 31))
    assert codes(own(55, 350, area=Area.ESPECIALLY_DIFFICULT), wide, ended) != []


def test_an_overlap_is_told_and_refuses_nothing():
    (told,) = problems(norm(40, key="new"), [norm()])
    assert told.code == "overlap"
    assert not told.refuses
    assert codes(norm(40, key="new", area=Area.DIFFICULT), norm()) == []
    assert codes(own(40, province="25"), own(key="other")) == []
    assert codes(norm(40, key="new", valid_from=dt.date(2025, 1, 1)), norm(valid_to=dt.date(2024, 12, 31))) == []


def test_a_draft_is_not_its_own_problem():
    assert codes(norm(), norm()) == []


@given(some.norms([PROVINCIAL]), some.many([Level.NATIONAL]), some.CASES)
def test_what_is_not_refused_never_needs_the_national_bound(draft, nationals, asked):
    if any(one.refuses for one in problems(draft, nationals)):
        return
    there = frozenset() if draft.area is Area.ANY else frozenset({draft.area})
    fund = draft.fund if draft.fund != "any" else ("local" if asked.fund == "any" else asked.fund)
    mine = replace(asked, content=draft.content, variant=draft.variant, areas=there, fund=fund)
    answer = ceiling([draft, *nationals], mine)
    assert "national-bound" not in [step.code for step in answer.steps]


@given(some.norms([PROVINCIAL]), some.many(), st.randoms())
def test_problems_do_not_depend_on_the_order(draft, others, chance):
    mixed = list(others)
    chance.shuffle(mixed)
    assert sorted(map(str, problems(draft, mixed))) == sorted(map(str, problems(draft, others)))


@given(some.norms([PROVINCIAL]), some.many([Level.NATIONAL]), some.PERCENTS)
def test_giving_less_is_never_a_new_problem(draft, nationals, percent):
    lower = replace(draft, percent=percent if draft.percent is None else min(draft.percent, percent))
    before, after = (
        {told.other.key for told in problems(one, nationals) if told.code == "percent-above-national"}
        for one in (draft, lower)
    )
    assert after <= before


# Over time


@given(some.many(), st.dates(dt.date(2012, 1, 1), dt.date(2020, 1, 1)))
def test_a_time_line_covers_every_day_once(norms, since):
    spans = timeline(norms, since)
    assert spans[0].first == since
    assert spans[-1].last is None
    for one, following in pairwise(spans):
        assert one.last + DAY == following.first
        assert one.norms != following.norms


@given(some.many(), some.DAYS)
def test_a_time_line_tells_what_holds_on_each_day(norms, day):
    span = next(one for one in timeline(norms, dt.date(2012, 1, 1)) if one.last is None or day <= one.last)
    assert set(span.norms) == {one for one in norms if one.holds(day)}


def test_gaps_and_overlaps_stand_as_such():
    first = norm(valid_from=dt.date(2014, 1, 1), valid_to=dt.date(2016, 12, 31), key="first")
    second = norm(valid_from=dt.date(2016, 1, 1), key="second")
    spans = [(span.first, span.last, len(span.norms)) for span in timeline([second, first], SINCE)]
    assert spans == [
        (SINCE, dt.date(2013, 12, 31), 0),
        (dt.date(2014, 1, 1), dt.date(2015, 12, 31), 1),
        (dt.date(2016, 1, 1), dt.date(2016, 12, 31), 2),
        (dt.date(2017, 1, 1), None, 1),
    ]


@given(some.norms(), some.norms(), some.DAYS)
def test_taking_over_leaves_each_day_one_of_the_two(old, new, day):
    new = replace(new, key="new", valid_to=None)
    after = with_draft([old], new, old.key)
    holding = [one for one in after if one.holds(day)]
    assert len(holding) <= 1
    if day >= new.valid_from:
        assert holding == [new]
    else:
        assert bool(holding) == old.holds(day)


def test_what_takes_over_closes_the_day_before_and_a_correction_leaves_nothing():
    old, new = norm(), norm(cap=400, valid_from=dt.date(2027, 1, 1), key="new")
    closed = replace(old, valid_to=dt.date(2026, 12, 31))
    assert with_draft([old], new, old.key) == [closed, new]
    assert with_draft([old], new, old.key, takes_over=False) == [new]
    assert with_draft([old], new) == [old, new]
    assert taken_over(old, old.valid_from) is None
    ended = replace(old, valid_to=dt.date(2020, 1, 1))
    assert taken_over(ended, dt.date(2027, 1, 1)) == ended


def test_the_day_of_the_change_divides_the_ceilings():
    after = with_draft([norm()], norm(cap=400, valid_from=dt.date(2027, 1, 1), key="new"), norm().key)
    amounts = [
        ceiling(after, Case("machinery", 900 * MILLION, day, "04")).amount
        for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    ]
    assert amounts == [300 * MILLION, 400 * MILLION]
