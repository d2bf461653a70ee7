"""One cell explained: what it counts, by which formula, from which records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuyencong.core.addresses import number_in
from khuyencong.core.periods import Window
from khuyencong.establishments.models import Establishment
from khuyencong.indicators.asked import Asked, measure_of, measures_of
from khuyencong.indicators.compute import Store
from khuyencong.indicators.formula import Number
from khuyencong.indicators.records import Record, records
from khuyencong.people.models import User
from khuyencong.planning.indicators import INDICATORS, Indicator
from khuyencong.planning.models import PlanLine
from khuyencong.projects.models import Project
from khuyencong.reports.official import queries
from khuyencong.reports.official.definition import Cell, Form
from khuyencong.reports.official.fill import asked_by, cell_of, value_of
from khuyencong.reports.official.models import Report

ROLES = {"now": _("Số của ô này"), "base": _("Số để so sánh")}


@dataclass(frozen=True)
class Shown:
    """A record with what it is about."""

    record: Record
    project: Project | None
    establishment: Establishment | None
    line: PlanLine | None


@dataclass(frozen=True)
class Part:
    """One measured indicator that the cell rests on, with its records; ``role``: the number itself or its base."""

    role: str
    indicator: Indicator
    window: Window | None
    where: tuple[str, ...]
    value: Number
    rows: tuple[Shown, ...]

    @property
    def role_name(self) -> str:
        """What it is to the cell."""
        return str(ROLES[self.role])


@dataclass(frozen=True)
class Explained:
    """A cell with everything that it rests on."""

    form: Form
    label: str
    cell: Cell
    value: Number
    parts: tuple[Part, ...]

    @property
    def indicator(self) -> Indicator:
        """What the cell is of."""
        return INDICATORS[self.cell.value]


def explain(user: User, report: Report, form: Form, row: str, column: int) -> Explained | None:
    """The cell as the records stand now; None where there is no such cell."""
    cell = _cell(form, row, column)
    if cell is None:
        return None
    asked = asked_by(cell, report.period)
    name = queries.namer()
    with queries.store_of(user, report) as store:
        figures = store.figures(asked.values())
        targets = queries.targets(report.period, report.unit) if not cell.where else {}
        value = value_of(cell, figures, report.period, targets)
        measured = [(role, base) for role, one in asked.items() for base in measures_of(one)]
        found = [(role, base, figures.value(base), _records(store, base)) for role, base in measured]
    about = _about(record for _role, _base, _value, rows in found for record in rows)
    parts = tuple(
        Part(
            role,
            INDICATORS[base.code],
            base.window,
            _narrowed(base, name),
            value,
            tuple(about.shown(row) for row in rows),
        )
        for role, base, value, rows in found
    )
    return Explained(form, _label(form, row, name), cell, value, parts)


def _cell(form: Form, row: str, column: int) -> Cell | None:
    if not 0 <= column < len(form.columns):
        return None
    if form.lines and not ((line := number_in(row)) is not None and line < len(form.lines)):
        return None
    if form.by and row != "total" and row.partition("=")[0] not in (form.by, form.grouped):
        return None
    return cell_of(form, row, column)


def _label(form: Form, row: str, name: queries.Namer) -> str:
    """What the row is called in the form."""
    if form.lines:
        return gettext(form.lines[int(row)].label)
    column, _sign, value = row.partition("=")
    return gettext("Tổng cộng") if row == "total" else name(column, value)


def _records(store: Store, asked: Asked) -> list[Record]:
    known = store.columns[measure_of(asked).table]
    return records(store, asked) if {name for name, _values in asked.where} <= known else []


def _narrowed(asked: Asked, name: queries.Namer) -> tuple[str, ...]:
    return tuple(name(column, str(value)) for column, values in asked.where for value in values)


@dataclass(frozen=True)
class _About:
    """What records are about, by key."""

    projects: Mapping[int, Project]
    establishments: Mapping[int, Establishment]
    lines: Mapping[int, PlanLine]

    def shown(self, one: Record) -> Shown:
        return Shown(
            one,
            self.projects[one.project] if one.project else None,
            self.establishments[one.establishment] if one.establishment else None,
            self.lines[one.line] if one.line else None,
        )


def _about(rows: Iterable[Record]) -> _About:
    known = list(rows)
    return _About(
        Project.objects.in_bulk({one.project for one in known if one.project}),
        Establishment.objects.select_related("commune").in_bulk(
            {one.establishment for one in known if one.establishment}
        ),
        PlanLine.objects.in_bulk({one.line for one in known if one.line}),
    )
