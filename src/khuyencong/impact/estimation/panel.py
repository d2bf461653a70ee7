"""A panel ready to be scanned: typed columns, checked cell by cell."""

import difflib
import math
import re
import unicodedata
from dataclasses import replace
from typing import Any

import duckdb

from khuyencong.impact.estimation import cells
from khuyencong.impact.estimation.cells import quoted
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.estimation.source import Source, data_of

_ROW = '"· row"'  # the number of the data row; no heading in a file is written so
_MOST_YEARS = 60  # the pattern of observed years is a bit mask of 64
_FEW_ROWS = 500_000  # more is summed by several threads, and the last digit may differ from run to run
_FURTHEST = 1_000_000_000  # a year is an INTEGER
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "BOOLEAN")
_WHOLE_TYPES = (*_WHOLE, *(f"U{name}" for name in _WHOLE))
_FLOATING = ("DOUBLE", "FLOAT")
_DAYS = ("DATE", "TIMESTAMP")
_FAR = math.log(300)  # between two figures of one column
_MOST_TOLD = 700.0  # of such a distance: what e can be raised to
_WIDE = 8  # times the usual distance from the middle: beyond what lies in a wide spread of sizes
_NEVER = -1  # how some programs write a first support that never came
_TOO_LATE = 100  # years behind the last one: 9999 and the like are nobody's plan


