"""Opening a panel: a file or an Arrow table becomes a DuckDB view of typed columns, checked cell by cell."""

import difflib
import hashlib
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa

from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question

Source: TypeAlias = "Path | str | pa.Table"

_MISSING = ("", "na", "n/a", "nan", "null", "none", ".", "-")
_TEXT = ("VARCHAR",)


class Panel:
    """A panel ready to be scanned: the view ``panel`` has unit, time, y, g and stratum.

    ``y`` is null where missing, in logs if asked; ``g`` is the year of first support, 0 for never.
    ``times`` are the years observed, ascending; ``first_row`` is the row number of the first data row in a
    sheet or csv file (0 when the source has no row numbers a person would know).
    """

    def __init__(self, source: Source, question: Question, threads: int = 2) -> None:
        """Raises PanelError for everything that can be wrong with the cells."""
        self.question = question
        self.con = duckdb.connect(config={"threads": threads})
        self.con.execute("SET preserve_insertion_order = true")
        self.file, self.sheet, self.first_row = _attach(self.con, source)
        self._check_columns()
        self.types = dict(self.con.execute("SELECT column_name, column_type FROM (DESCRIBE raw)").fetchall())
        self._check_cells()
        self._define()
        self.times = self._times()
        self._check_duplicates_of_missing()

    def _check_columns(self) -> None:
        present = [row[0] for row in self.con.execute("DESCRIBE raw").fetchall()]
        for name in self.question.columns:
            if name not in present:
                near = difflib.get_close_matches(name, present, n=3, cutoff=0.5)
                raise PanelError("missing-column", {"column": name, "present": present, "near": near})

    def _check_cells(self) -> None:
        q = self.question
        self._check_number(q.time, whole=True, required=True)
        self._check_number(q.outcome)
        if q.first_support:
            self._check_number(q.first_support, whole=True)
        if q.support_flag:
            self._check_number(q.support_flag)
            self._refuse("not-a-flag", q.support_flag, f"{self._number(q.support_flag)} NOT IN (0, 1)")
        if q.log:
            self._refuse("not-positive", q.outcome, f"{self._number(q.outcome)} <= 0")
        blank = f" OR {_blank(q.unit)}" if self.types[q.unit] in _TEXT else ""
        self._refuse("missing-unit", q.unit, f"{_name(q.unit)} IS NULL{blank}")

    def _check_number(self, column: str, whole: bool = False, required: bool = False) -> None:
        """A text column must hold numbers; a year must be whole. Typed columns need no look at each cell."""
        if self.types[column] in _TEXT:
            self._refuse("not-a-number", column, f"{self._number(column)} IS NULL AND NOT {_blank(column)}")
        elif not _is_number(self.types[column]):
            self._refuse("not-a-number", column, "true")
        floating = self.types[column] in (*_TEXT, "DOUBLE", "FLOAT") or self.types[column].startswith("DECIMAL")
        if whole and floating:
            number = self._number(column)
            self._refuse("not-whole", column, f"isfinite({number}) AND {number} <> floor({number})")
        if required:
            self._refuse(
                "not-a-number",
                column,
                f"{self._number(column)} IS NULL OR NOT isfinite({self._number(column)})",
            )

    def _refuse(self, code: str, column: str, condition: str) -> None:
        """Raise for the first row that meets the condition, and say how many do."""
        where = f"FROM (SELECT *, row_number() OVER () AS row_of_file FROM raw) WHERE {condition}"
        if not self.first_row and self.con.execute(f"SELECT 1 FROM raw WHERE {condition} LIMIT 1").fetchone() is None:
            return
        first = self.con.execute(f"SELECT row_of_file, {_name(column)} {where} ORDER BY 1 LIMIT 1").fetchone()
        if first is not None:
            counted = self.con.execute(f"SELECT count(*) {where}").fetchone()
            facts = {"column": column, "value": first[1], "count": counted[0] if counted else 1}
            raise PanelError(code, facts | self._where(first[0]))

    def _where(self, row: int) -> dict[str, Any]:
        known = {"file": self.file, "sheet": self.sheet} if self.file else {}
        return known | {"row": row + max(self.first_row - 1, 0)}

    def _number(self, column: str) -> str:
        """The column as DOUBLE, null where blank, not a number, or NaN."""
        name = _name(column)
        if self.types[column] in _TEXT:
            return f"(CASE WHEN NOT {_blank(column)} THEN TRY_CAST(trim({name}) AS DOUBLE) END)"
        if self.types[column] in ("DOUBLE", "FLOAT"):
            return f"(CASE WHEN NOT isnan({name}) THEN {name}::DOUBLE END)"
        return f"({name}::DOUBLE)"

    def _define(self) -> None:
        q = self.question
        outcome = self._number(q.outcome)
        if q.log:
            outcome = f"ln({outcome})"
        time = f"{self._number(q.time)}::INTEGER" if self.types[q.time] in _TEXT else f"{_name(q.time)}::INTEGER"
        first = "0"
        if q.first_support:
            number = self._number(q.first_support)
            first = f"(CASE WHEN isfinite({number}) THEN {number}::INTEGER ELSE 0 END)"
        if q.support_flag:
            # Over all years of the unit, those left out of the comparison too.
            supported = f"min(CASE WHEN {self._number(q.support_flag)} = 1 THEN {time} END)"
            first = f"coalesce({supported} OVER (PARTITION BY {_name(q.unit)}), 0)"
        strata = " || ' · ' || ".join(f"coalesce({_name(s)}::VARCHAR, '')" for s in q.strata) or "''"
        low, high = q.years
        within = [f"time >= {int(low)}"] if low is not None else []
        within += [f"time <= {int(high)}"] if high is not None else []
        self.con.execute(
            f"CREATE TEMP VIEW panel AS SELECT * FROM (SELECT {_name(q.unit)} AS unit, {time} AS time, "
            f"{outcome} AS y, {first} AS g, {strata} AS stratum FROM raw)"
            + (f" WHERE {' AND '.join(within)}" if within else "")
        )

    def _times(self) -> tuple[int, ...]:
        times = tuple(sorted(row[0] for row in self.con.execute("SELECT DISTINCT time FROM panel").fetchall()))
        if not times:
            raise PanelError("empty")
        if len(times) == 1:
            raise PanelError("one-year", {"year": times[0]})
        if len(times) > 60:
            raise PanelError("too-many-years", {"years": len(times), "most": 60})
        return times

    def _check_duplicates_of_missing(self) -> None:
        """In files, two rows for one unit and year are an error even when one of them has no outcome.

        In typed sources the scan itself finds two observed outcomes (moments.py); a row without one is harmless.
        """
        if self.first_row:
            self.refuse_duplicates()

    def refuse_duplicates(self) -> None:
        """Raise for the first unit and year with two rows."""
        found = self.con.execute(
            "SELECT unit, time, min(n), max(n) FROM (SELECT unit, time, row_number() OVER () AS n FROM panel) "
            "GROUP BY unit, time HAVING count(*) > 1 ORDER BY 4 LIMIT 1"
        ).fetchone()
        if found:
            unit, year, first, second = found
            places = {"row": self._where(second)["row"], "other_row": self._where(first)["row"]}
            raise PanelError("duplicate", {"unit": str(unit), "year": year, "file": self.file} | places)


