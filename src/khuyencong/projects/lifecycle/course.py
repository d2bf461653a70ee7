"""The course of one project along its line: what is behind it, where it stands, what lies ahead."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from khuyencong.projects.lifecycle.table import ENDED, MAIN_LINE, Fund, State


class Phase(StrEnum):
    """How a stop of the line stands to the project."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Taken:
    """A step that was taken: into which state, on which day."""

    target: State
    day: dt.date


@dataclass(frozen=True)
class Stop:
    """One stop of the line. ``day``: on which the project came there; None when it is not known, or not yet."""

    state: State
    phase: Phase
    day: dt.date | None = None


def line(fund: Fund, state: State, taken: Sequence[Taken]) -> tuple[Stop, ...]:
    """The stops from draft to archive. What was gone back on is ahead again; a detour stands where it was made.

    Past projects know only some of their steps: the stops between them are behind too, without a day.
    """
    main = MAIN_LINE[fund]
    way: dict[State, dt.date | None] = {State.DRAFT: None}
    for one in taken:
        way = _gone(way, one.target, one.day, main)
    if next(reversed(way)) is not state:
        way = _gone(way, state, None, main)
    ended = state in ENDED
    stops = [Stop(each, Phase.DONE, day) for each, day in _filled(way, main)]
    stops[-1] = Stop(state, Phase.DONE if ended else Phase.NOW, way[state])
    return (*stops, *(Stop(each, Phase.AHEAD) for each in _ahead(way, main)))


def _gone(
    way: dict[State, dt.date | None], target: State, day: dt.date | None, main: Sequence[State]
) -> dict[State, dt.date | None]:
    """The way after one more step. Who comes back to a state keeps the day of the first time."""
    if target in main:
        rank = main.index(target)
        kept = {
            each: when
            for each, when in way.items()
            if each is State.TERMINATED or (each in main and main.index(each) < rank)
        }
    elif target is State.RETURNED:
        kept = {State.DRAFT: way[State.DRAFT]}
    else:
        kept = {each: when for each, when in way.items() if each in main}
    return kept | {target: way.get(target) or day}


def _filled(way: dict[State, dt.date | None], main: Sequence[State]) -> list[tuple[State, dt.date | None]]:
    behind = [each for each in way if each in main and not (each in ENDED and State.TERMINATED in way)]
    furthest = max(main.index(each) for each in behind)
    filled = [(each, way.get(each)) for each in main[: furthest + 1]]
    return filled + [(each, day) for each, day in way.items() if each not in behind]


def _ahead(way: dict[State, dt.date | None], main: Sequence[State]) -> list[State]:
    if State.TERMINATED in way:
        return [each for each in main if each in ENDED and each not in way]
    return list(main[max(main.index(each) for each in way if each in main) + 1 :])
