"""Reference data of the room: the other programmes whose money may meet ours; from memory, to be checked."""

from khuyencong.core import audit
from khuyencong.core.reference import day, rows
from khuyencong.law.models import LegalDocument
from khuyencong.planning.models import OtherProgramme


def load() -> None:
    """Write the programmes that are not there; fill in those that a migration knew by name only (without source)."""
    wanted = rows("khuyencong.planning", "programmes.csv")
    known = dict(OtherProgramme.objects.values_list("code", "source"))
    if all(known.get(row["code"]) for row in wanted):
        return
    documents = {one.code: one for one in LegalDocument.objects.all()}
    with audit.writing(None):
        made = [_write(row, position, documents) for position, row in enumerate(wanted) if not known.get(row["code"])]
        audit.record([audit.Change("reference", one, None, audit.snapshot(one)) for one in made])


def _write(row: dict[str, str], position: int, documents: dict[str, LegalDocument]) -> OtherProgramme:
    values = {
        "name": row["name"],
        "agency": row["agency"],
        "document": documents.get(row["document"]),
        "valid_from": day(row["valid_from"]),
        "valid_to": day(row["valid_to"]),
        "certainty": row["certainty"],
        "source": row["source"],
        "position": position,
    }
    return OtherProgramme.objects.update_or_create(code=row["code"], defaults=values)[0]
