"""The statements that keep the standings: what a standing is, said once, and the triggers that bring it up to date.

The same SQL serves SQLite and PostgreSQL. The tables of projects belong to a room above and are named here as the
queries of this room name them too (``projects__accepted_year``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from khuyencong.establishments.standings.models import SUMMED

STANDING, COUNT, SUM = (
    "establishments_establishmentstanding",
    "establishments_registrycount",
    "establishments_resultsum",
)
ESTABLISHMENT, RESULT = "establishments_establishment", "establishments_yearlyresult"
PROJECT, THROUGH, UNIT = "projects_project", "projects_project_establishments", "places_unit"

_SUPPORT = f"FROM {THROUGH} t JOIN {PROJECT} p ON p.id = t.project_id WHERE t.establishment_id = e.id"


# Of an establishment, what a standing repeats or rests on.
CARD = ("folded_name", "commune_id", "status", "tax_code", "industry_id", "latitude", "legal_form",
        "eligible_group_id", "local_material", "workers")  # fmt: skip


def _told(results: str = RESULT) -> dict[str, str]:
    """Column -> what it holds, of an establishment e that lies in a unit u; ``results``: the table of results."""

    def latest(column: str, measure: str) -> str:
        return (
            f"(SELECT r.{column} FROM {results} r WHERE r.establishment_id = e.id AND r.{measure} IS NOT NULL"
            " ORDER BY r.year DESC LIMIT 1)"
        )

    return {
        "establishment_id": "e.id",
        "folded_name": "e.folded_name",
        "province_id": "u.parent_id",
        "commune_id": "e.commune_id",
        "active": "e.status = 'active'",
        "no_tax_code": "e.tax_code = ''",
        "no_place": "e.latitude IS NULL",
        "industry_id": "e.industry_id",
        "legal_form": "e.legal_form",
        "eligible_group_id": "e.eligible_group_id",
        "local_material": "e.local_material",
        "own_workers": "e.workers",
        "first_supported": f"(SELECT MIN(p.accepted_year) {_SUPPORT})",
        "under_way": f"EXISTS (SELECT 1 {_SUPPORT} AND p.accepted_year IS NULL AND p.state <> 'terminated')",
        "last_year": f"(SELECT MAX(r.year) FROM {results} r WHERE r.establishment_id = e.id)",
        "revenue_year": latest("year", "revenue"),
        "revenue": latest("revenue", "revenue"),
        "workers_year": latest("year", "workers"),
        "workers": latest("workers", "workers"),
        "export_year": latest("year", "export_value"),
        "export_value": latest("export_value", "export_value"),
    }


def _from(establishments: str = ESTABLISHMENT) -> str:
    return f"FROM {establishments} e LEFT JOIN {UNIT} u ON u.id = e.commune_id"


def told(establishments: str = ESTABLISHMENT, results: str = RESULT) -> str:
    """Every standing, worked out anew from these tables."""
    return f"SELECT {', '.join(_told(results).values())} {_from(establishments)}"


_TOLD = _told()
NAMES = tuple(_TOLD)  # the key first
COLUMNS, TOLD = ", ".join(NAMES), told()
# What a change of it moves from one sum to another.
MOVING = ("commune_id", "active", "first_supported")
COUNTED = (*MOVING, "no_tax_code", "no_place", "industry_id")

COUNT_KEYS = ("commune_id", "active", "supported")
COUNT_FIGURES = ("n", "no_tax_code", "no_industry", "no_place")
SUM_KEYS = ("commune_id", "year", "support", "active")
SUM_FIGURES = ("n", *(name for measure in SUMMED for name in (measure, f"told_{measure}")))


@dataclass(frozen=True)
class Trigger:
    """After an ``event`` on a table, for each row: ``statements``. ``differ``: only when one of these columns does.

    ``touched``: the establishments whose standings are brought up to date; two who write wait for each other there.
    """

    name: str
    table: str
    event: str
    statements: tuple[str, ...]
    touched: str = ""
    differ: tuple[str, ...] = ()


def counts(standing: str, sign: int = 1) -> str:
    """What one standing (``NEW``, ``OLD``, or an alias) adds to the counts, or takes from them."""
    told = (f"{standing}.no_tax_code", f"{standing}.industry_id IS NULL", f"{standing}.no_place")
    flags = (f"CASE WHEN {one} THEN {sign} ELSE 0 END" for one in told)
    keys = f"{standing}.commune_id, {standing}.active, {standing}.first_supported IS NOT NULL"
    return f"SELECT {keys}, {sign}, {', '.join(flags)}"


def sums(standing: str, result: str, sign: int = 1) -> str:
    """What one result adds to the sums while the establishment stands so."""
    support = (
        f"CASE WHEN {standing}.first_supported IS NULL THEN 0"
        f" WHEN {standing}.first_supported > {result}.year THEN 1 ELSE 2 END"
    )
    figures = (
        f"{sign} * COALESCE({result}.{measure}, 0), CASE WHEN {result}.{measure} IS NULL THEN 0 ELSE {sign} END"
        for measure in SUMMED
    )
    return f"SELECT {standing}.commune_id, {result}.year, {support}, {standing}.active, {sign}, {', '.join(figures)}"


def grouped(keys: Iterable[str], figures: Iterable[str], rows: str) -> str:
    """One row for each of the keys, with the sums of the figures."""
    keys, figures = tuple(keys), tuple(figures)
    summed = ", ".join(f"CAST(SUM({name}) AS bigint) AS {name}" for name in figures)
    named = ", ".join((*keys, *figures))
    whole = f"WITH part ({named}) AS ({rows}) SELECT {', '.join(keys)}, {summed} FROM part GROUP BY {', '.join(keys)}"
    return f"SELECT {named} FROM ({whole}) whole WHERE n <> 0"


def adding(table: str, keys: Iterable[str], figures: Iterable[str], rows: str, merged: bool) -> str:
    """Put rows into a table of sums; ``merged``: into the rows that are there, else beside them."""
    keys, figures = tuple(keys), tuple(figures)
    put = f"INSERT INTO {table} ({', '.join((*keys, *figures))}) {rows}"
    if not merged:
        return put
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in figures)
    return f"{put} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {added}"


def triggers(merged: bool) -> list[Trigger]:
    """Every trigger; ``merged`` as in ``adding``."""

    def count(standing: str, sign: int) -> str:
        return adding(COUNT, COUNT_KEYS, COUNT_FIGURES, f"{counts(standing, sign)} WHERE true", merged)

    def sum_of(result: str, sign: int) -> str:
        rows = f"{sums('s', result, sign)} FROM {STANDING} s WHERE s.establishment_id = {result}.establishment_id"
        return adding(SUM, SUM_KEYS, SUM_FIGURES, rows, merged)

    def all_sums(standing: str, sign: int) -> str:
        rows = f"{sums(standing, 'r', sign)} FROM {RESULT} r WHERE r.establishment_id = {standing}.establishment_id"
        return adding(SUM, SUM_KEYS, SUM_FIGURES, rows, merged)

    def refresh(touched: str) -> str:
        facts = ", ".join(_TOLD[name] for name in changing)
        anew = f"SELECT {facts} {_from()} WHERE e.id = {STANDING}.establishment_id"
        return f"UPDATE {STANDING} SET ({', '.join(changing)}) = ({anew}) WHERE establishment_id IN ({touched})"

    def of_project(row: str) -> str:
        return f"SELECT establishment_id FROM {THROUGH} WHERE project_id = {row}.id"

    def refreshing(name: str, table: str, event: str, touched: str, differ: tuple[str, ...] = ()) -> Trigger:
        return Trigger(name, table, event, (refresh(touched),), touched, differ)

    changing = NAMES[1:]
    old, new = "OLD.establishment_id", "NEW.establishment_id"
    return [
        Trigger("standing_born", ESTABLISHMENT, "INSERT",
                (f"INSERT INTO {STANDING} ({COLUMNS}) {TOLD} WHERE e.id = NEW.id",)),
        refreshing("standing_told", ESTABLISHMENT, "UPDATE", "NEW.id", CARD),
        Trigger("standing_gone", ESTABLISHMENT, "DELETE", (f"DELETE FROM {STANDING} WHERE establishment_id = OLD.id",)),
        refreshing("standing_moved", UNIT, "UPDATE",
                   f"SELECT establishment_id FROM {STANDING} WHERE commune_id = NEW.id", ("parent_id",)),
        Trigger("standing_result_added", RESULT, "INSERT", (sum_of("NEW", 1), refresh(new)), new),
        Trigger("standing_result_taken", RESULT, "DELETE", (sum_of("OLD", -1), refresh(old)), old),
        Trigger("standing_result_changed", RESULT, "UPDATE",
                (sum_of("OLD", -1), sum_of("NEW", 1), refresh(f"{old}, {new}")), f"{old}, {new}"),
        refreshing("standing_support_added", THROUGH, "INSERT", new),
        refreshing("standing_support_taken", THROUGH, "DELETE", old),
        refreshing("standing_support_changed", THROUGH, "UPDATE", f"{old}, {new}"),
        refreshing("standing_project_changed", PROJECT, "UPDATE", of_project("NEW"), ("accepted_year", "state")),
        refreshing("standing_project_gone", PROJECT, "DELETE", of_project("OLD")),
        Trigger("standing_counted", STANDING, "INSERT", (count("NEW", 1), all_sums("NEW", 1))),
        Trigger("standing_uncounted", STANDING, "DELETE", (count("OLD", -1), all_sums("OLD", -1))),
        Trigger("standing_recounted", STANDING, "UPDATE", (count("OLD", -1), count("NEW", 1)), differ=COUNTED),
        Trigger("standing_summed_anew", STANDING, "UPDATE", (all_sums("OLD", -1), all_sums("NEW", 1)), differ=MOVING),
    ]  # fmt: skip
