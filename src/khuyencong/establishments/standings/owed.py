"""Which results are owed: of every year that the rule asks for after acceptance, by establishments that still work.

A row for each project that asks, so that two of them for one year are two rows. No clock: years to come stand here too.
How many years the rule asks for is told by the day of acceptance, else by the last day of its year; what Python says of
it (``projects.results.queries.result_years``) a test holds this to.
"""

from khuyencong.establishments.standings.statements import ESTABLISHMENT, PROJECT, RESULT, THROUGH, Trigger

TABLE = "establishments_owedresult"
COLUMNS = "establishment_id, project_id, year, commune_id"
PARAMETER, RULE = "law_parameter", "results-years"

_AFTER = (
    "(WITH RECURSIVE counted(after) AS (SELECT 1 UNION ALL SELECT after + 1 FROM counted"
    f" WHERE after < (SELECT MAX(value) FROM {PARAMETER} WHERE code = '{RULE}')) SELECT after FROM counted)"
)


def told(sqlite: bool) -> str:
    """Every row as it should be; ``AND ...`` narrows it to some establishments ``e``."""
    last_day = "p.accepted_year || '-12-31'" if sqlite else "make_date(p.accepted_year, 12, 31)"
    day = f"COALESCE(p.accepted_on, {last_day})"
    asked_for = (
        f"SELECT q.value FROM {PARAMETER} q WHERE q.code = '{RULE}' AND q.state = 'adopted' AND q.valid_from <= {day}"
        f" AND (q.valid_to IS NULL OR {day} <= q.valid_to) ORDER BY q.valid_from DESC LIMIT 1"
    )
    year = "p.accepted_year + asked.after"
    return (
        f"SELECT e.id, p.id, {year}, e.commune_id FROM {THROUGH} t JOIN {PROJECT} p ON p.id = t.project_id"
        f" JOIN {ESTABLISHMENT} e ON e.id = t.establishment_id JOIN {_AFTER} asked ON asked.after <= ({asked_for})"
        " WHERE p.accepted_year IS NOT NULL AND e.status = 'active'"
        f" AND NOT EXISTS (SELECT 1 FROM {RESULT} r WHERE r.establishment_id = e.id AND r.year = {year})"
    )


def anew(touched: str, sqlite: bool) -> tuple[str, str]:
    """Work out anew what these establishments owe."""
    return (
        f"DELETE FROM {TABLE} WHERE establishment_id IN ({touched})",
        f"INSERT INTO {TABLE} ({COLUMNS}) {told(sqlite)} AND e.id IN ({touched})",
    )


def triggers(sqlite: bool) -> list[Trigger]:
    """Everything that may change what is owed."""

    def after(name: str, table: str, event: str, touched: str, *differ: str) -> Trigger:
        return Trigger(f"owed_{name}", table, event, anew(touched, sqlite), touched, differ)

    def of_project(row: str) -> str:
        return f"SELECT establishment_id FROM {THROUGH} WHERE project_id = {row}.id"

    def of_rule(*rows: str) -> str:
        codes = ", ".join(f"{row}.code" for row in rows)
        return f"SELECT establishment_id FROM {THROUGH} WHERE '{RULE}' IN ({codes})"

    old, new = "OLD.establishment_id", "NEW.establishment_id"
    return [
        after("told", ESTABLISHMENT, "UPDATE", "NEW.id", "commune_id", "status"),
        after("gone", ESTABLISHMENT, "DELETE", "OLD.id"),
        after("result_added", RESULT, "INSERT", new),
        after("result_taken", RESULT, "DELETE", old),
        after("result_changed", RESULT, "UPDATE", f"{old}, {new}", "establishment_id", "year"),
        after("support_added", THROUGH, "INSERT", new),
        after("support_taken", THROUGH, "DELETE", old),
        after("support_changed", THROUGH, "UPDATE", f"{old}, {new}"),
        after("project_changed", PROJECT, "UPDATE", of_project("NEW"), "accepted_year", "accepted_on"),
        after("project_gone", PROJECT, "DELETE", of_project("OLD")),
        after("rule_added", PARAMETER, "INSERT", of_rule("NEW")),
        after("rule_taken", PARAMETER, "DELETE", of_rule("OLD")),
        after("rule_changed", PARAMETER, "UPDATE", of_rule("OLD", "NEW")),
    ]
