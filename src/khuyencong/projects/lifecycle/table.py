"""The life of a project as one table: buttons, permissions, reminders, diagram and tests are read from it.

The order of the steps is that of circulars 36/2013/TT-BCT (national fund) and of the local fund, which is
alike with the Department and the provincial People's Committee in the ministry's place. It was written down
from memory and is to be compared with the circular by an officer.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """Where a project stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DEPARTMENT_APPRAISAL = "department-appraisal"
    MINISTRY_APPRAISAL = "ministry-appraisal"
    APPROVED = "approved"
    PLANNED = "planned"
    CONTRACTED = "contracted"
    IN_PROGRESS = "in-progress"
    SUSPENDED = "suspended"
    ADJUSTED = "adjusted"
    TERMINATED = "terminated"
    ACCEPTED = "accepted"
    CONTRACT_CLOSED = "contract-closed"
    SETTLED = "settled"
    MONITORED = "monitored"
    ARCHIVED = "archived"


class Fund(StrEnum):
    """Which fund pays: the two variants of the life cycle."""

    NATIONAL = "national"
    LOCAL = "local"


class Actor(StrEnum):
    """Who may take a step."""

    OFFICER = "officer"  # an officer whose reach holds an establishment of the project, a commune's too
    PROVINCE_OFFICER = "province-officer"
    LEADER = "leader"


class Guard(StrEnum):
    """A rule that must hold before a step."""

    HAS_BENEFICIARY = "has-beneficiary"
    ELIGIBLE = "eligible"
    COSTS_ADD_UP = "costs-add-up"
    FUNDING_ADDS_UP = "funding-adds-up"
    WITHIN_CEILING = "within-ceiling"
    NO_DOUBLE_FUNDING = "no-double-funding"
    COUNCIL_NAMED = "council-named"
    APPRAISAL_COMPLETE = "appraisal-complete"
    APPRAISAL_PASSED = "appraisal-passed"
    PLAN_LINE_HAS_ROOM = "plan-line-has-room"
    CONTRACT_RECORDED = "contract-recorded"
    PAID_AS_ACCEPTED = "paid-as-accepted"
    NO_OPEN_HOLD = "no-open-hold"
    RECOVERED = "recovered"
    RESULTS_REPORTED = "results-reported"


@dataclass(frozen=True)
class Transition:
    """One step: from where to where, who may, what must be there, what it produces.

    ``papers``: kinds of attachment that must be there. ``letter``: the document that the step produces.
    ``four_eyes``: not by whoever had a hand in it. How long the step after it has is law, not code: the dated parameter
    ``deadline`` (working days) of the law room.
    """

    name: str
    sources: frozenset[State]
    target: State
    actor: Actor
    funds: frozenset[Fund] = frozenset(Fund)
    guards: tuple[Guard, ...] = ()
    papers: tuple[str, ...] = ()
    letter: str = ""
    reason: bool = False
    four_eyes: bool = False
    steps_back: bool = False

    @property
    def deadline(self) -> str:
        """The code of the parameter that says within how many working days the next step is due."""
        return f"deadline-{self.name}"


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


_S, _G = State, Guard
_NATIONAL, _LOCAL = frozenset({Fund.NATIONAL}), frozenset({Fund.LOCAL})
_PROPOSAL = (
    _G.HAS_BENEFICIARY, _G.ELIGIBLE, _G.COSTS_ADD_UP, _G.FUNDING_ADDS_UP, _G.WITHIN_CEILING, _G.NO_DOUBLE_FUNDING,
)  # fmt: skip

