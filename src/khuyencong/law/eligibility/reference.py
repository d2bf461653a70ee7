"""Who may be supported and what comes first: decree 45/2012/NĐ-CP and, from 15/10/2025, decree 235/2025/NĐ-CP.

The points of the priority criteria are a proposal of this product for the province to change: the decree
names what has priority, not how much it weighs.
"""

from khuyencong.core import audit
from khuyencong.core.reference import rows
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.reference import dated
from khuyencong.law.eligibility.models import EligibilityRule, EligibleGroup, PriorityCriterion


def load(documents: dict[str, LegalDocument]) -> None:
    """Write the rules and criteria, each when there are none of its kind."""
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
            for row in rows("khuyencong.law.eligibility", "eligibility.csv")
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
            for row in rows("khuyencong.law.eligibility", "priorities.csv")
        ]
    for one in made:
        one.save()
    audit.record([audit.Change("reference", one, None, audit.snapshot(one)) for one in made])


def load_groups() -> None:
    """Write the groups of industries: those of Article 5 as a provincial regulation repeats them."""
    for position, row in enumerate(rows("khuyencong.law.eligibility", "eligible_groups.csv")):
        EligibleGroup.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "provision": row["provision"],
                "verified": row["verified"] == "yes",
                "position": position,
            },
        )
