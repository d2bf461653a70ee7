"""The legal documents of the field, their relations and the provisions that norms rest on.

Titles are short forms and provisions are summaries in our own words, marked as such: the wording of the law
comes in when an officer imports the file of the document.
"""

from khuyencong.core import audit
from khuyencong.core.reference import day, rows
from khuyencong.law.documents.models import Edition, LegalDocument, Parameter, Provision, Relation
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.rules.references import read_path
from khuyencong.places.models import Unit


def load() -> dict[str, LegalDocument]:
    """Write the documents that are not there yet; all of them by code."""
    known = {one.code: one for one in LegalDocument.objects.all()}
    made: dict[str, Edition] = {}
    for row in rows("khuyencong.law.documents", "documents.csv"):
        if row["code"] not in known:
            document = LegalDocument.objects.create(code=row["code"], number=row["number"])
            known[document.code] = document
            made[document.code] = _edition(document, row)
    _relations(made, known)
    _provisions(made)
    audit.record([audit.Change("reference", one.document, None, audit.snapshot(one)) for one in made.values()])
    return known


def _edition(document: LegalDocument, row: dict[str, str]) -> Edition:
    level, _, code = row["level"].partition(":")
    province = Unit.objects.get(kind=Unit.Kind.PROVINCE, code=code, valid_to=None) if code else None
    edition = Edition(
        document=document,
        state=Record.State.ADOPTED,
        kind=row["kind"],
        issuer=row["issuer"],
        level=level,
        province=province,
        title=row["title"],
        signed=day(row["signed"]),
        in_force_from=day(row["in_force_from"]),
        in_force_precision=row["precision"],
        in_force_certainty=row["in_force_certainty"],
        expires=day(row["expires"]),
        certainty=row["certainty"],
        source=row["source"],
        note=row["note"],
    )
    edition.fold()
    edition.save()
    return edition


def _relations(made: dict[str, Edition], known: dict[str, LegalDocument]) -> None:
    Relation.objects.bulk_create(
        Relation(
            edition=made[row["source"]],
            source_path=row["source_path"],
            kind=row["kind"],
            target=known[row["target"]],
            target_path=row["target_path"],
            effective_from=day(row["from"]),
            effective_to=day(row["to"]),
            certainty=row["certainty"],
        )
        for row in rows("khuyencong.law.documents", "relations.csv")
        if row["source"] in made
    )


def _provisions(made: dict[str, Edition]) -> None:
    written: dict[tuple[str, str], Provision] = {}
    for position, row in enumerate(rows("khuyencong.law.documents", "provisions.csv")):
        edition, reference = made.get(row["document"]), read_path(row["path"])
        if edition is None or reference is None:
            continue
        kind = Provision.Kind.CLAUSE if reference.clause else Provision.Kind.ARTICLE
        written[edition.document.code, row["path"]] = Provision.objects.create(
            edition=edition,
            parent=written.get((edition.document.code, row["path"].rpartition(".")[0])),
            kind=kind,
            label=reference.clause or reference.article,
            path=row["path"],
            heading=row["heading"],
            text=row["text"],
            is_summary=True,
            position=position,
        )
    for edition in {provision.edition for provision in written.values()}:
        edition.fold()
        edition.save(update_fields=["search_text"])


def dated(row: dict[str, str], documents: dict[str, LegalDocument]) -> dict[str, object]:
    """What every dated rule has, from a line of a data file."""
    return {
        "state": Record.State.ADOPTED,
        "code": row["code"],
        "name": row["name"],
        "valid_from": day(row["valid_from"]),
        "valid_to": day(row["valid_to"]),
        "document": documents.get(row["document"]),
        "path": row["path"],
        "certainty": row["certainty"],
    }


def load_parameters(documents: dict[str, LegalDocument]) -> None:
    """Write the parameters, when there are none: what no article known here fixes is for the province to confirm."""
    if Parameter.objects.exists():
        return
    made = [
        Parameter.objects.create(value=int(row["value"]), unit=row["unit"], **dated(row, documents))
        for row in rows("khuyencong.law.documents", "parameters.csv")
    ]
    audit.record([audit.Change("reference", one, None, audit.snapshot(one)) for one in made])
