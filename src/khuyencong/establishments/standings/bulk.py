"""Many rows written at once: the triggers rest meanwhile, and what they would have kept is worked out for all together.

For row by row it takes some ten times as long, and everybody waits (decision 0022). ``tests/establishments`` holds the
two ways to the same figures.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from khuyencong.establishments.standings import laying, owed
from khuyencong.establishments.standings.search_index import UNSEARCHED
from khuyencong.establishments.standings.statements import (
    COLUMNS,
    COUNT,
    COUNT_FIGURES,
    COUNT_KEYS,
    COUNTED,
    ESTABLISHMENT,
    MOVING,
    OF_RESULTS,
    OF_THE_CARD,
    RESULT,
    STANDING,
    SUM,
    SUM_FIGURES,
    SUM_KEYS,
    TOLD,
    adding,
    counts,
    grouped,
    sums,
)  # fmt: skip

# Tables that only this connection sees. Statements are put together from our own names, hence S608.
_TOUCHED, _RESULTS, _ANEW = "bulk_touched", "bulk_results", "bulk_anew"
_TEMPORARY = (
    f"CREATE TEMPORARY TABLE {_TOUCHED} (id bigint PRIMARY KEY, itself boolean)",
    f"CREATE TEMPORARY TABLE {_RESULTS} (id bigint PRIMARY KEY)",
    f"CREATE TEMPORARY TABLE {_ANEW} AS SELECT {COLUMNS} FROM {STANDING} WHERE false",
    f"CREATE UNIQUE INDEX {_ANEW}_key ON {_ANEW} (establishment_id)",
)
_PART = 1000

_WRITTEN = f"r.id IN (SELECT id FROM {_RESULTS})"
_OF_RESULT = f"FROM {RESULT} r JOIN {STANDING} s ON s.establishment_id = r.establishment_id WHERE {_WRITTEN}"
_PAIRS = f"FROM {_ANEW} a LEFT JOIN {STANDING} s ON s.establishment_id = a.establishment_id"


class Bulk:
    """The establishments and results that are about to be written; made before anybody waits."""

    def __init__(self, establishments: Iterable[int], results: Iterable[tuple[int, int]]) -> None:
        """``results``: each with its establishment."""
        results = list(results)
        touched = {owner: False for _, owner in results} | dict.fromkeys(establishments, True)
        with connection.cursor() as cursor:
            for table in (_TOUCHED, _RESULTS, _ANEW):
                cursor.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in _TEMPORARY:
                cursor.execute(statement)
        _fill(f"INSERT INTO {_TOUCHED} VALUES (%s, %s)", list(touched.items()))
        _fill(f"INSERT INTO {_RESULTS} VALUES (%s)", [(key,) for key, _ in results])

    @contextmanager
    def written(self) -> Iterator[None]:
        """Inside, they are written, and nothing else; belongs into the writing that tells of them."""
        if not laying.lift(connection):  # the triggers belong to somebody else, and do it
            yield
            return
        _run([*_forgetting_words(), _sum(f"{sums('s', 'r', -1)} {_OF_RESULT}")])
        yield
        _run([*_standing_anew(), _sum(f"{sums('s', 'r')} {_OF_RESULT}")])
        laying.put_back(connection)


def _forgetting_words() -> Iterator[str]:
    """What the index of the search knows of them is no longer so; ``search_index.gather`` mends it afterwards."""
    if connection.vendor == "sqlite":
        yield (
            f"INSERT INTO {UNSEARCHED} (establishment_id, known, search, contact_search)"
            " SELECT t.id, e.id IS NOT NULL, COALESCE(e.search, ''), COALESCE(e.contact_search, '')"
            f" FROM {_TOUCHED} t"
            f" LEFT JOIN {ESTABLISHMENT} e ON e.id = t.id"
            f" WHERE t.itself AND t.id NOT IN (SELECT establishment_id FROM {UNSEARCHED})"
        )


def _standing_anew() -> Iterator[str]:
    yield f"INSERT INTO {_ANEW} ({COLUMNS}) {TOLD} WHERE e.id IN (SELECT id FROM {_TOUCHED})"
    # Results that were there before go from one sum to another with their establishment.
    moved = f"a.establishment_id IN (SELECT a.establishment_id {_PAIRS} WHERE {_differ(MOVING)}) AND NOT {_WRITTEN}"
    theirs = f"{_PAIRS} JOIN {RESULT} r ON r.establishment_id = a.establishment_id WHERE {moved}"
    yield _sum(f"{sums('s', 'r', -1)} {theirs} AND s.establishment_id IS NOT NULL")
    yield _sum(f"{sums('a', 'r')} {theirs}")
    counted = f"{_PAIRS} WHERE ({_differ(COUNTED)})"
    yield _count(f"{counts('s', -1)} {counted} AND s.establishment_id IS NOT NULL")
    yield _count(f"{counts('a')} {counted}")
    # Only what differs is written: each index of the table that a column stands in costs as much as the table itself.
    for columns in (OF_THE_CARD, OF_RESULTS):
        names = ", ".join(columns)
        yield (
            f"UPDATE {STANDING} SET ({names}) ="
            f" (SELECT {names} FROM {_ANEW} a WHERE a.establishment_id = {STANDING}.establishment_id)"
            f" WHERE establishment_id IN (SELECT s.establishment_id {_PAIRS}"
            f" WHERE ({_differ(columns)}) AND s.establishment_id IS NOT NULL)"
        )
    yield (
        f"INSERT INTO {STANDING} ({COLUMNS}) SELECT {COLUMNS} FROM {_ANEW}"
        f" WHERE establishment_id NOT IN (SELECT establishment_id FROM {STANDING})"
    )
    yield from owed.anew(f"SELECT id FROM {_TOUCHED}", sqlite=connection.vendor == "sqlite")


def _differ(columns: Iterable[str]) -> str:
    operator = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(["s.establishment_id IS NULL", *(f"a.{name} {operator} s.{name}" for name in columns)])


def _sum(rows: str) -> str:
    return _added(SUM, SUM_KEYS, SUM_FIGURES, rows)


def _count(rows: str) -> str:
    return _added(COUNT, COUNT_KEYS, COUNT_FIGURES, rows)


def _added(table: str, keys: tuple[str, ...], figures: tuple[str, ...], rows: str) -> str:
    return adding(table, keys, figures, grouped(keys, figures, rows), merged=connection.vendor == "sqlite")


def _fill(statement: str, rows: list[tuple[int, bool]] | list[tuple[int]]) -> None:
    for start in range(0, len(rows), _PART):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, rows[start : start + _PART])


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
