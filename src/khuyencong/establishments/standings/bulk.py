"""Many rows written at once: the triggers rest meanwhile, and what they would have kept is worked out for all together.

For row by row it takes some ten times as long, and everybody waits (decision 0022). It is worked out before anybody
does, from the tables with the staged rows laid over them; what is left for the writing is to put it in place.
``tests/establishments`` holds the two ways to the same figures.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from khuyencong.establishments.standings import laying, owed
from khuyencong.establishments.standings.models import SUMMED
from khuyencong.establishments.standings.search_index import UNSEARCHED
from khuyencong.establishments.standings.statements import (
    CARD,
    COLUMNS,
    COUNT,
    COUNT_FIGURES,
    COUNT_KEYS,
    COUNTED,
    ESTABLISHMENT,
    MOVING,
    NAMES,
    RESULT,
    STANDING,
    SUM,
    SUM_FIGURES,
    SUM_KEYS,
    adding,
    counts,
    grouped,
    sums,
    told,
)  # fmt: skip

# Tables that only this connection sees. Statements are put together from our own names, hence S608.
_TOUCHED = "bulk_touched"  # establishments
_CARDS, _RESULTS = "bulk_cards", "bulk_results"  # theirs, as they are going to be
_SUMMED = "bulk_summed"  # results whose part in the sums is another
_BEFORE, _ANEW = "bulk_before", "bulk_anew"  # standings
_COUNTS, _SUMS = "bulk_counts", "bulk_sums"  # what is added
_CARD = ", ".join(("id", *CARD, "search", "contact_search"))
_RESULT = ", ".join(("id", "establishment_id", "year", *SUMMED))
_TABLES = {
    _TOUCHED: f"SELECT id FROM {ESTABLISHMENT}",
    _CARDS: f"SELECT {_CARD} FROM {ESTABLISHMENT}",
    _RESULTS: f"SELECT {_RESULT} FROM {RESULT}",
    _SUMMED: f"SELECT id FROM {RESULT}",
    _BEFORE: f"SELECT {COLUMNS} FROM {STANDING}",
    _ANEW: f"SELECT {COLUMNS} FROM {STANDING}",
    _COUNTS: f"SELECT {', '.join((*COUNT_KEYS, *COUNT_FIGURES))} FROM {COUNT}",
    _SUMS: f"SELECT {', '.join((*SUM_KEYS, *SUM_FIGURES))} FROM {SUM}",
}
_FOUND_BY = {
    _TOUCHED: "id",
    _CARDS: "id",
    _RESULTS: "establishment_id, year",
    _SUMMED: "id",
    _BEFORE: "establishment_id",
    _ANEW: "establishment_id",
}
_PAIRS = f"FROM {_ANEW} a LEFT JOIN {_BEFORE} s ON s.establishment_id = a.establishment_id"


class Bulk:
    """What rows that wait beside their tables make of the standings, the counts and the sums."""

    def __init__(self, cards: Sequence[str], results: Sequence[str]) -> None:
        """``cards``, ``results``: the tables in which establishments and results wait."""
        self._cards, self._results = cards, results
        self._changing: list[str] = []

    def make_ready(self) -> None:
        """Work it out, while others write; ``holds`` says later whether it still is so."""
        _run(_laid_anew())
        _run(_laid_over(self._cards, self._results))
        _run(_worked_out(_CARDS if self._cards else ESTABLISHMENT, _RESULTS if self._results else RESULT))
        self._changing = _changing()
        _run(_only_what_differs())

    def holds(self) -> bool:
        """Whether the standings are those that it was worked out from: a project may have been written since."""
        there = f"FROM {_BEFORE} a LEFT JOIN {STANDING} s ON s.establishment_id = a.establishment_id"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT NOT EXISTS (SELECT 1 {there} WHERE {_differ(NAMES)})")
            return bool(cursor.fetchone()[0])

    @contextmanager
    def written(self) -> Iterator[None]:
        """Inside, the rows are put in place, and nothing else; belongs into the writing that tells of them."""
        if not laying.lift(connection):  # the triggers belong to somebody else, and do it
            yield
            return
        if self._cards:
            _run(_forgetting_words())
        yield
        _run(_put_in_place(self._changing))
        laying.put_back(connection)


def _laid_anew() -> Iterator[str]:
    for table, columns in _TABLES.items():
        yield f"DROP TABLE IF EXISTS {table}"
        yield f"CREATE TEMPORARY TABLE {table} AS {columns} WHERE false"
    for table, columns in _FOUND_BY.items():
        yield f"CREATE INDEX {table}_key ON {table} ({columns})"


def _laid_over(cards: Sequence[str], results: Sequence[str]) -> Iterator[str]:
    """The establishments and results that are touched, as they are going to be; the others are not looked at."""
    for one in cards:
        yield f"INSERT INTO {_TOUCHED} SELECT id FROM {one}"
        yield f"INSERT INTO {_CARDS} SELECT {_CARD} FROM {one}"
    for one in results:
        yield (
            f"INSERT INTO {_TOUCHED} SELECT DISTINCT establishment_id FROM {one}"
            f" WHERE establishment_id NOT IN (SELECT id FROM {_TOUCHED})"
        )
        yield f"INSERT INTO {_SUMMED} SELECT id FROM {one}"
        yield f"INSERT INTO {_RESULTS} SELECT {_RESULT} FROM {one}"
    if cards and results:
        yield (
            f"INSERT INTO {_CARDS} SELECT {_CARD} FROM {ESTABLISHMENT}"
            f" WHERE id IN (SELECT id FROM {_TOUCHED}) AND id NOT IN (SELECT id FROM {_CARDS})"
        )
    if results:
        yield (
            f"INSERT INTO {_RESULTS} SELECT {_RESULT} FROM {RESULT}"
            f" WHERE establishment_id IN (SELECT id FROM {_TOUCHED}) AND id NOT IN (SELECT id FROM {_SUMMED})"
        )


def _worked_out(establishments: str, results: str) -> Iterator[str]:
    theirs = f"WHERE establishment_id IN (SELECT id FROM {_TOUCHED})"
    yield f"INSERT INTO {_BEFORE} SELECT {COLUMNS} FROM {STANDING} {theirs}"
    yield f"INSERT INTO {_ANEW} {told(establishments, results)} WHERE e.id IN (SELECT id FROM {_TOUCHED})"
    # Results that stay as they are go from one sum to another with their establishment.
    moved = f"SELECT a.establishment_id {_PAIRS} WHERE {_differ(MOVING)}"
    yield (
        f"INSERT INTO {_SUMMED} SELECT id FROM {results}"
        f" WHERE establishment_id IN ({moved}) AND id NOT IN (SELECT id FROM {_SUMMED})"
    )
    for standings, alias, facts, sign in ((_BEFORE, "s", RESULT, -1), (_ANEW, "a", results, 1)):
        rows = (
            f"{sums(alias, 'r', sign)} FROM {facts} r JOIN {standings} {alias}"
            f" ON {alias}.establishment_id = r.establishment_id WHERE r.id IN (SELECT id FROM {_SUMMED})"
        )
        yield f"INSERT INTO {_SUMS} {grouped(SUM_KEYS, SUM_FIGURES, rows)}"
    counted = f"{_PAIRS} WHERE ({_differ(COUNTED)})"
    for rows in (f"{counts('s', -1)} {counted} AND s.establishment_id IS NOT NULL", f"{counts('a')} {counted}"):
        yield f"INSERT INTO {_COUNTS} {grouped(COUNT_KEYS, COUNT_FIGURES, rows)}"


def _changing() -> list[str]:
    """The columns in which any standing differs: each index that a written column stands in is written too."""
    differing = ", ".join(f"MAX(CASE WHEN {_differs(name)} THEN 1 ELSE 0 END)" for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {differing} {_PAIRS} WHERE s.establishment_id IS NOT NULL")
        return [name for name, differs in zip(NAMES, cursor.fetchone(), strict=True) if differs]


def _only_what_differs() -> Iterator[str]:
    same = f"SELECT a.establishment_id {_PAIRS} WHERE NOT ({_differ(NAMES)})"
    yield f"DELETE FROM {_ANEW} WHERE establishment_id IN ({same})"


def _forgetting_words() -> Iterator[str]:
    """What the index of the search knows of them is no longer so; ``search_index.gather`` mends it afterwards."""
    if connection.vendor == "sqlite":
        yield (
            f"INSERT INTO {UNSEARCHED} (establishment_id, known, search, contact_search)"
            " SELECT n.id, e.id IS NOT NULL, COALESCE(e.search, ''), COALESCE(e.contact_search, '')"
            f" FROM {_CARDS} n LEFT JOIN {ESTABLISHMENT} e ON e.id = n.id"
            " WHERE (e.id IS NULL OR e.search <> n.search OR e.contact_search <> n.contact_search)"
            f" AND n.id NOT IN (SELECT establishment_id FROM {UNSEARCHED})"
        )


def _put_in_place(changing: Sequence[str]) -> Iterator[str]:
    if changing:
        names = ", ".join(changing)
        yield (
            f"UPDATE {STANDING} SET ({names}) ="
            f" (SELECT {names} FROM {_ANEW} a WHERE a.establishment_id = {STANDING}.establishment_id)"
            f" WHERE establishment_id IN (SELECT establishment_id FROM {_ANEW})"
        )
    yield (
        f"INSERT INTO {STANDING} ({COLUMNS}) SELECT {COLUMNS} FROM {_ANEW}"
        f" WHERE establishment_id NOT IN (SELECT establishment_id FROM {_BEFORE})"
    )
    yield from owed.anew(f"SELECT id FROM {_TOUCHED}", sqlite=connection.vendor == "sqlite")
    for table, keys, figures, added in (
        (COUNT, COUNT_KEYS, COUNT_FIGURES, _COUNTS),
        (SUM, SUM_KEYS, SUM_FIGURES, _SUMS),
    ):
        rows = f"SELECT {', '.join((*keys, *figures))} FROM {added} WHERE true"
        yield adding(table, keys, figures, rows, merged=connection.vendor == "sqlite")


def _differ(columns: Iterable[str]) -> str:
    return " OR ".join(["s.establishment_id IS NULL", *map(_differs, columns)])


def _differs(column: str) -> str:
    return f"a.{column} {'IS NOT' if connection.vendor == 'sqlite' else 'IS DISTINCT FROM'} s.{column}"


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