TABLE: tuple[Transition, ...] = (
    Transition("submit", _from(_S.DRAFT, _S.RETURNED), _S.SUBMITTED, Actor.OFFICER,
               guards=_PROPOSAL, papers=("registration",), letter="submission"),
    Transition("return", _from(_S.SUBMITTED, _S.DEPARTMENT_APPRAISAL, _S.MINISTRY_APPRAISAL), _S.RETURNED,
               Actor.PROVINCE_OFFICER, reason=True, steps_back=True),
    Transition("withdraw", _from(_S.DRAFT, _S.RETURNED, _S.SUBMITTED), _S.TERMINATED, Actor.OFFICER, reason=True,
               steps_back=True),
    Transition("start-appraisal", _from(_S.SUBMITTED), _S.DEPARTMENT_APPRAISAL, Actor.PROVINCE_OFFICER,
               guards=(_G.COUNCIL_NAMED,)),
    Transition("forward", _from(_S.DEPARTMENT_APPRAISAL), _S.MINISTRY_APPRAISAL, Actor.LEADER, funds=_NATIONAL,
               guards=(_G.APPRAISAL_COMPLETE, _G.APPRAISAL_PASSED), letter="forwarding", four_eyes=True),
    Transition("approve", _from(_S.DEPARTMENT_APPRAISAL), _S.APPROVED, Actor.LEADER, funds=_LOCAL,
               guards=(*_PROPOSAL, _G.APPRAISAL_COMPLETE, _G.APPRAISAL_PASSED), letter="approval",
               four_eyes=True),
    Transition("approve-national", _from(_S.MINISTRY_APPRAISAL), _S.APPROVED, Actor.LEADER, funds=_NATIONAL,
               guards=_PROPOSAL, papers=("ministry-decision",), letter="approval-notice", four_eyes=True),
    Transition("reject", _from(_S.SUBMITTED, _S.DEPARTMENT_APPRAISAL, _S.MINISTRY_APPRAISAL), _S.TERMINATED,
               Actor.LEADER, reason=True, letter="refusal", steps_back=True),
    Transition("plan", _from(_S.APPROVED), _S.PLANNED, Actor.LEADER, guards=(_G.PLAN_LINE_HAS_ROOM,),
               letter="assignment"),
    Transition("contract", _from(_S.PLANNED), _S.CONTRACTED, Actor.PROVINCE_OFFICER,
               guards=(_G.CONTRACT_RECORDED,), papers=("signed-contract",)),
    Transition("start", _from(_S.CONTRACTED), _S.IN_PROGRESS, Actor.OFFICER),
    Transition("suspend", _from(_S.CONTRACTED, _S.IN_PROGRESS), _S.SUSPENDED, Actor.LEADER, reason=True,
               letter="suspension", steps_back=True),
    Transition("resume", _from(_S.SUSPENDED), _S.IN_PROGRESS, Actor.LEADER, reason=True, letter="resumption"),
    Transition("ask-adjustment", _from(_S.CONTRACTED, _S.IN_PROGRESS), _S.ADJUSTED, Actor.PROVINCE_OFFICER,
               reason=True, letter="adjustment-request"),
    Transition("adjust", _from(_S.ADJUSTED), _S.IN_PROGRESS, Actor.LEADER,
               guards=(_G.COSTS_ADD_UP, _G.FUNDING_ADDS_UP, _G.WITHIN_CEILING, _G.PLAN_LINE_HAS_ROOM,
                       _G.CONTRACT_RECORDED),
               letter="adjustment", four_eyes=True),
    Transition("terminate",
               _from(_S.APPROVED, _S.PLANNED, _S.CONTRACTED, _S.IN_PROGRESS, _S.SUSPENDED, _S.ADJUSTED),
               _S.TERMINATED, Actor.LEADER, reason=True, letter="termination", steps_back=True),
    Transition("accept", _from(_S.IN_PROGRESS), _S.ACCEPTED, Actor.PROVINCE_OFFICER,
               guards=(_G.NO_OPEN_HOLD,), papers=("invoices", "acceptance-photos"), letter="acceptance"),
    Transition("close-contract", _from(_S.ACCEPTED), _S.CONTRACT_CLOSED, Actor.PROVINCE_OFFICER,
               letter="contract-closing"),
    Transition("settle", _from(_S.CONTRACT_CLOSED), _S.SETTLED, Actor.LEADER,
               guards=(_G.PAID_AS_ACCEPTED, _G.NO_OPEN_HOLD), letter="settlement", four_eyes=True),
    Transition("monitor", _from(_S.SETTLED), _S.MONITORED, Actor.PROVINCE_OFFICER),
    Transition("archive", _from(_S.MONITORED), _S.ARCHIVED, Actor.PROVINCE_OFFICER,
               guards=(_G.RESULTS_REPORTED,)),
    Transition("archive-terminated", _from(_S.TERMINATED), _S.ARCHIVED, Actor.PROVINCE_OFFICER,
               guards=(_G.RECOVERED,)),
)  # fmt: skip

BY_NAME: Mapping[str, Transition] = {one.name: one for one in TABLE}

# The straight way, in order: what the line of steps on a project's page shows.
MAIN_LINE: Mapping[Fund, tuple[State, ...]] = {
    Fund.LOCAL: (
        _S.DRAFT, _S.SUBMITTED, _S.DEPARTMENT_APPRAISAL, _S.APPROVED, _S.PLANNED, _S.CONTRACTED, _S.IN_PROGRESS,
        _S.ACCEPTED, _S.CONTRACT_CLOSED, _S.SETTLED, _S.MONITORED, _S.ARCHIVED,
    ),
    Fund.NATIONAL: (
        _S.DRAFT, _S.SUBMITTED, _S.DEPARTMENT_APPRAISAL, _S.MINISTRY_APPRAISAL, _S.APPROVED, _S.PLANNED,
        _S.CONTRACTED, _S.IN_PROGRESS, _S.ACCEPTED, _S.CONTRACT_CLOSED, _S.SETTLED, _S.MONITORED, _S.ARCHIVED,
    ),
}  # fmt: skip

# In these states the content of the proposal may be changed by an officer.
EDITABLE = _from(_S.DRAFT, _S.RETURNED, _S.ADJUSTED)
# In these states money may be paid to the establishment, and in these it may be taken back.
PAYABLE = _from(_S.CONTRACTED, _S.IN_PROGRESS, _S.ACCEPTED, _S.CONTRACT_CLOSED)
RECOVERABLE = _from(_S.CONTRACTED, _S.IN_PROGRESS, _S.SUSPENDED, _S.ADJUSTED, _S.TERMINATED, _S.ACCEPTED,
                    _S.CONTRACT_CLOSED)  # fmt: skip
