"""The line of the life cycle on a project's page."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.projects.lifecycle.course import Phase, Taken, line
from khuyencong.projects.lifecycle.table import ENDED, MAIN_LINE, Fund, State, onward

pytestmark = [pytest.mark.database_free, pytest.mark.clock]

DAY = dt.date(2026, 1, 5)


@st.composite
def walks(draw):
    """A fund, and steps that the table allows, one after another, each a day later."""
    fund = draw(st.sampled_from(Fund))
    state, taken = State.DRAFT, []
    for number in range(draw(st.integers(0, 25))):
        steps = onward(state, fund)
        if not steps:
            break
        step = draw(st.sampled_from(steps))
        state = step.target
        taken.append(Taken(state, DAY + dt.timedelta(days=number)))
    return fund, state, taken


@given(walks())
def test_after_any_walk_one_stop_is_the_present_and_all_before_it_are_done(walk):
    fund, state, taken = walk
    stops = line(fund, state, taken)
    states = [stop.state for stop in stops]
    assert len(set(states)) == len(states)
    assert states[0] is State.DRAFT
    assert states[-1] in ENDED
    phases = [stop.phase for stop in stops]
    at = states.index(state)
    assert all(phase is Phase.DONE for phase in phases[:at])
    assert phases[at] is (Phase.DONE if state in ENDED else Phase.NOW)
    assert all(phase is Phase.AHEAD for phase in phases[at + 1 :])


@given(walks())
def test_days_never_run_backwards_and_none_lies_ahead(walk):
    fund, state, taken = walk
    stops = line(fund, state, taken)
    days = [stop.day for stop in stops if stop.day]
    assert days == sorted(days)
    assert all(stop.day is None for stop in stops if stop.phase is Phase.AHEAD)
    if taken:
        assert taken[-1].target is state


@given(walks())
def test_the_main_line_keeps_its_order(walk):
    fund, state, taken = walk
    main = [stop.state for stop in line(fund, state, taken) if stop.state in MAIN_LINE[fund]]
    ranks = [MAIN_LINE[fund].index(each) for each in main]
    assert ranks == sorted(ranks)


def shown(fund, state, *targets):
    taken = [Taken(target, DAY + dt.timedelta(days=number)) for number, target in enumerate(targets)]
    return [
        (stop.state.value, stop.phase.value, stop.day and stop.day.day - DAY.day) for stop in line(fund, state, taken)
    ]


def test_what_was_sent_back_is_ahead_again():
    stops = shown(Fund.LOCAL, State.RETURNED, State.SUBMITTED, State.DEPARTMENT_APPRAISAL, State.RETURNED)
    assert stops[:4] == [
        ("draft", "done", None),
        ("returned", "now", 2),
        ("submitted", "ahead", None),
        ("department-appraisal", "ahead", None),
    ]


def test_a_pause_stands_where_it_was_made_and_goes_when_it_is_over():
    begun = (State.CONTRACTED, State.IN_PROGRESS, State.SUSPENDED)
    assert ("suspended", "now", 2) in shown(Fund.LOCAL, State.SUSPENDED, *begun)
    after = shown(Fund.LOCAL, State.IN_PROGRESS, *begun, State.IN_PROGRESS)
    assert "suspended" not in {stop[0] for stop in after}
    assert ("in-progress", "now", 1) in after, "it keeps the day on which the work began"


def test_a_terminated_project_has_only_its_archive_ahead():
    stops = shown(Fund.LOCAL, State.TERMINATED, State.SUBMITTED, State.TERMINATED)
    assert stops == [
        ("draft", "done", None),
        ("submitted", "done", 0),
        ("terminated", "now", 1),
        ("archived", "ahead", None),
    ]
    stops = shown(Fund.LOCAL, State.ARCHIVED, State.SUBMITTED, State.TERMINATED, State.ARCHIVED)
    assert [stop[:2] for stop in stops[-2:]] == [("terminated", "done"), ("archived", "done")]


def test_a_past_project_shows_the_days_that_are_known():
    stops = shown(Fund.NATIONAL, State.ARCHIVED, State.APPROVED, State.ACCEPTED)
    assert [stop[0] for stop in stops] == [state.value for state in MAIN_LINE[Fund.NATIONAL]]
    assert all(stop[1] == "done" for stop in stops)
    assert {stop[0]: stop[2] for stop in stops if stop[2] is not None} == {"approved": 0, "accepted": 1}