def read_columns(source: Source) -> list[str]:
    """The column names of a panel. Raises PanelError when it cannot be read."""
    con = duckdb.connect()
    _attach(con, source)
    return [row[0] for row in con.execute("DESCRIBE raw").fetchall()]


def fingerprint(source: Source) -> str:
    """SHA-256 of the file, or of the table's Arrow stream: which data gave this answer."""
    if isinstance(source, pa.Table):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, source.schema) as writer:
            writer.write_table(source)
        return hashlib.sha256(sink.getvalue()).hexdigest()
    with Path(source).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _attach(con: duckdb.DuckDBPyConnection, source: Source) -> tuple[str, str, int]:
    """Make the view ``raw``; return file name, sheet name and the row number of the first data row."""
    if isinstance(source, pa.Table):
        if not source.num_rows:
            raise PanelError("empty")
        con.register("raw", source)
        return "", "", 0
    path = Path(source)
    if not path.is_file():
        raise PanelError("no-file", {"file": str(path)})
    kind = path.suffix.lower()
    try:
        if kind == ".parquet":
            con.from_parquet(str(path)).create_view("raw")
            return "", "", 0
        if kind in (".csv", ".tsv", ".txt"):
            con.read_csv(str(path), header=True, all_varchar=True, encoding="utf-8").create_view("raw")
            return path.name, "", 2
        if kind in (".xlsx", ".xls", ".ods"):
            table, sheet = _read_sheet(path)
            con.register("raw", table)
            return path.name, sheet, 2
    except PanelError:
        raise
    except Exception as error:
        raise PanelError("unreadable", {"file": path.name, "reason": str(error).splitlines()[0]}) from error
    raise PanelError("unknown-format", {"file": path.name, "known": ["csv", "xlsx", "parquet"]})


def _read_sheet(path: Path) -> tuple[pa.Table, str]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    sheet = book.sheet_names[0]
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    if len(rows) < 2:
        raise PanelError("empty", {"file": path.name})
    heads = [str(head).strip() or f"({index})" for index, head in enumerate(rows[0], start=1)]
    columns = {head: [_as_text(row[index]) for row in rows[1:]] for index, head in enumerate(heads)}
    return pa.table({head: pa.array(cells, pa.string()) for head, cells in columns.items()}), sheet


def _as_text(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _is_number(sql_type: str) -> bool:
    return any(sql_type.startswith(word) for word in ("DOUBLE", "FLOAT", "DECIMAL", "BOOL")) or "INT" in sql_type


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _blank(column: str) -> str:
    options = ", ".join(f"'{word}'" for word in _MISSING)
    return f"(lower(trim(coalesce({_name(column)}, ''))) IN ({options}))"
