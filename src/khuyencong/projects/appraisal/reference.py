"""Reference data of the projects: the lines of the appraisal sheet.

What an appraisal looks at was written down from memory; the points are a proposal of this product. A province
puts its own lines in their place, from a day on.
"""

import datetime as dt

from khuyencong.core import audit
from khuyencong.core.reference import rows
from khuyencong.projects.appraisal.models import AppraisalCriterion


def load() -> None:
    """Write the lines, when there are none."""
    if AppraisalCriterion.objects.exists():
        return
    with audit.writing(None):
        for position, row in enumerate(rows("khuyencong.projects.appraisal", "appraisal_criteria.csv")):
            AppraisalCriterion.objects.create(
                code=row["code"],
                name=row["name"],
                most=int(row["most"]),
                least=int(row["least"]),
                position=position,
                valid_from=dt.date.fromisoformat(row["valid_from"]),
            )
