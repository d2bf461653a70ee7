"""Rows of one file that mean the same establishment: the later one is refused, for nobody could say which is right."""

from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.tables.planning import Fate, Planned
from khuyencong.core.tables.reading import Row, Table
from khuyencong.core.text import fold

_NUMBERS = ("code", "tax_code")


class Repeats:
    """What the rows of a file have named so far."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._seen: dict[tuple[str, object], Row] = {}
        self._named: dict[tuple[str, int], list[tuple[Row, bool]]] = {}

    def refuse_same_keys(self, row: Row, values: dict[str, Any]) -> None:
        """The same register number or tax code; the same name in the same commune unless numbers tell them apart."""
        numbers = [key for key in _NUMBERS if values.get(key)]
        for key in numbers:
            self._refuse(row, key, self._seen.setdefault((key, values[key]), row))
        if "commune" not in values or "name" not in values:
            return
        earlier = self._named.setdefault((fold(values["name"]), values["commune"].pk), [])
        for other, numbered in earlier:
            if not row.problems and not (numbers and numbered):
                self._refuse(row, "name", other)
        earlier.append((row, bool(numbers)))

    def refuse_same_target(self, planned: Planned) -> None:
        """Two rows that were matched with one establishment, each in its own way."""
        if planned.existing is None:
            return
        self._refuse(planned.row, "name", self._seen.setdefault(("existing", planned.existing), planned.row))
        if planned.problems:
            planned.fate = Fate.ERROR

    def _refuse(self, row: Row, key: str, first: Row) -> None:
        if first is not row:
            told = _("trùng với dòng %(row)s của cùng tệp") % {"row": first.place}
            self._table.refuse(row, key, told)
