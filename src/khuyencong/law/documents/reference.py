"""The legal documents of the field, their relations and the provisions that norms rest on.

Titles are short forms and provisions are summaries in our own words, marked as such: the wording of the law
comes in when an officer imports the file of the document.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from khuyencong.core import audit
from khuyencong.core.reference import day, rows
from khuyencong.law.documents.actions.editions import told_provisions
from khuyencong.law.documents.actions.settling import Settling, latest, untouched
from khuyencong.law.documents.models import Edition, LegalDocument, Parameter, Provision, Relation
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.rules.references import read_path
from khuyencong.places.models import Unit

_PACKAGE = "khuyencong.law.documents"


def load(settling: Settling) -> dict[str, LegalDocument]:
    """Settle the documents with what they hold; all of them by code."""
    known = {one.code: one for one in LegalDocument.objects.all()}
    ours: list[Edition] = []
    for row in rows(_PACKAGE, "documents.csv"):
        values = _values(row)
        document = known.get(row["code"]) or known.get(row["formerly"])
        if document is not None:
            known[row["code"]] = document
            edition = latest(document.editions.all())
            is_ours = edition is not None and untouched(edition)
            if is_ours:
                settling.mend(document, {"code": row["code"], "number": row["number"]})
            settling.put(Edition, edition, values)
        elif (theirs := _entered(row, values)) is not None:
            known[row["code"]] = theirs
            continue
        else:
            document = known[row["code"]] = settling.add(LegalDocument(code=row["code"], number=row["number"]))
            edition, is_ours = settling.add(Edition(document=document, **values)), True
        if is_ours and edition is not None:
            ours.append(edition)
    _settle_contents(settling, ours, known)
    return known


def dated(row: dict[str, str], documents: dict[str, LegalDocument]) -> dict[str, Any]:
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
        "source": row.get("source", ""),
    }


def load_parameters(settling: Settling, documents: dict[str, LegalDocument]) -> None:
    """Settle the parameters: what no document sets is the province's own rule, for it to confirm or to change."""
    stored: dict[tuple[str, str], list[Parameter]] = defaultdict(list)
    for one in Parameter.objects.order_by("valid_from"):
        stored[one.code, " ".join(one.contents)].append(one)
    wanted: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows(_PACKAGE, "parameters.csv"):
        wanted[row["code"], row["contents"]].append(row)
    for key, lines in wanted.items():
        there = stored[key]
        ours = all(map(untouched, there))
        # The newest line takes the place of what stands; older ones are added where the product may write at all.
        in_use = [one for one in there if one.state == Record.State.ADOPTED] or there
        settling.put(Parameter, in_use[-1] if in_use else None, _parameter(lines[-1], documents))
        known = {one.valid_from for one in there}
        for row in lines[:-1]:
            if ours and day(row["valid_from"]) not in known:
                settling.add(Parameter(**_parameter(row, documents)))


def _parameter(row: dict[str, str], documents: dict[str, LegalDocument]) -> dict[str, Any]:
    return dated(row, documents) | {
        "value": Decimal(row["value"]) if row["value"] else None,
        "unit": row["unit"],
        "month": int(row["month"]) if row["month"] else None,
        "day": int(row["day"]) if row["day"] else None,
        "fund": row["fund"],
        "contents": row["contents"].split(),
    }


def _values(row: dict[str, str]) -> dict[str, Any]:
    level, _, code = row["level"].partition(":")
    return {
        "state": Record.State.ADOPTED,
        "kind": row["kind"],
        "issuer": row["issuer"],
        "level": level,
        "province": Unit.objects.get(kind=Unit.Kind.PROVINCE, code=code, valid_to=None) if code else None,
        "title": row["title"],
        "signed": day(row["signed"]),
        "in_force_from": day(row["in_force_from"]),
        "in_force_precision": row["precision"],
        "in_force_certainty": row["in_force_certainty"],
        "expires": day(row["expires"]),
        "certainty": row["certainty"],
        "source": row["source"],
        "tags": row["tags"],
        "note": row["note"],
    }


def _entered(row: dict[str, str], values: dict[str, Any]) -> LegalDocument | None:
    """The document of this number that an officer entered before the product knew it."""
    same = Edition.objects.filter(
        document__number__iexact=row["number"],
        level=values["level"],
        province=values["province"],
        state=Record.State.ADOPTED,
    )
    found = same.select_related("document").first() if row["number"] else None
    return found.document if found else None


def _settle_contents(settling: Settling, ours: list[Edition], known: dict[str, LegalDocument]) -> None:
    codes = {document.pk: code for code, document in known.items()}
    relations, provisions = _by("relations.csv", "source"), _by("provisions.csv", "document")
    for edition in ours:
        code = codes[edition.document_id]
        links = [_relation(edition, row, known) for row in relations[code]]
        texts = _provisions(edition, provisions[code])
        before = _told(edition.relations.all(), edition.provisions.all())
        after = _told(links, texts)
        if before == after:
            continue
        edition.relations.all().delete()
        edition.provisions.all().delete()
        _save(texts)
        Relation.objects.bulk_create(links)
        edition.fold()
        edition.save(update_fields=["search_head", "search_text"])
        carried = {"provisions": told_provisions(texts), "relations": [audit.snapshot(one) for one in links]}
        settling.contents(edition, carried, before, after)


def _by(name: str, column: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(_PACKAGE, name):
        found[row[column]].append(row)
    return found


def _relation(edition: Edition, row: dict[str, str], known: dict[str, LegalDocument]) -> Relation:
    return Relation(
        edition=edition,
        source_path=row["source_path"],
        kind=row["kind"],
        target=known[row["target"]],
        target_path=row["target_path"],
        effective_from=day(row["from"]),
        effective_to=day(row["to"]),
        certainty=row["certainty"],
    )


def _provisions(edition: Edition, lines: list[dict[str, str]]) -> list[Provision]:
    """The summaries in their order; what belongs to no article (the forms in an annex) has no path."""
    made: list[Provision] = []
    by_path: dict[str, Provision] = {}
    for position, row in enumerate(lines):
        reference = read_path(row["path"])
        kind = Provision.Kind.PART
        if reference is not None:
            kind = Provision.Kind.CLAUSE if reference.clause else Provision.Kind.ARTICLE
        one = Provision(
            edition=edition,
            parent=by_path.get(row["path"].rpartition(".")[0]) if row["path"] else None,
            kind=kind,
            label=(reference.clause or reference.article) if reference else "PL",
            path=row["path"],
            heading=row["heading"],
            text=row["text"],
            is_summary=True,
            position=position,
        )
        made.append(one)
        by_path[row["path"]] = one
    return made


def _save(provisions: list[Provision]) -> None:
    for one in provisions:
        one.parent_id = one.parent.pk if one.parent else None
        one.save()


def _told(*groups: Any) -> list[list[str]]:
    """Relations and provisions in words, to be held against each other."""
    links, texts = groups
    return [
        sorted(f"{one.get_kind_display()} {one.target} {one.effective_from or ''} ({one.certainty})" for one in links),
        [f"{one.path}: {one.heading}. {one.text}" for one in texts],
    ]
