"""Projects of before this system: which state they are in by their days, and which steps those days tell of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from khuyencong.projects.lifecycle.table import BY_NAME, MAIN_LINE, Fund, State


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
    NOT_THE_REST = "not-the-rest"  # the parts do not make the total
    DAY_MISSING = "day-missing"  # a contract has a day
    NUMBER_MISSING = "number-missing"  # money was paid under a contract
    ABOVE_SUPPORT = "above-support"  # more was paid than was to be supported
    NO_SUPPORT = "no-support"  # a contract without money


@dataclass(frozen=True)
class Past:
    """What the files tell of a project. Money in VND; ``blended`` is what other programmes gave."""

    fund: Fund
    state: State
    accepted_year: int | None
    days: Mapping[Event, dt.date]
    support: int
    counterpart: int
    blended: int
    total: int
    contract_number: str = ""
    paid: int = 0

    @property
    def year(self) -> int | None:
        """The year of acceptance: as told, else that of the day of acceptance."""
        return year_of(self.accepted_year, self.days)

    @property
    def since(self) -> dt.date | None:
        """The last day that is known."""
        return max(self.days.values(), default=None)


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
    if Event.SETTLED in days:
        return State.SETTLED
    if Event.CONTRACTED in days:
        return State.CONTRACTED
    return State.APPROVED if Event.APPROVED in days else State.DRAFT


def faults(past: Past, today: dt.date) -> dict[str, Fault]:
    """What is wrong, by field: an event, ``accepted_year``, ``blended``, ``contract_number`` or ``paid``."""
    return state_faults(past, today) | _money_faults(past)


def state_faults(past: Past, today: dt.date) -> dict[str, Fault]:
    """What of the days and the year does not go with the state, or with each other."""
    return _day_faults(past, today) | _year_fault(past)


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


def was_accepted(fund: Fund, state: State) -> bool:
    """Whether every project in this state was accepted. An archived one may have been terminated instead."""
    line = MAIN_LINE[fund]
    return state in line and state is not State.ARCHIVED and line.index(state) >= line.index(State.ACCEPTED)


def _day_faults(past: Past, today: dt.date) -> dict[str, Fault]:
    found: dict[str, Fault] = {}
    before: dt.date | None = None
    for event in Event:
        day = past.days.get(event)
        if day is None:
            continue
        if day > today:
            found[event.value] = Fault.FUTURE
        elif before is not None and day < before:
            found[event.value] = Fault.OUT_OF_ORDER
        elif not _may_have_passed(past, _STATE[event]):
            found[event.value] = Fault.NOT_REACHED
        before = day
    return found


def _year_fault(past: Past) -> dict[str, Fault]:
    day = past.days.get(Event.ACCEPTED)
    if day is not None and past.accepted_year not in (None, day.year):
        return {"accepted_year": Fault.YEAR_DIFFERS}
    if was_accepted(past.fund, past.state) and past.year is None:
        return {"accepted_year": Fault.YEAR_MISSING}
    if past.accepted_year is not None and not _may_have_passed(past, State.ACCEPTED):
        return {"accepted_year": Fault.YEAR_TOO_EARLY}
    return {}


def _money_faults(past: Past) -> dict[str, Fault]:
    found: dict[str, Fault] = {}
    if past.support + past.counterpart + past.blended != past.total:
        found["blended"] = Fault.NOT_THE_REST
    contract = bool(past.contract_number)
    reached = _may_have_passed(past, State.CONTRACTED)
    if contract and not reached:
        found["contract_number"] = Fault.NOT_REACHED
    elif contract and past.support == 0:
        found["contract_number"] = Fault.NO_SUPPORT
    elif contract and Event.CONTRACTED not in past.days:
        found[Event.CONTRACTED.value] = Fault.DAY_MISSING
    if past.paid > past.support:
        found["paid"] = Fault.ABOVE_SUPPORT
    elif past.paid and not contract:
        found["contract_number"] = Fault.NUMBER_MISSING
    return found


def _may_have_passed(past: Past, reached: State) -> bool:
    """Whether a project in this state may have been in ``reached``."""
    line = MAIN_LINE[past.fund]
    if past.state in line:
        return line.index(past.state) >= line.index(reached)
    if past.state in _OFF_LINE:
        return line.index(reached) <= line.index(State.CONTRACTED)
    return past.state is State.TERMINATED and line.index(reached) < line.index(State.ACCEPTED)
