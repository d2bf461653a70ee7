"""What ruff's banned-api (pyproject.toml) cannot see of a second clock: read from the code and the templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.database_free

ROOT = Path(__file__).parents[2]
PLACES = ("src", "tests", "script")
CLOCK = "src/khuyencong/core/clock.py"
# ``date()`` of what is no moment.
NO_MOMENT = {
    "src/khuyencong/core/tables/cells.py": "the cell of a workbook holds a date-time without a zone",
}
OF_A_DAY = {"date", "time", "year", "month", "day", "hour", "weekday", "isoweekday", "isocalendar", "strftime"}


def second_clocks(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and fault of everything that tells time or day and is not the clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.value.lineno, f"{node.arg}: default=clock.now, or set in the action"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date":
            if not node.args and not node.keywords:
                yield node.lineno, "date() gives UTC's day: clock.day_of()"
        elif isinstance(node, ast.Attribute) and node.attr in OF_A_DAY and ast.unparse(node.value) == "clock.now()":
            yield node.lineno, f"clock.now().{node.attr} is UTC's: clock.local() or clock.today()"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            for found in re.findall(r"\bCURRENT_(?:DATE|TIME|TIMESTAMP)\b", node.value):
                yield node.lineno, f"{found}: the database has a clock of its own"


def code() -> Iterator[Path]:
    for place in PLACES:
        yield from (one for one in (ROOT / place).rglob("*.py") if "migrations" not in one.parts)


def test_no_code_has_a_clock_of_its_own():
    faults = [
        f"{path}:{line}: {fault}"
        for path, file in sorted((one.relative_to(ROOT).as_posix(), one) for one in code())
        if path not in {CLOCK, Path(__file__).relative_to(ROOT).as_posix()}
        for line, fault in second_clocks(ast.parse(file.read_text()))
        if not (path in NO_MOMENT and fault.startswith("date()"))
    ]
    assert not faults, "\n".join(faults)


def test_no_template_has_a_clock_of_its_own():
    faults = [
        f"{file.relative_to(ROOT)}:{number}: a page shows the clock's today, which its view brings"
        for file in sorted((ROOT / "src").rglob("templates/**/*"))
        if file.suffix in {".html", ".txt", ".svg", ".xml"}
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if re.search(r"{%\s*now\b", line)
    ]
    assert not faults, "\n".join(faults)


def test_the_exceptions_are_still_needed():
    for path in NO_MOMENT:
        assert any("date()" in fault for _, fault in second_clocks(ast.parse((ROOT / path).read_text()))), path


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("class Row(Model):\n    at = DateTimeField(auto_now_add=True)", 2),
        ("class Row(Model):\n    at = DateTimeField(auto_now=True)", 2),
        ("since = plan.drafted_at.date()", 1),
        ("\nyear = clock.now().year", 2),
        ("cursor.execute('SELECT CURRENT_DATE')", 1),
    ],
)
def test_a_second_clock_is_found_with_its_line(source, line):
    assert [found for found, _ in second_clocks(ast.parse(source))] == [line]
