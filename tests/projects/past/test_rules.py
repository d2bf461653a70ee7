"""Projects of before this system: their days, their state, the steps those tell of."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.projects.lifecycle.table import BY_NAME, MAIN_LINE, Fund, State, states_of
from khuyencong.projects.past import rules as past
from khuyencong.projects.past.rules import Event, Fault, Past

pytestmark = [pytest.mark.database_free, pytest.mark.clock]

TODAY = dt.date(2026, 11, 24)
DAYS = st.dates(dt.date(2012, 1, 1), TODAY)
FUNDS = st.sampled_from(Fund)


def told(state=State.ARCHIVED, days=None, fund=Fund.LOCAL, year=None, **money):
    amounts = {"support": 100, "counterpart": 200, "blended": 0, "total": 300} | money
    return Past(fund, state, year, days or {}, **amounts)


@st.composite
def ordered_days(draw):
    """Days of some of the events, in order."""
    events = draw(st.sets(st.sampled_from(Event)))
    days = sorted(draw(st.lists(DAYS, min_size=len(events), max_size=len(events))))
    return dict(zip([event for event in Event if event in events], days, strict=True))


@given(ordered_days(), st.none() | st.integers(2012, 2026), FUNDS)
def test_the_state_that_follows_from_the_days_never_contradicts_them(days, year, fund):
    if Event.ACCEPTED in days:
        year = None
    if year is None and Event.SETTLED in days and Event.ACCEPTED not in days:
        return  # settled but never accepted: a person has to say in which year
    state = past.state_by_days(year, days, TODAY, 3)
    assert not past.state_faults(told(state, days, fund, year), TODAY)


@given(st.integers(2012, 2026), st.integers(0, 5))
def test_accepted_projects_are_monitored_while_results_are_due_then_archived(year, years):
    state = past.state_by_days(year, {}, TODAY, years)
    assert state is (State.MONITORED if TODAY.year - year <= years else State.ARCHIVED)


@given(ordered_days(), FUNDS)
def test_the_steps_carry_their_days_and_fit_the_table(days, fund):
    steps = past.steps(fund, days)
    assert [step.day for step in steps] == list(days.values())
    for step in steps:
        transition = BY_NAME[step.transition]
        assert fund in transition.funds
        assert step.source in transition.sources
        assert step.target is transition.target


@given(ordered_days().filter(lambda days: len(days) > 1), st.data())
def test_two_days_the_wrong_way_round_are_told_at_the_later_step(days, data):
    events = list(days)
    at = data.draw(st.integers(1, len(events) - 1))
    wrong = dict(days) | {events[at]: days[events[at - 1]] - dt.timedelta(days=1)}
    assert past.faults(told(State.SETTLED, wrong, year=None), TODAY)[events[at].value] is Fault.OUT_OF_ORDER


@given(st.sampled_from(Event), FUNDS)
def test_a_day_to_come_is_no_day_of_the_past(event, fund):
    days = {event: TODAY + dt.timedelta(days=1)}
    assert past.faults(told(State.ARCHIVED, days, fund, None), TODAY)[event.value] is Fault.FUTURE


@pytest.mark.parametrize("fund", Fund)
def test_a_state_takes_only_the_days_of_what_may_lie_behind_it(fund):
    target = {Event.APPROVED: State.APPROVED, Event.CONTRACTED: State.CONTRACTED, Event.ACCEPTED: State.ACCEPTED,
              Event.SETTLED: State.SETTLED}  # fmt: skip
    line = MAIN_LINE[fund]
    for state in states_of(fund):
        for event in Event:
            day = dt.date(2020, 5, 5)
            fault = past.state_faults(told(state, {event: day}, fund, 2020 if event > Event.ACCEPTED else None), TODAY)
            if state in line:
                expected = line.index(target[event]) <= line.index(state)
            elif state in (State.SUSPENDED, State.ADJUSTED, State.TERMINATED):
                expected = event in (Event.APPROVED, Event.CONTRACTED)
            else:
                expected = False
            assert (fault.get(event.value) is not Fault.NOT_REACHED) == expected, (state, event)


def test_the_year_and_the_day_of_acceptance_agree():
    day = {Event.ACCEPTED: dt.date(2019, 9, 20)}
    assert not past.faults(told(State.SETTLED, day, year=2019), TODAY)
    assert told(State.SETTLED, day).year == 2019
    assert past.faults(told(State.SETTLED, day, year=2020), TODAY) == {"accepted_year": Fault.YEAR_DIFFERS}
    assert past.faults(told(State.SETTLED), TODAY) == {"accepted_year": Fault.YEAR_MISSING}
    assert past.faults(told(State.PLANNED, year=2020), TODAY) == {"accepted_year": Fault.YEAR_TOO_EARLY}
    assert not past.faults(told(State.ARCHIVED), TODAY), "an archived one may have been terminated"


AMOUNTS = st.integers(0, 10**12)


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.integers(-5, 5))
def test_the_parts_make_the_total_to_the_dong(support, counterpart, blended, off):
    made = told(support=support, counterpart=counterpart, blended=blended, total=support + counterpart + blended + off)
    assert ("blended" in past.faults(made, TODAY)) == (off != 0)


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"contract_number": "3"}, "contracted_on", Fault.DAY_MISSING),
        ({"paid": 50}, "contract_number", Fault.NUMBER_MISSING),
        ({"paid": 101, "contract_number": "3"}, "paid", Fault.ABOVE_SUPPORT),
        ({"contract_number": "3", "support": 0, "total": 200}, "contract_number", Fault.NO_SUPPORT),
        ({"contract_number": "3", "state": State.PLANNED}, "contract_number", Fault.NOT_REACHED),
    ],
)
def test_a_contract_has_a_day_a_number_and_bounds(changes, field, fault):
    assert past.faults(told(**changes), TODAY)[field] is fault
    signed = {Event.CONTRACTED: dt.date(2019, 4, 5)}
    assert not past.faults(told(days=signed, contract_number="3", paid=100), TODAY)