class Panel:
    """The view ``panel`` has unit, time, y, g, stratum and row.

    ``y`` is null where missing, in logs if asked; ``g`` is the year of first support, 0 for never; ``row`` is
    the number of the data row in a csv file or a sheet, else 0. ``times`` are the years, ascending.
    """

    def __init__(self, source: Source, question: Question, threads: int = 2) -> None:
        """Raises PanelError for everything that can be wrong with the cells."""
        self.con = duckdb.connect(config={"threads": threads})
        self.origin = data_of(source)
        self.origin.attach(self.con)
        self.question = self._asked(question)
        self.types = dict(self.query("SELECT column_name, column_type FROM (DESCRIBE raw)"))
        self.unit = (
            f"trim({quoted(self.question.unit)})"
            if self.types[self.question.unit] == "VARCHAR"
            else quoted(self.question.unit)
        )
        self._cells()
        if self.query("SELECT count(*) FROM cells")[0][0] <= _FEW_ROWS:
            self.con.execute("SET threads = 1")  # sums in one order: the same panel gives the same digits each time
        self._check_cells()
        self._define()
        self.times = self._times()
        if self.origin.written:
            # Two rows for one unit and year are an error even when one has no outcome. In typed sources the
            # scan itself finds two observed outcomes (moments.py); a row without one is harmless.
            self.refuse_duplicates()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises PanelError when the file cannot be read to its end."""
        try:
            return self.con.execute(sql).fetchall()
        except duckdb.Error as error:
            raise self.origin.explain(error) from error

    def refuse_duplicates(self) -> None:
        """Raise for the first unit and year with two rows."""
        found = self.query(
            "SELECT unit, time, min(row), max(row) FROM panel GROUP BY unit, time HAVING count(*) > 1 "
            "ORDER BY 4, 1, 2 LIMIT 1"
        )
        for unit, year, first, second in found:
            facts = {"unit": label(unit), "year": year}
            if self.origin.written:
                facts |= self.origin.place(second) | {"other_row": self.origin.place(first)["row"]}
            raise PanelError("duplicate", facts)

    def refuse_changing(self, code: str, expression: str, column: str) -> None:
        """Raise for the first unit whose value (cohort, stratum) is not the same in all its rows."""
        found = self.query(
            f"SELECT unit, min({expression}), max({expression}) FROM panel GROUP BY unit "
            f"HAVING min({expression}) <> max({expression}) ORDER BY min(row), unit LIMIT 1"
        )
        for unit, low, high in found:
            facts = {"unit": label(unit), "column": column, "values": [low, high]}
            if self.origin.written:
                changed = self.con.execute(
                    f"SELECT row FROM panel WHERE unit = ? AND {expression} <> "
                    f"(SELECT arg_min({expression}, row) FROM panel WHERE unit = ?) ORDER BY row LIMIT 1",
                    [unit, unit],
                ).fetchone()
                facts |= self.origin.place(changed[0]) if changed else {}
            raise PanelError(code, facts)

    def _asked(self, question: Question) -> Question:
        """The question with the headings as the file writes them: letters and marks apart or in one piece (NFC)."""
        present = [row[0] for row in self.query("DESCRIBE raw")]
        spelled = {unicodedata.normalize("NFC", name): name for name in present}
        names = {
            name: name if name in present else spelled.get(unicodedata.normalize("NFC", name), "")
            for name in question.columns
        }
        for name, known in names.items():
            twins = [one for one in present if re.fullmatch(re.escape(name) + r" \(\d+\)", one)]
            if not known and len(twins) > 1:
                raise PanelError("same-heading", {"column": name, "near": twins})
            if not known:
                near = difflib.get_close_matches(name, present, n=3, cutoff=0.5)
                raise PanelError("missing-column", {"column": name, "present": present, "near": near})
        return replace(
            question,
            unit=names[question.unit],
            time=names[question.time],
            outcome=names[question.outcome],
            first_support=names.get(question.first_support or ""),
            support_flag=names.get(question.support_flag or ""),
            strata=tuple(names[one] for one in question.strata),
        )

    def _cells(self) -> None:
        """The relation ``cells``: of a written file the numbered rows, read once, less those with nothing in them."""
        if not self.origin.written:
            self.con.execute(f"CREATE TEMP VIEW cells AS SELECT *, 0 AS {_ROW} FROM raw")
            return
        names = list(dict.fromkeys(self.question.columns))
        blank = " AND ".join(cells.blank(name) for name in names)
        self.query(
            f"CREATE TEMP TABLE cells AS SELECT * FROM (SELECT row_number() OVER () AS {_ROW}, "
            f"{', '.join(quoted(name) for name in names)} FROM raw) WHERE NOT ({blank})"
        )

    def _check_cells(self) -> None:
        q = self.question
        self._check_styles()
        self._refuse_months(q.time)
        self._check_number(q.time, whole=True, required=True)
        self._check_number(q.outcome)
        if q.first_support:
            self._refuse_months(q.first_support)
            self._check_number(q.first_support, whole=True)
            first, last = self.number(q.first_support), f"(SELECT max({self.number(q.time)}) FROM cells)"
            no_year = f"({first} < 0 AND {first} <> {_NEVER} OR {first} > {last} + {_TOO_LATE})"
            self._refuse("not-a-year", q.first_support, f"isfinite({first}) AND {no_year}")
        if q.support_flag:
            flag = self.number(q.support_flag)
            if self.types[q.support_flag] == "VARCHAR":
                self._refuse("not-a-flag", q.support_flag, f"{flag} IS NULL AND NOT {cells.blank(q.support_flag)}")
            self._check_number(q.support_flag)
            self._refuse("not-a-flag", q.support_flag, f"{flag} NOT IN (0, 1)")
        if self.origin.written:
            self._refuse("infinite", q.outcome, f"isinf({self.number(q.outcome)})")
        if q.log:
            self._refuse("not-positive", q.outcome, f"{self.number(q.outcome)} <= 0")
        blank = f" OR {cells.blank(q.unit)}" if self.types[q.unit] == "VARCHAR" else ""
        self._refuse("missing-unit", q.unit, f"{quoted(q.unit)} IS NULL{blank}")
        self._refuse_lost_zeros()

    def _refuse_months(self, column: str) -> None:
        number = self.number(column)
        self._refuse("month", column, f"{number} BETWEEN 190001 AND 210012 AND {number} % 100 BETWEEN 1 AND 12")
        if self.types[column] == "VARCHAR":
            self._refuse("month", column, f"{number} IS NULL AND {cells.month(column)}")

    def _check_number(self, column: str, whole: bool = False, required: bool = False) -> None:
        """A text column must hold numbers; a year must be whole. Typed columns need no look at each cell."""
        kind, number = self.types[column], self.number(column)
        if kind == "VARCHAR":
            self._refuse("not-a-number", column, f"{number} IS NULL AND NOT {cells.blank(column)}")
        elif kind in _DAYS and column == self.question.time:
            return
        elif kind not in (*_WHOLE_TYPES, *_FLOATING) and not kind.startswith("DECIMAL"):
            self._refuse("not-a-number", column, "true")
        if whole and kind not in _WHOLE_TYPES:
            far = f"{number} <> floor({number}) OR abs({number}) > {_FURTHEST}"
            self._refuse("not-whole", column, f"isfinite({number}) AND ({far})")
        if required:
            self._refuse("not-a-number", column, f"{number} IS NULL OR NOT isfinite({number})")

    def _refuse(self, code: str, column: str, condition: str) -> None:
        """Raise for the first row that meets the condition, and say how many do."""
        # Blank rows of a typed source stay: its "row" is 0, and its place is the unit and year.
        where = f"FROM cells WHERE {condition}"
        unit, time = quoted(self.question.unit), quoted(self.question.time)
        found = self.query(f"SELECT {_ROW}, {quoted(column)}, {unit}, {time} {where} LIMIT 1")
        for row, value, of_unit, of_year in found:
            facts = {"column": column, "value": value, "count": self.query(f"SELECT count(*) {where}")[0][0]}
            if self.origin.written:
                facts |= self.origin.place(row)
            elif of_unit is not None:
                facts |= {"unit": label(of_unit), "year": of_year}
            raise PanelError(code, facts)

    def number(self, column: str) -> str:
        """The column as DOUBLE, null where blank, not a number, or NaN."""
        name, q = quoted(column), self.question
        if self.types[column] == "VARCHAR":
            read = {q.time: cells.year, q.first_support: cells.first_year, q.support_flag: cells.flag}.get(column)
            cast = read(column) if read else cells.number(column, self.comma)
            return f"(CASE WHEN NOT {cells.blank(column)} THEN {cast} END)"
        if self.types[column] in _FLOATING:
            return f"(CASE WHEN NOT isnan({name}) THEN {name}::DOUBLE END)"
        if self.types[column] in _DAYS and column == q.time:
            return f"(year({name})::DOUBLE)"
        return f"(TRY_CAST({name} AS DOUBLE))"

    def flags_that_end(self) -> int:
        """How many units have a flag of support that is 1 in one year and 0 in a later one."""
        if not self.question.support_flag:
            return 0
        flag, time = self.number(self.question.support_flag), self.number(self.question.time)
        ended = f"max(CASE WHEN {flag} = 0 THEN {time} END) > min(CASE WHEN {flag} = 1 THEN {time} END)"
        found = self.query(f"SELECT count(*) FROM (SELECT {self.unit} FROM cells GROUP BY {self.unit} HAVING {ended})")
        return int(found[0][0])

    def far_off(self) -> tuple[int, int, int] | None:
        """How many units have figures hundreds of times apart from their own or from everybody's middle one.

        So far apart are thousands and millions, seldom years or establishments. With the year of the farthest, and by
        how many times it is off.
        """
        size = "y" if self.question.log else "CASE WHEN y <> 0 THEN ln(abs(y)) END"
        found = self.query(
            f"WITH sizes AS (SELECT unit, time, {size} AS size FROM panel WHERE isfinite({size})), "
            "spread AS (SELECT median(size) AS middle, mad(size) AS around FROM sizes), "
            "far AS (SELECT unit, arg_max(time, abs(size - middle)) AS time, max(abs(size - middle)) AS off "
            f"FROM sizes, spread GROUP BY unit HAVING max(size) - min(size) > {_FAR} "
            f"OR max(abs(size - middle)) > greatest({_FAR}, {_WIDE} * any_value(around))) "
            "SELECT count(*), arg_max(time, off), max(off) FROM far"
        )
        ((units, year, off),) = found
        return (units, year, round(math.exp(min(off, _MOST_TOLD)))) if units else None

    def _check_styles(self) -> None:
        """Which sign stands before decimals in the outcome; asked about when the numbers do not tell."""
        self.comma = False
        column = self.question.outcome
        if self.types[column] == "VARCHAR":
            style = cells.style_of(self.query, column)
            self.comma = style.comma
            if style.odd is not None:
                value, count = style.odd
                readings = {"large": value.replace(".", "").replace(",", ""), "small": value.replace(".", ",")}
                raise PanelError("two-readings", {"column": column, "value": value, "count": count} | readings)

    def _refuse_lost_zeros(self) -> None:
        """Raise for units like 001 and 1 that never stand in one year: one unit, whose zeros a program has dropped."""
        if self.types[self.question.unit] != "VARCHAR":
            return
        time = self.number(self.question.time)
        found = self.query(
            f"SELECT min(unit), max(unit), count(*) OVER () FROM (SELECT DISTINCT {self.unit} AS unit, {time} AS time "
            f"FROM cells WHERE regexp_full_match({self.unit}, '\\d+')) GROUP BY ltrim(unit, '0') "
            f"HAVING count(DISTINCT unit) > 1 AND count(DISTINCT time) = count(*) ORDER BY 1 LIMIT 1"
        )
        for low, high, count in found:
            raise PanelError("lost-zeros", {"column": self.question.unit, "values": [low, high], "count": count})

    def _define(self) -> None:
        q = self.question
        outcome = self.number(q.outcome)
        if q.log:
            outcome = f"ln({outcome})"
        typed = self.types[q.time] not in ("VARCHAR", *_DAYS)
        time = f"{quoted(q.time)}::INTEGER" if typed else f"{self.number(q.time)}::INTEGER"
        first = "0"
        if q.first_support:
            number = self.number(q.first_support)
            first = f"(CASE WHEN isfinite({number}) AND {number} <> {_NEVER} THEN {number}::INTEGER ELSE 0 END)"
        if q.support_flag:
            # Over all years of the unit, those left out of the comparison too.
            supported = f"min(CASE WHEN {self.number(q.support_flag)} = 1 THEN {time} END)"
            first = f"coalesce({supported} OVER (PARTITION BY {self.unit}), 0)"
        strata = " || ' · ' || ".join(f"coalesce(trim({quoted(s)}::VARCHAR), '')" for s in q.strata) or "''"
        low, high = q.years
        within = [f"time >= {int(low)}"] if low is not None else []
        within += [f"time <= {int(high)}"] if high is not None else []
        self.query(
            f"CREATE TEMP VIEW panel AS SELECT * FROM (SELECT {self.unit} AS unit, {time} AS time, "
            f"{outcome} AS y, {first} AS g, {strata} AS stratum, {_ROW} AS row FROM cells)"
            + (f" WHERE {' AND '.join(within)}" if within else "")
        )

    def _times(self) -> tuple[int, ...]:
        times = tuple(sorted(row[0] for row in self.query("SELECT DISTINCT time FROM panel")))
        if not times:
            raise PanelError("empty")
        if len(times) == 1:
            raise PanelError("one-year", {"year": times[0]})
        if len(times) > _MOST_YEARS:
            raise PanelError("too-many-years", {"years": len(times), "most": _MOST_YEARS})
        return times


def label(unit: Any) -> str:
    """A unit as a person knows it: 418091, not 418091.0."""
    return str(int(unit)) if isinstance(unit, float) and unit.is_integer() else str(unit)
