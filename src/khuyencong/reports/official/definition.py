"""A form as data: what it has in its rows and columns, read and checked before anything is computed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from typing import Any

from khuyencong.planning.indicators import INDICATORS, Unit


class At(StrEnum):
    """What a column shows of an indicator, seen from the period of the report.

    TO_DATE: since 1 January; PLAN: what the year's plan wants; the AGAINST ones are shares in per cent.
    PLAN_YEAR: the indicator over the whole year of the report, whatever the period.
    """

    PERIOD = "period"
    TO_DATE = "to-date"
    LAST_YEAR = "last-year"
    AGAINST_LAST_YEAR = "against-last-year"
    PLAN = "plan"
    AGAINST_PLAN = "against-plan"
    PLAN_YEAR = "plan-year"


SHARES = frozenset({At.AGAINST_LAST_YEAR, At.AGAINST_PLAN})
DIMENSIONS = frozenset({"content", "fund", "commune", "district", "group", "form", "province"})

Where = tuple[tuple[str, tuple[str | bool, ...]], ...]


class FormProblem(ValueError):
    """A form cannot be used; the message says in which part and why."""


@dataclass(frozen=True)
class Line:
    """One row that is written down. Without a ``value`` it is the head of the rows below it.

    ``plan``: the indicator that its plan is read from, where no goal of the plan sets it.
    """

    label: str
    value: str = ""
    where: Where = ()
    plan: str = ""


@dataclass(frozen=True)
class Column:
    """One column. In forms with written rows it only says ``at``; in broken-down forms it names the indicator."""

    label: str
    value: str = ""
    at: At = At.PERIOD
    where: Where = ()


@dataclass(frozen=True)
class Form:
    """A form: either ``lines`` or a breakdown ``by`` a column of the facts, perhaps ``grouped`` by a coarser one."""

    code: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...] = ()
    by: str = ""
    grouped: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """What one cell counts."""

    value: str
    at: At
    where: Where = ()
    plan: str = ""

    @property
    def unit(self) -> Unit:
        """In what it is told."""
        return Unit.PERCENT if self.at in SHARES else INDICATORS[self.value].unit


@dataclass(frozen=True)
class Kind:
    """A kind of report: who writes to whom, for which periods, with which forms; due ``days`` after the period."""

    code: str
    name: str
    level: str
    addressee: str
    days: int
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sections: tuple[str, ...] = ()


def shipped(name: str) -> list[dict[str, Any]]:
    """The forms or kinds that come with the product."""
    data = files("khuyencong.reports.official").joinpath(f"data/{name}.json")
    found: list[dict[str, Any]] = json.loads(data.read_text("utf-8"))
    return found


def read_form(told: Mapping[str, Any]) -> Form:
    """A form from its data. Raises FormProblem where it names what the catalogue or the facts do not know."""
    rows = told.get("rows") or {}
    form = Form(
        code=told["code"],
        title=told["title"],
        note=told.get("note", ""),
        columns=tuple(_column(one) for one in told["columns"]),
        lines=tuple(_line(one) for one in rows.get("lines", ())),
        by=rows.get("by", ""),
        grouped=rows.get("grouped", ""),
    )
    if bool(form.lines) == bool(form.by):
        raise FormProblem(f"{form.code}: rows")
    valued: list[Line | Column] = [*form.lines, *form.columns]
    named = [one.value for one in valued] + [one.plan for one in form.lines]
    for code in filter(None, named):
        if code not in INDICATORS:
            raise FormProblem(f"{form.code}: {code}")
    columns = {form.by, form.grouped} | {name for one in valued for name, _values in one.where}
    if unknown := columns - DIMENSIONS - {""}:
        raise FormProblem(f"{form.code}: {', '.join(sorted(unknown))}")
    if form.by and not all(one.value for one in form.columns):
        raise FormProblem(f"{form.code}: columns")
    return form


def read_kind(told: Mapping[str, Any]) -> Kind:
    """A kind of report from its data."""
    return Kind(
        told["code"], told["name"], told["level"], told["addressee"], told["days"],
        {period: tuple(codes) for period, codes in told["forms"].items()}, tuple(told["sections"]),
    )  # fmt: skip


def _line(told: Mapping[str, Any]) -> Line:
    if "head" in told:
        return Line(told["head"])
    return Line(told["label"], told["value"], _where(told), told.get("plan", ""))


def _column(told: Mapping[str, Any]) -> Column:
    return Column(told["label"], told.get("value", ""), At(told.get("at", "period")), _where(told))


def _where(told: Mapping[str, Any]) -> Where:
    return tuple((name, (value,)) for name, value in told.get("where", {}).items())
