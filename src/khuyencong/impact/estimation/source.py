"""What is estimated from: a table, never a file. Whoever has a file reads it first (impact/reading.py)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import duckdb
import pyarrow as pa

from khuyencong.impact.estimation.problems import PanelError


class Scan(Protocol):
    """A table too large for memory, read each time from the beginning."""

    def relation(self, con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        """Its rows. Raises duckdb.Error."""
        ...


@dataclass(frozen=True)
class Data:
    """A table and where it comes from.

    ``lines``: of a file in which every cell is text as a person wrote it, the number that a person sees beside each
    row; none for typed cells. ``known_as``: the hash of the file.
    """

    rows: pa.Table | Scan
    known_as: str = ""
    file: str = ""
    sheet: str = ""
    lines: Sequence[int] | None = None

    @property
    def written(self) -> bool:
        """Whether every cell is text as a person wrote it."""
        return self.lines is not None

    @property
    def fingerprint(self) -> str:
        """Which data gave an answer: SHA-256 of the file, or of the table's Arrow stream."""
        return self.known_as or (_fingerprint(self.rows) if isinstance(self.rows, pa.Table) else "")

    @property
    def columns(self) -> list[str]:
        """The names of its columns. Raises PanelError when they cannot be read."""
        con = duckdb.connect()
        self.attach(con)
        return [row[0] for row in con.execute("DESCRIBE raw").fetchall()]

    def attach(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make the view ``raw``. Raises PanelError: empty, unreadable."""
        if isinstance(self.rows, pa.Table):
            if not self.rows.num_rows:
                raise PanelError("empty", {"file": self.file} if self.file else {})
            con.register("raw", self.rows)
            return
        try:
            self.rows.relation(con).create_view("raw")
        except duckdb.Error as error:
            raise self.explain(error) from error

    def place(self, row: int) -> dict[str, Any]:
        """File, sheet and the number a person sees beside the n-th row of data (from 1)."""
        line = self.lines[row - 1] if self.lines and row <= len(self.lines) else row + 1
        return {"file": self.file, "sheet": self.sheet, "row": line}

    def explain(self, error: Exception) -> PanelError:
        """Why the rows could not be read to their end."""
        return PanelError("unreadable", {"file": self.file, "reason": str(error).splitlines()[0]})


Source: TypeAlias = "Data | pa.Table"


def data_of(source: Source) -> Data:
    """A bare table as data."""
    return source if isinstance(source, Data) else Data(source)


def _fingerprint(table: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return hashlib.sha256(sink.getvalue()).hexdigest()