# Nothing waits for anybody here.
ENDED = _from(_S.ARCHIVED)


@dataclass(frozen=True)
class Person:
    """What a step asks of who takes it."""

    key: int
    actors: frozenset[Actor]


@dataclass(frozen=True)
class Situation:
    """What a step asks of the project: where it stands, whose hands wrote it, what is there, which guards hold."""

    state: State
    fund: Fund
    hands: frozenset[int] = frozenset()
    papers: frozenset[str] = frozenset()
    failing: frozenset[Guard] = field(default_factory=frozenset)


class DayProblem(StrEnum):
    """Why a step cannot have been taken on a day."""

    FUTURE = "future"
    BEFORE_THE_LAST = "before-the-last"


def day_problem(day: dt.date, since: dt.date | None, today: dt.date) -> DayProblem | None:
    """Steps follow one another in time, and none is taken ahead of time. ``since``: the day of the last step."""
    if day > today:
        return DayProblem.FUTURE
    return DayProblem.BEFORE_THE_LAST if since is not None and day < since else None


@dataclass(frozen=True)
class Verdict:
    """Whether a step may be taken now, and if not, everything that stands in its way."""

    transition: Transition
    wrong_state: bool = False
    wrong_actor: bool = False
    same_eyes: bool = False
    missing_papers: tuple[str, ...] = ()
    failing: tuple[Guard, ...] = ()
    reason_missing: bool = False
    wrong_day: DayProblem | None = None

    @property
    def allowed(self) -> bool:
        """Nothing stands in the way."""
        return not (
            self.wrong_state
            or self.wrong_actor
            or self.same_eyes
            or self.missing_papers
            or self.failing
            or self.reason_missing
            or self.wrong_day
        )


def check(
    transition: Transition,
    situation: Situation,
    person: Person,
    reason: str = "given",
    wrong_day: DayProblem | None = None,
) -> Verdict:
    """Hold one step against the situation. Guards that the step does not name play no part."""
    return Verdict(
        transition,
        wrong_state=situation.state not in transition.sources or situation.fund not in transition.funds,
        wrong_actor=transition.actor not in person.actors,
        same_eyes=transition.four_eyes and person.key in situation.hands,
        missing_papers=tuple(paper for paper in transition.papers if paper not in situation.papers),
        failing=tuple(guard for guard in transition.guards if guard in situation.failing),
        reason_missing=transition.reason and not reason.strip(),
        wrong_day=wrong_day,
    )


def onward(state: State, fund: Fund) -> tuple[Transition, ...]:
    """The steps that lead away from a state, the way forward first."""
    found = [one for one in TABLE if state in one.sources and fund in one.funds]
    return tuple(sorted(found, key=lambda one: one.steps_back))


def next_step(state: State, fund: Fund) -> Transition | None:
    """The one step forward on the main line: the next action of the card; None at the end."""
    line = MAIN_LINE[fund]
    for one in onward(state, fund):
        if not one.steps_back and (one.target in line or state not in line):
            if state in line and one.target in line and line.index(one.target) <= line.index(state):
                continue
            return one
    return None


def states_of(fund: Fund) -> tuple[State, ...]:
    """Every state that a project of this fund can be in."""
    reached = {State.DRAFT}
    while True:
        more = {one.target for one in TABLE if fund in one.funds and one.sources & reached} - reached
        if not more:
            return tuple(state for state in State if state in reached)
        reached |= more


def papers_needed(fund: Fund) -> tuple[str, ...]:
    """Every kind of paper that some step of this fund asks for, in order."""
    return tuple(dict.fromkeys(paper for one in TABLE if fund in one.funds for paper in one.papers))


def mermaid(fund: Fund, labels: Mapping[str, str]) -> str:
    """The table as a Mermaid state diagram; ``labels`` gives states and steps their words."""
    lines = ["stateDiagram-v2"]
    present = states_of(fund)
    lines += [f"    {_mermaid_name(state)} : {labels[state]}" for state in present]
    lines.append(f"    [*] --> {_mermaid_name(State.DRAFT)}")
    for one in TABLE:
        if fund in one.funds:
            for source in State:
                if source in one.sources and source in present:
                    lines.append(f"    {_mermaid_name(source)} --> {_mermaid_name(one.target)} : {labels[one.name]}")
    lines.append(f"    {_mermaid_name(State.ARCHIVED)} --> [*]")
    return "\n".join(lines)


def as_json(transitions: Iterable[Transition] = TABLE) -> list[dict[str, object]]:
    """The table as plain values."""
    return [
        {
            "name": one.name,
            "from": [state.value for state in State if state in one.sources],
            "to": one.target.value,
            "actor": one.actor.value,
            "funds": [fund.value for fund in Fund if fund in one.funds],
            "guards": [guard.value for guard in one.guards],
            "papers": list(one.papers),
            "letter": one.letter,
            "deadline": one.deadline,
            "needs_reason": one.reason,
            "four_eyes": one.four_eyes,
        }
        for one in transitions
    ]


def _mermaid_name(state: State) -> str:
    return state.value.replace("-", "_")
