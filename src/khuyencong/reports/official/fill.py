"""A form filled in: every cell computed, with the sums that a reader looks for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from khuyencong.core.periods import Period, Window
from khuyencong.indicators.asked import ALL, Asked, Figures, Figuring, Member
from khuyencong.indicators.formula import Number
from khuyencong.reports.official.definition import At, Cell, Form, Line

Targets = Mapping[str, Number]
Named = Callable[[str, str], str]
_PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Row:
    """One row: its key (unique in the form), label, depth, and a value for each column; a head has none."""

    key: str
    label: str
    values: tuple[Number, ...] = ()
    level: str = "row"  # "head" | "row" | "sub" | "total"


@dataclass(frozen=True)
class Filled:
    """A form with its rows."""

    form: Form
    rows: tuple[Row, ...]


def fill(forms: Sequence[Form], store: Figuring, period: Period, targets: Targets, name: Named) -> list[Filled]:
    """Compute every cell of these forms: one reading of the facts for each breakdown that occurs in them.

    ``targets``: indicator -> what the plan of the year wants; ``name(column, value)`` gives a member its words.
    """
    wanted: dict[tuple[str, ...], dict[Asked, None]] = {}
    for form in forms:
        asked = [one for cells in _cells(form) for cell in cells for one in asked_by(cell, period).values()]
        for by in _breakdowns(form):
            wanted.setdefault(by, {}).update(dict.fromkeys(asked))
    figures = {by: store.figures(asked, by) for by, asked in wanted.items()}
    return [_filled(form, figures, period, targets, name) for form in forms]


def _breakdowns(form: Form) -> list[tuple[str, ...]]:
    """None at all for the sums, then its own, then the coarser one."""
    own = [tuple(filter(None, (form.grouped, form.by)))] if form.by else []
    return [(), *own, *([(form.grouped,)] if form.grouped else [])]


def _filled(
    form: Form, figures: Mapping[tuple[str, ...], Figures], period: Period, targets: Targets, name: Named
) -> Filled:
    whole = figures[()]
    if form.lines:
        return Filled(
            form, tuple(_line_row(form, at, line, whole, period, targets) for at, line in enumerate(form.lines))
        )
    by = tuple(filter(None, (form.grouped, form.by)))
    broken = figures[by]
    rows, head = [], None
    for key in sorted(broken.members, key=lambda one: tuple(name(*pair) for pair in zip(by, one, strict=True))):
        values = _values(form, broken, key, period, targets)
        if not any(values):
            continue
        if form.grouped and key[0] != head:
            head = key[0]
            sums = _values(form, figures[(form.grouped,)], (head,), period, targets)
            rows.append(Row(f"{form.grouped}={head}", name(form.grouped, head), sums, "sub"))
        rows.append(Row(f"{form.by}={key[-1]}", name(form.by, key[-1]), values))
    rows.append(Row("total", "", _values(form, whole, ALL, period, targets), "total"))
    return Filled(form, tuple(rows))


def cell_of(form: Form, row: str, column: int) -> Cell | None:
    """What the cell of a row (by its key) and column counts, with the row's own narrowing; None for a head."""
    told = form.columns[column]
    if form.lines:
        line = form.lines[int(row)]
        return _line_cell(line, told.at) if line.value else None
    where = told.where
    if row != "total":
        name, _sign, value = row.partition("=")
        where = (*where, (name, (value,)))
    return Cell(told.value, told.at, where)


def asked_by(cell: Cell, period: Period) -> dict[str, Asked]:
    """What a cell asks of the facts: the number itself (``now``) and what it is held against (``base``)."""

    def ask(window: Window, code: str = cell.value) -> Asked:
        return Asked(code, window, cell.where)

    year, before = Window(period.year), period.last_year
    plan = {"base": ask(year, cell.plan)} if cell.plan else {}
    return {
        At.PERIOD: lambda: {"now": ask(period.window)},
        At.TO_DATE: lambda: {"now": ask(period.to_date)},
        At.LAST_YEAR: lambda: {"now": ask(before.window)},
        At.AGAINST_LAST_YEAR: lambda: {"now": ask(period.window), "base": ask(before.window)},
        At.PLAN: lambda: {"now": plan["base"]} if plan else {},
        At.AGAINST_PLAN: lambda: {"now": ask(period.to_date), **plan},
        At.PLAN_YEAR: lambda: {"now": ask(year)},
    }[cell.at]()


def value_of(cell: Cell, figures: Figures, period: Period, targets: Targets, member: Member = ALL) -> Number:
    """The value of a cell; what is no whole number, to six places.

    Goals of the plan hold for the whole only, never for a part of it.
    """
    found = _value(cell, figures, period, targets, member)
    return found.quantize(_PLACES) if isinstance(found, Decimal) else found


def _value(cell: Cell, figures: Figures, period: Period, targets: Targets, member: Member) -> Number:
    found = {role: figures.value(one, member) for role, one in asked_by(cell, period).items()}
    target = targets.get(cell.value) if not cell.where and member == ALL else None
    if cell.at is At.PLAN:
        return target if target is not None else found.get("now")
    if cell.at is At.AGAINST_PLAN:
        return _share(found["now"], target if target is not None else found.get("base"))
    if cell.at is At.AGAINST_LAST_YEAR:
        return _share(found["now"], found["base"])
    return found["now"]


def _share(part: Number, whole: Number) -> Number:
    return None if part is None or not whole else Decimal(100) * Decimal(part) / Decimal(whole)


def _cells(form: Form) -> Iterable[list[Cell]]:
    if form.lines:
        return [[_line_cell(line, column.at) for column in form.columns] for line in form.lines if line.value]
    return [[Cell(one.value, one.at, one.where) for one in form.columns]]


def _line_cell(line: Line, at: At) -> Cell:
    return Cell(line.value, at, line.where, line.plan)


def _line_row(form: Form, at: int, line: Line, whole: Figures, period: Period, targets: Targets) -> Row:
    if not line.value:
        return Row(str(at), line.label, level="head")
    cells = (_line_cell(line, column.at) for column in form.columns)
    return Row(str(at), line.label, tuple(value_of(cell, whole, period, targets) for cell in cells))


def _values(form: Form, figures: Figures, member: Member, period: Period, targets: Targets) -> tuple[Number, ...]:
    (cells,) = _cells(form)
    return tuple(value_of(cell, figures, period, targets, member) for cell in cells)
