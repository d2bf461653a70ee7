"""Who may be supported and what comes first: decree 45/2012/NĐ-CP and, from 15/10/2025, decree 235/2025/NĐ-CP.

The points of the priority criteria are a proposal of this product for the province to change: the decree
names what has priority, not how much it weighs.
"""

from khuyencong.core import audit
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.reference_rows import day, rows
from khuyencong.law.eligibility.models import EligibilityRule, PriorityCriterion
from khuyencong.law.review.models import LocalDuty


def load(documents: dict[str, LegalDocument]) -> None:
    """Write the rules, criteria and duties, each when there are none of its kind."""
    made: list[Record] = []
    if not EligibilityRule.objects.exists():
        made += [
            EligibilityRule(
                kind=row["kind"],
                values=row["values"].split(),
                contents=row["contents"].split(),
                source=row["source"],
                **dated(row, documents),
            )
            for row in rows("eligibility.csv")
        ]
    if not PriorityCriterion.objects.exists():
        made += [
            PriorityCriterion(
                kind=row["kind"],
                values=row["values"].split(),
                threshold=int(row["threshold"]) if row["threshold"] else None,
                points=int(row["points"]),
                **dated(row, documents),
            )
            for row in rows("priorities.csv")
        ]
    if not LocalDuty.objects.exists():
        made += [
            LocalDuty(
                state=Record.State.ADOPTED,
                document=documents[row["document"]],
                path=row["path"],
                asks=row["asks"],
                issuer=row["issuer"],
                deadline=day(row["deadline"]),
                certainty=row["certainty"],
            )
            for row in rows("duties.csv")
        ]
    for one in made:
        one.save()
    audit.record(None, [audit.Change("reference", one, None, audit.snapshot(one)) for one in made])


def dated(row: dict[str, str], documents: dict[str, LegalDocument]) -> dict[str, object]:
    """What every dated rule has, from a line of a data file."""
    return {
        "state": Record.State.ADOPTED,
        "code": row["code"],
        "name": row["name"],
        "valid_from": day(row["valid_from"]),
        "valid_to": day(row["valid_to"]),
        "document": documents.get(row["document"]),
        "path": row["path"],
        "certainty": row["certainty"],
    }
