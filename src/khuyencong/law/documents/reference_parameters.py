"""Deadlines, years of reporting and shares that no article known here fixes: a proposal for the province to confirm."""

from khuyencong.core import audit
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.parameters import Parameter
from khuyencong.law.documents.reference_rows import rows
from khuyencong.law.eligibility.reference import dated


def load(documents: dict[str, LegalDocument]) -> None:
    """Write the parameters, when there are none."""
    if Parameter.objects.exists():
        return
    made = [
        Parameter(value=int(row["value"]), unit=row["unit"], **dated(row, documents)) for row in rows("parameters.csv")
    ]
    for one in made:
        one.save()
    audit.record(None, [audit.Change("reference", one, None, audit.snapshot(one)) for one in made])
