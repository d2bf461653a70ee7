"""What may be supported, and in which industries: Articles 4 and 5 of decree 45/2012/NĐ-CP.

The list of contents was written down from memory, finer than the article where support norms differ; each
entry is unverified until an officer has compared it with the article. The two kinds that decree
235/2025/NĐ-CP added are known from the press of October 2025. The groups of industries are those of
Article 5 as a provincial regulation repeats them.
"""

from khuyencong.law.documents.reference_rows import day, rows
from khuyencong.law.norms.contents import ActivityType, EligibleGroup


def load() -> None:
    """Write the contents and the groups of industries."""
    for position, row in enumerate(rows("activity_types.csv")):
        ActivityType.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "provision": row["provision"],
                "verified": row["verified"] == "yes",
                "direct": row["direct"] == "yes",
                "valid_from": day(row["valid_from"]),
                "valid_to": day(row["valid_to"]),
                "position": position,
            },
        )
    for position, row in enumerate(rows("eligible_groups.csv")):
        EligibleGroup.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "provision": row["provision"],
                "verified": row["verified"] == "yes",
                "position": position,
            },
        )
