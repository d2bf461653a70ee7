"""What may be supported: Article 4 of decree 45/2012/NĐ-CP.

The list of contents was written down from memory, finer than the article where support norms differ; each
entry is unverified until an officer has compared it with the article. The two kinds that decree
235/2025/NĐ-CP added are known from the press of October 2025.
"""

from khuyencong.core.reference import day, rows
from khuyencong.law.norms.models import ActivityType


def load() -> None:
    """Write the contents."""
    for position, row in enumerate(rows("khuyencong.law.norms", "activity_types.csv")):
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
