"""Projects of before this system: which state they are in by their days, and which steps those days tell of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from khuyencong.projects.rules.lifecycle import BY_NAME, MAIN_LINE, Fund, State


class Event(StrEnum):
    """The steps whose days the old files tell."""

    APPROVED = "approved_on"
    CONTRACTED = "contracted_on"
    ACCEPTED = "accepted_on"
    SETTLED = "settled_on"


_STATE = {
    Event.APPROVED: State.APPROVED,
    Event.CONTRACTED: State.CONTRACTED,
    Event.ACCEPTED: State.ACCEPTED,
    Event.SETTLED: State.SETTLED,
}
# A project in one of these went off the line somewhere between its approval and its acceptance, or before.
_OFF_LINE = frozenset({State.SUSPENDED, State.ADJUSTED})


class Fault(StrEnum):
    """What is wrong with what was told of a past project."""

    FUTURE = "future"
    OUT_OF_ORDER = "out-of-order"
    NOT_REACHED = "not-reached"  # a day of a step that the state has not come to
    YEAR_DIFFERS = "year-differs"  # the year of acceptance is not that of its day
    YEAR_MISSING = "year-missing"  # an accepted project has a year of acceptance
    YEAR_TOO_EARLY = "year-too-early"  # a project not accepted has none


@dataclass(frozen=True)
class Step:
    """One step as it is written down afterwards."""

    transition: str
    source: State
    target: State
    day: dt.date


def year_of(accepted_year: int | None, days: Mapping[Event, dt.date]) -> int | None:
    """The year of acceptance: as told, else that of the day of acceptance."""
    day = days.get(Event.ACCEPTED)
    return accepted_year if accepted_year is not None or day is None else day.year


def state_by_days(accepted_year: int | None, days: Mapping[Event, dt.date], today: dt.date, result_years: int) -> State:
    """The state when nobody told it: accepted projects are monitored while results are due, then archived."""
    year = year_of(accepted_year, days)
    if year is not None:
        return State.MONITORED if year + result_years >= today.year else State.ARCHIVED
    if Event.CONTRACTED in days:
        return State.CONTRACTED
    return State.APPROVED if Event.APPROVED in days else State.DRAFT


def faults(
    fund: Fund, state: State, accepted_year: int | None, days: Mapping[Event, dt.date], today: dt.date
) -> dict[str, Fault]:
    """What is wrong, by field: ``accepted_year`` or an event."""
    found: dict[str, Fault] = {}
    before: dt.date | None = None
    for event in Event:
        day = days.get(event)
        if day is None:
            continue
        if day > today:
            found[event] = Fault.FUTURE
        elif before is not None and day < before:
            found[event] = Fault.OUT_OF_ORDER
        elif not _may_have_passed(fund, state, _STATE[event]):
            found[event] = Fault.NOT_REACHED
        before = day
    accepted = days.get(Event.ACCEPTED)
    if accepted is not None and accepted_year is not None and accepted.year != accepted_year:
        found["accepted_year"] = Fault.YEAR_DIFFERS
    elif was_accepted(fund, state) and year_of(accepted_year, days) is None:
        found["accepted_year"] = Fault.YEAR_MISSING
    elif accepted_year is not None and not _may_have_passed(fund, state, State.ACCEPTED):
        found["accepted_year"] = Fault.YEAR_TOO_EARLY
    return found


def was_accepted(fund: Fund, state: State) -> bool:
    """Whether every project in this state was accepted. An archived one may have been terminated instead."""
    line = MAIN_LINE[fund]
    return state in line and state is not State.ARCHIVED and line.index(state) >= line.index(State.ACCEPTED)


def steps(fund: Fund, days: Mapping[Event, dt.date]) -> tuple[Step, ...]:
    """The steps that the days tell of, in order. What lay between them is not known and not made up."""
    names = {
        Event.APPROVED: "approve-national" if fund is Fund.NATIONAL else "approve",
        Event.CONTRACTED: "contract",
        Event.ACCEPTED: "accept",
        Event.SETTLED: "settle",
    }
    told = [(BY_NAME[names[event]], days[event]) for event in Event if event in days]
    return tuple(Step(one.name, next(iter(one.sources)), one.target, day) for one, day in told)


def _may_have_passed(fund: Fund, state: State, reached: State) -> bool:
    """Whether a project in ``state`` may have been in ``reached``."""
    line = MAIN_LINE[fund]
    if state in line:
        return line.index(state) >= line.index(reached)
    if state in _OFF_LINE:
        return line.index(reached) <= line.index(State.CONTRACTED)
    return state is State.TERMINATED and line.index(reached) < line.index(State.ACCEPTED)
