"""Reference data of the projects: the lines of the appraisal sheet.

What an appraisal looks at was written down from memory; the points are a proposal of this product. A province
puts its own lines in their place, from a day on.
"""

import csv
import datetime as dt
from importlib.resources import files

from khuyencong.projects.appraisal.models import AppraisalCriterion


def load() -> None:
    """Write the lines, when there are none."""
    if AppraisalCriterion.objects.exists():
        return
    text = files("khuyencong.projects").joinpath("data/appraisal_criteria.csv").read_text("utf-8")
    for position, row in enumerate(csv.DictReader(text.splitlines())):
        AppraisalCriterion.objects.create(
            code=row["code"],
            name=row["name"],
            most=int(row["most"]),
            least=int(row["least"]),
            position=position,
            valid_from=dt.date.fromisoformat(row["valid_from"]),
        )
