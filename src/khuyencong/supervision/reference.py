"""Reference data of the room: the check-list. Written for this product; a province puts its own in its place."""

import csv
import datetime as dt
from importlib.resources import files

from khuyencong.core import audit
from khuyencong.supervision.models import ChecklistItem


def load() -> None:
    """Write the check-list, when there is none."""
    if ChecklistItem.objects.exists():
        return
    text = files("khuyencong.supervision").joinpath("data/checklist.csv").read_text("utf-8")
    with audit.writing(None):
        for position, row in enumerate(csv.DictReader(text.splitlines())):
            ChecklistItem.objects.create(
                code=row["code"],
                question=row["question"],
                position=position,
                valid_from=dt.date.fromisoformat(row["valid_from"]),
            )
