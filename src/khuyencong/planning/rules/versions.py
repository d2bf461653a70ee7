"""What differs between two versions of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """Which part of a plan differs."""

    BASIS = "basis"
    BUDGET = "budget"
    LINE = "line"
    GOAL = "goal"
    PROJECT = "project"


@dataclass(frozen=True)
class Difference:
    """One thing that differs; ``old`` None: it was not there, ``new`` None: it is there no longer.

    ``what``: what names it within its part (source, name of a line and fund, indicator and year, number, code).
    """

    part: Part
    what: tuple[str, ...]
    old: Any
    new: Any


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Everything that differs, part by part, in a fixed order. Contents as ``planning.queries.content`` makes them."""
    found = []
    for part, told in ((part, _TOLD[part]) for part in Part):
        old, new = told(before), told(after)
        found += [
            Difference(part, key, old.get(key), new.get(key))
            for key in [*old, *(key for key in new if key not in old)]
            if old.get(key) != new.get(key)
        ]
    return tuple(found)


def _basis(content: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    return {(number,): True for number in content.get("basis", ())}


def _budgets(content: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    return {(one["source"], one["programme"]): one["amount"] for one in content.get("budgets", ())}


def _lines(content: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    return {(one["fund"], one["name"]): one["amount"] for one in content.get("lines", ())}


def _goals(content: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    return {
        (one["indicator"], year): value
        for one in content.get("goals", ())
        for year, value in sorted(one["targets"].items())
    }


def _projects(content: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    return {(one["code"], one["title"]): one["support"] for one in content.get("projects", ())}


_TOLD = {
    Part.BASIS: _basis,
    Part.BUDGET: _budgets,
    Part.LINE: _lines,
    Part.GOAL: _goals,
    Part.PROJECT: _projects,
}
