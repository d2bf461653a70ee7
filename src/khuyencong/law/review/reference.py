"""What decree 235/2025/NĐ-CP asks of a province: its own duties, with their deadlines."""

from khuyencong.core import audit
from khuyencong.core.reference import day, rows
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.law.review.models import LocalDuty


def load(documents: dict[str, LegalDocument]) -> None:
    """Write the duties, when there are none."""
    if LocalDuty.objects.exists():
        return
    made = [
        LocalDuty.objects.create(
            state=Record.State.ADOPTED,
            document=documents[row["document"]],
            path=row["path"],
            asks=row["asks"],
            issuer=row["issuer"],
            deadline=day(row["deadline"]),
            certainty=row["certainty"],
        )
        for row in rows("khuyencong.law.review", "duties.csv")
    ]
    audit.record([audit.Change("reference", one, None, audit.snapshot(one)) for one in made])
