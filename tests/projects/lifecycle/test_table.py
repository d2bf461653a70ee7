"""The table of the life cycle, walked whole: every state, step, kind of actor and fund."""

import datetime as dt
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.reference import rows
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.lifecycle.table import (
    BY_NAME,
    ENDED,
    MAIN_LINE,
    TABLE,
    Actor,
    DayProblem,
    Fund,
    Guard,
    Person,
    Situation,
    State,
    check,
    day_problem,
    next_step,
    onward,
    papers_needed,
    states_of,
)
from khuyencong.projects.models import Attachment, Project
from khuyencong.projects.overview import tabs
from khuyencong.projects.steps import wording
from khuyencong.projects.steps.outlook import _TAB
from khuyencong.projects.steps.situation import _CHECKS, _ON_WHAT_IS_ASKED

pytestmark = pytest.mark.database_free

DRAFTER, OTHER = 1, 2
ACTOR_SETS = [frozenset(some) for size in range(len(Actor) + 1) for some in combinations(Actor, size)]
EVERYTHING = frozenset(kind.value for kind in Attachment.Kind)


def everywhere():
    for fund in Fund:
        for state in State:
            for transition in TABLE:
                for actors in ACTOR_SETS:
                    for key in (DRAFTER, OTHER):
                        yield fund, state, transition, Person(key, actors)


def test_a_step_is_allowed_exactly_where_its_row_says():
    allowed = 0
    for fund, state, transition, person in everywhere():
        verdict = check(transition, Situation(state, fund, frozenset({DRAFTER}), EVERYTHING), person)
        expected = (
            state in transition.sources
            and fund in transition.funds
            and transition.actor in person.actors
            and not (transition.four_eyes and person.key == DRAFTER)
        )
        assert verdict.allowed == expected, (fund, state, transition.name, person)
        allowed += expected
    assert allowed > 400


def test_each_missing_paper_failing_guard_and_empty_reason_stops_it_and_is_named():
    for transition in TABLE:
        person = Person(OTHER, frozenset({transition.actor}))
        fund = next(fund for fund in Fund if fund in transition.funds)
        for state in transition.sources:
            there = Situation(state, fund, frozenset({DRAFTER}), frozenset(transition.papers))
            assert check(transition, there, person).allowed
            for paper in transition.papers:
                verdict = check(transition, replace(there, papers=there.papers - {paper}), person)
                assert (verdict.allowed, verdict.missing_papers) == (False, (paper,))
            for guard in Guard:
                verdict = check(transition, replace(there, failing=frozenset({guard})), person)
                assert verdict.allowed == (guard not in transition.guards)
                assert verdict.failing == ((guard,) if guard in transition.guards else ())
            for blank in ("", "  \n"):
                assert check(transition, there, person, reason=blank).allowed == (not transition.reason)
            for wrong in DayProblem:
                assert not check(transition, there, person, wrong_day=wrong).allowed


def test_everything_that_stands_in_the_way_is_told_in_words():
    transition = BY_NAME["approve"]
    verdict = check(
        transition,
        Situation(State.DEPARTMENT_APPRAISAL, Fund.LOCAL, frozenset({DRAFTER}), failing=frozenset(Guard)),
        Person(DRAFTER, frozenset()),
        wrong_day=DayProblem.FUTURE,
    )
    told = " ".join(wording.refusals(verdict, []))
    for words in ("do lãnh đạo làm", "không được tự duyệt", "chưa đến"):
        assert words in told


@pytest.mark.parametrize("fund", Fund)
def test_every_state_can_be_left_but_the_end_and_every_main_state_leads_there(fund):
    for state in states_of(fund):
        assert bool(onward(state, fund)) == (state not in ENDED)
        seen = [state]
        while (step := next_step(seen[-1], fund)) is not None:
            assert step.target not in seen, "the way forward goes round"
            seen.append(step.target)
        assert seen[-1] in ENDED
    line = MAIN_LINE[fund]
    for here, there in pairwise(line):
        assert next_step(here, fund).target is there


def test_states_of_the_other_fund_are_not_reached():
    assert set(states_of(Fund.NATIONAL)) == set(State)
    assert set(State) - set(states_of(Fund.LOCAL)) == {State.MINISTRY_APPRAISAL}


def test_names_are_unique_and_every_name_has_words():
    assert len(BY_NAME) == len(TABLE)
    assert set(wording.STEPS) == set(wording.TAKEN) == set(BY_NAME)
    assert set(wording.ACTORS) == set(Actor)
    assert set(wording.GUARDS) == set(_CHECKS | _ON_WHAT_IS_ASKED) == set(Guard)
    assert [state.value for state in Project.State] == [state.value for state in State]


def test_every_paper_letter_and_deadline_exists():
    for fund in Fund:
        assert set(papers_needed(fund)) <= EVERYTHING
    letters = {one.letter for one in TABLE if one.letter}
    assert letters <= set(KINDS)
    parameters = rows("khuyencong.law.documents", "parameters.csv")
    told = {row["code"] for row in parameters if row["code"].startswith("deadline-")}
    assert told <= {one.deadline for one in TABLE}, "a deadline of no step"


def test_every_guard_is_seen_to_on_a_tab_that_exists():
    assert set(_TAB.values()) <= {tab.name for tab in tabs.TABS}


def test_who_decides_never_drafts_alone():
    deciding = [one for one in TABLE if one.name in ("approve", "approve-national", "adjust", "settle")]
    assert all(one.four_eyes and one.actor is Actor.LEADER for one in deciding)


DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2030, 1, 1))


@given(DAYS, st.none() | DAYS, DAYS)
def test_steps_follow_one_another_in_time(day, since, today):
    problem = day_problem(day, since, today)
    assert (problem is DayProblem.FUTURE) == (day > today)
    assert (problem is None) == (day <= today and (since is None or since <= day))
