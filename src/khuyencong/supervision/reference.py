"""Reference data of the room: the check-list. Written for this product; a province puts its own in its place."""

import datetime as dt

from khuyencong.core import audit
from khuyencong.core.reference import rows
from khuyencong.supervision.models import ChecklistItem


def load() -> None:
    """Write the check-list, when there is none."""
    if ChecklistItem.objects.exists():
        return
    with audit.writing(None):
        for position, row in enumerate(rows("khuyencong.supervision", "checklist.csv")):
            ChecklistItem.objects.create(
                code=row["code"],
                question=row["question"],
                position=position,
                valid_from=dt.date.fromisoformat(row["valid_from"]),
            )
