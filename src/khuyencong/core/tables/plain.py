"""Tables as plain rows (CSV): for spreadsheets that know UTF-8 by its mark, and take no text for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

_MARK = "\ufeff"
_FORMULAS = tuple("=+-@\t")


def csv_text(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    """The rows as text; nothing for a missing value."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([_bare(value) for value in row] for row in rows)
    return _MARK + out.getvalue()


def _bare(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula stays text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value
