"""The yearly report in plain SQL on the operational tables: written apart from the product, to be held against it."""

from collections import defaultdict

from django.db import connection

# One row for each project, establishment and event; money split in whole đồng, the remainder to the first ones.
_FACTS = """
WITH member AS (
    SELECT project_id, establishment_id,
           ROW_NUMBER() OVER (PARTITION BY project_id ORDER BY establishment_id) AS place,
           COUNT(*) OVER (PARTITION BY project_id) AS n
    FROM projects_project_establishments
), happened AS (
    SELECT project_id, target AS event FROM projects_step WHERE target <> 'accepted'
    GROUP BY project_id, target HAVING MIN(day) BETWEEN '{year}-01-01' AND '{year}-12-31'
    UNION ALL
    SELECT id, 'accepted' FROM projects_project WHERE accepted_year = {year}
), fact AS (
    SELECT h.event, p.fund, a.code AS content, u.code AS commune, COALESCE(g.code, '') AS trade,
           CASE WHEN m.place = 1 THEN 1 ELSE 0 END AS lead, m.establishment_id AS establishment,
           p.support_amount / m.n + CASE WHEN m.place <= p.support_amount % m.n THEN 1 ELSE 0 END AS support,
           p.counterpart / m.n + CASE WHEN m.place <= p.counterpart % m.n THEN 1 ELSE 0 END AS counterpart,
           p.blended / m.n + CASE WHEN m.place <= p.blended % m.n THEN 1 ELSE 0 END AS blended,
           p.total_cost / m.n + CASE WHEN m.place <= p.total_cost % m.n THEN 1 ELSE 0 END AS investment,
           COALESCE(p.expected_jobs, 0) / m.n
             + CASE WHEN m.place <= COALESCE(p.expected_jobs, 0) % m.n THEN 1 ELSE 0 END AS jobs
    FROM happened h
    JOIN projects_project p ON p.id = h.project_id
    JOIN member m ON m.project_id = p.id
    JOIN law_activitytype a ON a.id = p.activity_id
    JOIN establishments_establishment e ON e.id = m.establishment_id
    JOIN places_unit u ON u.id = e.commune_id
    LEFT JOIN law_eligiblegroup g ON g.id = e.eligible_group_id
), paid AS (
    SELECT p.fund, u.code AS commune, a.code AS content,
           (CASE WHEN y.kind = 'recovery' THEN -1 ELSE 1 END)
             * (y.amount / m.n + CASE WHEN m.place <= y.amount % m.n THEN 1 ELSE 0 END) AS amount,
           CASE WHEN y.kind = 'recovery' THEN y.amount / m.n ELSE 0 END AS recovered
    FROM projects_payment y
    JOIN projects_contract c ON c.id = y.contract_id
    JOIN projects_project p ON p.id = c.project_id
    JOIN member m ON m.project_id = p.id
    JOIN law_activitytype a ON a.id = p.activity_id
    JOIN establishments_establishment e ON e.id = m.establishment_id
    JOIN places_unit u ON u.id = e.commune_id
    WHERE y.paid_on BETWEEN '{year}-01-01' AND '{year}-12-31'
), result AS (
    SELECT r.*, u.code AS commune,
           EXISTS (SELECT 1 FROM projects_project_establishments l JOIN projects_project p ON p.id = l.project_id
                   WHERE l.establishment_id = r.establishment_id AND p.accepted_year <= {year}) AS supported
    FROM establishments_yearlyresult r
    JOIN establishments_establishment e ON e.id = r.establishment_id
    JOIN places_unit u ON u.id = e.commune_id
    WHERE r.year = {year}
), visit AS (
    SELECT v.id, (SELECT COUNT(*) FROM supervision_finding f WHERE f.visit_id = v.id) AS findings
    FROM supervision_visit v
    WHERE v.state = 'done' AND v.done_on BETWEEN '{year}-01-01' AND '{year}-12-31'
)
"""
_EVENTS = ("submitted", "approved", "planned", "contracted", "accepted", "settled", "terminated")
_SUMS = """SUM(lead), SUM(support), SUM(counterpart), SUM(blended), SUM(investment), SUM(jobs),
COUNT(DISTINCT establishment)"""
_RESULTS = ("workers", "women", "ethnic_minority", "revenue", "output_value", "value_added", "tax_paid",
            "export_value", "profit", "investment")  # fmt: skip


def rows(year, query):
    """What a query over the facts of a year gives."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS.format(year=year) + query)
        return cursor.fetchall()


def indicators(year, by="", where="1 = 1"):
    """Indicator -> member of the breakdown -> value; without a breakdown the member is the empty text."""
    found = defaultdict(dict)
    key, group = (f"{by}, ", f" GROUP BY {by}") if by else ("'', ", "")
    for event in _EVENTS:
        for member, *values in rows(year, f"SELECT {key}{_SUMS} FROM fact WHERE event = '{event}' AND {where}{group}"):
            names = (f"projects_{event}", f"support_{event}", f"counterpart_{event}", f"blended_{event}",
                     f"investment_{event}", "jobs_expected", "establishments_supported")  # fmt: skip
            for name, value in zip(names, values, strict=True):
                if event == "accepted" or name.startswith(("projects", "support")):
                    found[name][member] = int(value or 0)
    if by in ("", "fund", "commune", "content"):
        for member, amount, back in rows(
            year, f"SELECT {key}SUM(amount), SUM(recovered) FROM paid WHERE {where}{group}"
        ):
            found["disbursed"][member], found["recovered"][member] = int(amount or 0), int(back or 0)
    if by in ("", "commune") and where == "1 = 1":
        _add_results(found, year, key, group)
    if not by:
        ((count, findings),) = rows(year, "SELECT COUNT(*), COALESCE(SUM(findings), 0) FROM visit")
        found["inspections"][""], found["findings"][""] = count, int(findings)
    return found


def _add_results(found, year, key, group):
    sums = ", ".join(f"SUM({name})" for name in _RESULTS)
    for kind, only in (("", "1 = 1"), ("_supported", "supported")):
        for member, count, *values in rows(year, f"SELECT {key}COUNT(*), {sums} FROM result WHERE {only}{group}"):
            found[f"results_reported{kind}"][member] = count
            for name, value in zip(_RESULTS, values, strict=True):
                found[f"{name}{kind}"][member] = None if value is None else int(value)


def plan(year, by=""):
    """The lines of the adopted plan of a year, by fund or altogether; nothing where there is no plan."""
    key, group = (f"{by}, ", f"GROUP BY {by}") if by else ("'', ", "HAVING COUNT(*) > 0")
    return dict(rows(year, _PLAN.format(key=key, group=group, year=year)))


_PLAN = """SELECT {key}SUM(l.amount) FROM planning_planline l JOIN planning_annualplan y ON y.id = l.plan_id
WHERE y.year = {year} AND y.state = 'adopted' {group}"""


def districts():
    """Commune -> the old district that most of it came from, in SQL."""
    query = """
    SELECT commune, district FROM (
        SELECT u.code AS commune, d.name AS district,
               ROW_NUMBER() OVER (PARTITION BY u.code ORDER BY COUNT(*) DESC, d.folded) AS place
        FROM places_succession s
        JOIN places_unit f ON f.id = s.former_id
        JOIN places_unit d ON d.id = f.parent_id
        JOIN places_unit u ON u.id = s.current_id
        JOIN places_unit p ON p.id = u.parent_id
        WHERE f.kind = 'commune' AND u.valid_to IS NULL AND p.code = '04'
        GROUP BY u.code, d.name, d.folded
    ) ranked WHERE place = 1"""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())
