"""Opening a panel: a file or an Arrow table becomes the DuckDB view ``raw``; and where a row stands in the file."""

import csv
import glob
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa

from khuyencong.impact.estimation.problems import PanelError

Source: TypeAlias = "Path | str | pa.Table"

_DELIMITERS = ",;\t|"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Origin:
    """Where the rows of ``raw`` come from. ``written``: every cell is text as a person wrote it, in numbered rows."""

    file: str = ""
    sheet: str = ""
    written: bool = False
    path: Path | None = None

    def place(self, row: int) -> dict[str, Any]:
        """File, sheet and the number a person sees beside the n-th row of data (from 1)."""
        return {"file": self.file, "sheet": self.sheet, "row": self._line(row)}

    def _line(self, row: int) -> int:
        if self.path is None or self.sheet:
            return row + 1
        # DuckDB passes over blank lines, and a quoted cell may hold several: count in the file itself.
        for number, (line, _cells) in enumerate(_records(self.path), start=0):
            if number == row:
                return line
        return row + 1

    def explain(self, error: Exception) -> PanelError:
        """Why the rows could not be read: a line with too few or too many cells, not UTF-8, or something else."""
        reason = {"file": self.file, "reason": str(error).splitlines()[0]}
        if self.path is None or self.sheet or not self.written:
            return PanelError("unreadable", reason)
        try:
            expected = 0
            for line, cells in _records(self.path):
                expected = expected or len(cells)
                if len(cells) != expected:
                    facts = {"row": line, "found": len(cells), "expected": expected}
                    return PanelError("ragged", {"file": self.file, "sheet": ""} | facts)
        except UnicodeDecodeError:
            return PanelError("encoding", {"file": self.file})
        except (OSError, csv.Error):
            pass
        return PanelError("unreadable", reason)


def attach(con: duckdb.DuckDBPyConnection, source: Source) -> Origin:
    """Make the view ``raw``. Raises PanelError: no-file, unknown-format, unreadable, ragged, encoding, empty."""
    if isinstance(source, pa.Table):
        if not source.num_rows:
            raise PanelError("empty")
        con.register("raw", source)
        return Origin()
    path = Path(source)
    if not path.is_file():
        raise PanelError("no-file", {"file": str(path)})
    kind = path.suffix.lower()
    origin = Origin(path.name)
    try:
        if kind == ".parquet":
            con.from_parquet(glob.escape(str(path))).create_view("raw")
            return origin
        if kind in (".csv", ".tsv", ".txt"):
            origin = Origin(path.name, written=True, path=path)
            _attach_csv(con, path)
            return origin
        if kind in (".xlsx", ".xls", ".ods"):
            table, sheet = _read_sheet(path)
            con.register("raw", table)
            return Origin(path.name, sheet, written=True, path=path)
    except PanelError:
        raise
    except Exception as error:
        raise origin.explain(error) from error
    raise PanelError("unknown-format", {"file": path.name, "known": ["csv", "xlsx", "parquet"]})


def read_columns(source: Source) -> list[str]:
    """The column names of a panel. Raises PanelError when it cannot be read."""
    con = duckdb.connect()
    attach(con, source)
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


def _attach_csv(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    if not path.stat().st_size:
        raise PanelError("empty", {"file": path.name})
    if _encoding(path) == "utf-16":
        heads, *rows = (cells for _line, cells in _records(path))
        con.register("raw", _text_table(heads, rows))
        return
    con.read_csv(
        glob.escape(str(path)),
        header=True,
        all_varchar=True,
        delimiter=_delimiter(path),
        quotechar='"',
        escapechar='"',
        encoding="utf-8",
    ).create_view("raw")


def _encoding(path: Path) -> str:
    """Excel's "Unicode text" is UTF-16 and says so in its first two bytes; everything else must be UTF-8."""
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in _UTF16 else "utf-8-sig"


def _delimiter(path: Path) -> str:
    """The separator that the heading uses most: comma, semicolon, tab or bar."""
    with path.open(encoding=_encoding(path), newline="") as file:
        heading = file.readline()
    return max(_DELIMITERS, key=heading.count)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records of a csv file that are not blank, the heading first, each with its first line's number."""
    delimiter = _delimiter(path)
    with path.open(encoding=_encoding(path), newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        line = 1
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1


def _read_sheet(path: Path) -> tuple[pa.Table, str]:
    """The first sheet, every cell as text. The heading is the first row."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    sheet = book.sheet_names[0]
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    if len(rows) < 2:
        raise PanelError("empty", {"file": path.name})
    return _text_table(rows[0], rows[1:]), sheet


def _text_table(heads: list[Any], rows: list[list[Any]]) -> pa.Table:
    columns: dict[str, Any] = {}
    for index, head in enumerate(heads):
        name = str(head).strip() or f"({index + 1})"
        while name in columns:
            name += f" ({index + 1})"
        columns[name] = pa.array([_as_text(row[index]) for row in rows], pa.string())
    return pa.table(columns)


def _as_text(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
