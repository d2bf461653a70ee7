"""Reference data of the projects: the kinds of activity of Article 4 of decree 45/2012/NĐ-CP.

The list was written down from memory, finer than the article where support norms differ; each entry is
unverified until an officer has compared it with the article. The two kinds that decree 235/2025/NĐ-CP added
are known from the press of October 2025.
"""

import csv
import datetime as dt
from importlib.resources import files

from django.db import transaction

from khuyencong.core.models import InstallationFact
from khuyencong.projects.models import ActivityType

_VERSION = "1"


def load() -> None:
    """Write the reference data of this version, once."""
    if InstallationFact.read("activity-types") == _VERSION:
        return
    text = files("khuyencong.projects").joinpath("data/activity_types.csv").read_text("utf-8")
    with transaction.atomic():
        for position, row in enumerate(csv.DictReader(text.splitlines())):
            ActivityType.objects.update_or_create(
                code=row["code"],
                defaults={
                    "name": row["name"],
                    "provision": row["provision"],
                    "verified": row["verified"] == "yes",
                    "valid_from": dt.date.fromisoformat(row["valid_from"]),
                    "valid_to": dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                    "position": position,
                },
            )
        InstallationFact.write("activity-types", _VERSION)
