"""A list as a file holds it: the same filters and order as on the page, within the reach of the same person."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khuyencong.core.listing.columns import Column
from khuyencong.core.listing.listing import Listing
from khuyencong.core.tables.plain import csv_text

Read = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True)
class Table:
    """Columns and the values under them, row by row: what a writer of workbooks or of plain rows takes."""

    columns: Sequence[Column[Any]]
    rows: Iterable[list[Any]]


def table(listing: Listing[Any], params: Mapping[str, str], read: Read = iter) -> Table:
    """Every row that the filters leave, in the order asked for. Read as it is written, not kept.

    ``read``: makes of the rows what the columns take, where they do not take the rows themselves.
    """
    columns = listing.files or [one for one in listing.columns if one.value]
    return Table(columns, _values(read(listing.found(params)), columns))


def plain(listing: Listing[Any], params: Mapping[str, str], read: Read = iter) -> str:
    """The same as comma-separated rows under their heads."""
    found = table(listing, params, read)
    return csv_text([[one.label for one in found.columns], *found.rows])


def _values(found: Iterable[Any], columns: Sequence[Column[Any]]) -> Iterator[list[Any]]:
    for row in found:
        yield [column.value(row) if column.value else None for column in columns]
