"""A file of people becomes a panel to be estimated from; the estimators never see the file itself.

What is uploaded is read in a child (core/files/apart.py) and comes back as a table. A Parquet file that is named on
the command line is streamed instead, for it may be larger than memory; DuckDB then has a limit of its own.
"""

import glob
import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from khuyencong.core.files import apart, sheets
from khuyencong.core.files.opening import MB, Fault, Refused
from khuyencong.core.files.sheets import Sheet
from khuyencong.core.files.sheets.sheet import Cell
from khuyencong.impact import headings
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.source import Data

_PARQUET = b"PAR1"
_LIMITS = apart.Limits(seconds=60, memory=2048 * MB, answer=256 * MB)
_STREAM_MEMORY = "2GB"
_MOST_ROWS, _MOST_COLUMNS = 3_000_000, 500  # of a Parquet file that is uploaded


def read(path: Path, name: str = "", sheet: str = "") -> Data:
    """A panel within limits. ``name``: under which a person knows the file; ``sheet``: which of several.

    Raises PanelError: no-file, unreadable, too-large, password, quote, encoding, ragged, empty, several-sheets.
    """
    name = name or path.name
    if not path.is_file():
        raise PanelError("no-file", {"file": str(path)})
    try:
        if _is_parquet(path):
            return Data(_table(apart.run(parquet_within, _LIMITS)(str(path))), fingerprint(path), name)
        found = sheets.read(path, strict=True, limits=_LIMITS)
    except Refused as refused:
        raise _problem(refused, name) from refused
    return _written(_chosen(found, sheet, name), name, fingerprint(path))


def stream(path: Path, sheet: str = "") -> Data:
    """As ``read``, but a Parquet file is not taken into memory."""
    if path.is_file() and _is_parquet(path):
        return Data(_ParquetScan(path), fingerprint(path), path.name)
    return read(path, sheet=sheet)


def fingerprint(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parquet_within(path: str) -> bytes:
    """A Parquet file as an Arrow stream. Raises Refused. Runs in the child."""
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    if file.metadata.num_rows > _MOST_ROWS or file.metadata.num_columns > _MOST_COLUMNS:
        raise Refused(Fault.TOO_WIDE)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, file.schema_arrow) as writer:
        for batch in file.iter_batches(use_threads=False):
            writer.write_batch(batch)
    return bytes(sink.getvalue())


@dataclass(frozen=True)
class _ParquetScan:
    path: Path

    def relation(self, con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        con.execute(f"SET memory_limit = '{_STREAM_MEMORY}'")
        return con.from_parquet(glob.escape(str(self.path)))


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _PARQUET or path.suffix.lower() == ".parquet"


def _table(content: bytes) -> pa.Table:
    table = pa.ipc.open_stream(content).read_all()
    table.validate(full=True)
    return table


def _chosen(found: list[Sheet], wanted: str, name: str) -> Sheet:
    """The sheet that is named, else the only visible one that holds something: of several, one must be named."""
    visible = [one for one in found if one.lines and (not one.hidden or one.title == wanted)]
    named = [one for one in visible if one.title == wanted] if wanted else visible
    if wanted and not named:
        raise PanelError("no-sheet", {"file": name, "value": wanted, "present": [one.title for one in visible]})
    if len(named) > 1:
        raise PanelError("several-sheets", {"file": name, "present": [one.title for one in named]})
    if not named or not _data_lines(named[0])[1:]:
        raise PanelError("empty", {"file": name})
    return named[0]


def _data_lines(sheet: Sheet) -> list[tuple[int, Sequence[Cell]]]:
    """The lines that are not blank, each with the number a person sees beside it."""
    further = dict(sheet.joined)
    found, number = [], 0
    for index, line in enumerate(sheet.lines, start=1):
        number += 1
        if line:
            found.append((number, line))
        number += further.get(index, 0)
    return found


def _written(sheet: Sheet, name: str, digest: str) -> Data:
    """Every cell as text. A line of a csv file (it has no title) with too few or too many cells is refused."""
    heads, rows = headings.rows_of(_data_lines(sheet))
    wide = len(heads) if not sheet.title else max(len(heads), *(len(line) for _number, line in rows))
    for number, line in rows if not sheet.title else ():
        if len(line) != wide:
            raise PanelError("ragged", {"file": name, "sheet": "", "row": number, "found": len(line), "expected": wide})
    columns: dict[str, Any] = {
        column: pa.array([_text(line[place]) if place < len(line) else None for _number, line in rows], pa.string())
        for place, column in enumerate(headings.names_of(heads, wide))
    }
    return Data(pa.table(columns), digest, name, sheet.title, array("q", (number for number, _line in rows)))


def _text(cell: Cell) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return _decimal(cell)
    return str(cell)


def _decimal(number: float) -> str:
    """With three digits behind the point a zero more: this is a number already, and cannot be one of thousands."""
    written = str(int(number)) if number.is_integer() else str(number)
    return f"{written}0" if written[-4:-3] == "." else written


def _problem(refused: Refused, name: str) -> PanelError:
    facts = {"file": name}
    match refused.fault:
        case Fault.ENCODING:
            return PanelError("encoding", facts)
        case Fault.PASSWORD:
            return PanelError("password", facts)
        case Fault.QUOTE:
            return PanelError("quote", facts | {"line": refused.line})
        case Fault.TOO_BIG | Fault.TOO_LONG | Fault.TOO_MUCH | Fault.TOO_WIDE | Fault.SWOLLEN:
            return PanelError("too-large", facts)
    return PanelError("unreadable", facts)
