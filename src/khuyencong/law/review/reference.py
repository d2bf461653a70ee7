"""What the law asks of a province: its own duties, with their deadlines."""

from khuyencong.core.reference import day, rows
from khuyencong.law.documents.actions.settling import Settling, latest
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.law.review.models import LocalDuty


def load(settling: Settling, documents: dict[str, LegalDocument]) -> None:
    """Settle the duties."""
    for row in rows("khuyencong.law.review", "duties.csv"):
        document = documents[row["document"]]
        wanted = {
            "state": Record.State.ADOPTED,
            "document": document,
            "path": row["path"],
            "asks": row["asks"],
            "issuer": row["issuer"],
            "deadline": day(row["deadline"]),
            "certainty": row["certainty"],
        }
        same = LocalDuty.objects.filter(document=document, path=row["path"])
        settling.put(LocalDuty, latest(same), wanted)
