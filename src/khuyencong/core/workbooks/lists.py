"""A list as a workbook of one sheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from khuyencong.core.workbooks.book import Book
from khuyencong.core.workbooks.styles import SheetColumn


def list_workbook(
    title: str, columns: Sequence[SheetColumn], rows: Iterable[Any], *, keep: int = 1, sums: bool = False
) -> bytes:
    """One row for each thing; the ``keep`` first columns stay in sight; ``sums``: of the money, at the foot."""
    book = Book()
    book.sheet(title).table(columns, rows, keep, sums)
    return book.content()
