"""What may be supported: Article 4 of decree 45/2012/NĐ-CP, its nine clauses, finer where support norms differ.

What decree 235/2025/NĐ-CP added is known from the press of October 2025.
"""

from khuyencong.core.reference import day, rows
from khuyencong.law.documents.actions.settling import Settling
from khuyencong.law.norms.models import ActivityType


def load(settling: Settling) -> None:
    """Settle the contents; no page lets anybody change them."""
    stored = {one.code: one for one in ActivityType.objects.all()}
    for position, row in enumerate(rows("khuyencong.law.norms", "activity_types.csv")):
        wanted = {
            "code": row["code"],
            "name": row["name"],
            "provision": row["provision"],
            "verified": row["verified"] == "yes",
            "direct": row["direct"] == "yes",
            "valid_from": day(row["valid_from"]),
            "valid_to": day(row["valid_to"]),
            "position": position,
        }
        settling.put(ActivityType, stored.get(row["code"]), wanted)
