"""The legal data as the first edition of the product laid them down, read from its own files."""

import csv
import datetime as dt
from pathlib import Path

from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.law import models as law
from khuyencong.law.documents.rules.references import read_path
from khuyencong.places.models import Unit

_FILES = Path(__file__).parents[1] / "law" / "updates" / "first_edition"
_RULES = ("code", "name", "path", "certainty")


def lay_down():
    """Put the first edition in the place of what the database holds, as an installation of that day had it."""
    _clear()
    documents = _documents()
    made = [*_norms(documents), *_rules(documents), *_parameters(documents)]
    for one in made:
        one.state = "adopted"
        one.save()
    for row in _rows("norms.csv"):
        if row["multiplier"]:
            norm = law.SupportNorm.objects.get(content__code=row["content"], variant=row["variant"])
            facts = {"condition": row["multiplier"], "name": row["multiplier_name"], "factor": row["factor"]}
            law.NormMultiplier.objects.create(norm=norm, path=row["path"], **facts)
    with audit.writing(None):
        audit.record([audit.Change("reference", one, None, _said(one)) for one in made])
        editions = law.Edition.objects.select_related("document")
        # The first edition told of an edition under the name of its document.
        audit.record([audit.Change("reference", one.document, None, audit.snapshot(one)) for one in editions])
    InstallationFact.write("law", "2")


def _said(one):
    """A record of that day: a parameter was a whole number, and had no other columns."""
    told = audit.snapshot(one)
    if isinstance(one, law.Parameter):
        told = {name: told[name] for name in told if name not in ("month", "day", "fund", "contents", "province_id")}
        told["value"] = int(one.value)
    return told


def _clear():
    for model in (law.NormMultiplier, law.SupportNorm, law.EligibilityRule, law.PriorityCriterion, law.LocalDuty,
                  law.Parameter, law.Relation, law.Provision, law.Edition, law.LegalDocument):  # fmt: skip
        model.objects.all().delete()
    for model, name in ((law.ActivityType, "activity_types.csv"), (law.EligibleGroup, "eligible_groups.csv")):
        rows = {row["code"]: row for row in _rows(name)}
        model.objects.exclude(code__in=rows).delete()
        for one in model.objects.all():
            one.name, one.verified = rows[one.code]["name"], rows[one.code]["verified"] == "yes"
            one.save()


def _documents():
    known = {}
    for row in _rows("documents.csv"):
        known[row["code"]] = law.LegalDocument.objects.create(code=row["code"], number=row["number"])
        level, _, code = row["level"].partition(":")
        same = ("kind", "issuer", "title", "certainty", "in_force_certainty", "source", "note")
        edition = law.Edition(
            document=known[row["code"]], state="adopted", level=level, signed=_day(row["signed"]),
            province=Unit.objects.get(kind="province", code=code, valid_to=None) if code else None,
            in_force_from=_day(row["in_force_from"]), in_force_precision=row["precision"],
            expires=_day(row["expires"]), **{name: row[name] for name in same},
        )  # fmt: skip
        edition.fold()
        edition.save()
    editions = {one.document.code: one for one in law.Edition.objects.select_related("document")}
    for row in _rows("relations.csv"):
        law.Relation.objects.create(
            edition=editions[row["source"]], kind=row["kind"], target=known[row["target"]],
            effective_from=_day(row["from"]), certainty=row["certainty"],
        )  # fmt: skip
    for position, row in enumerate(_rows("provisions.csv")):
        place = read_path(row["path"])
        law.Provision.objects.create(
            edition=editions[row["document"]], kind="clause" if place.clause else "article", path=row["path"],
            label=place.clause or place.article, heading=row["heading"], text=row["text"], is_summary=True,
            position=position,
        )  # fmt: skip
    return known


def _norms(documents):
    contents = {one.code: one for one in law.ActivityType.objects.all()}
    same = ("variant", "variant_name", "per", "area", "path", "certainty", "source", "note", "percent")
    return [
        law.SupportNorm(
            content=contents[row["content"]], level="national", cap=row["cap"] or None,
            document=documents[row["document"]],
            valid_from=_day(row["valid_from"]), valid_from_precision="year", **{name: row[name] for name in same},
        )
        for row in _rows("norms.csv")
    ]  # fmt: skip


def _rules(documents):
    for name, model in (("eligibility.csv", law.EligibilityRule), ("priorities.csv", law.PriorityCriterion)):
        for row in _rows(name):
            one = model(kind=row["kind"], values=row["values"].split(), **_dated(row, documents))
            if model is law.EligibilityRule:
                one.contents, one.source = row["contents"].split(), row["source"]
            else:
                one.threshold, one.points = row["threshold"] or None, row["points"]
            yield one
    for row in _rows("duties.csv"):
        yield law.LocalDuty(document=documents[row["document"]], **{
            name: row[name] for name in ("path", "asks", "issuer", "certainty")})  # fmt: skip


def _parameters(documents):
    return [law.Parameter(value=int(row["value"]), unit=row["unit"], **_dated(row, documents))
            for row in _rows("parameters.csv")]  # fmt: skip


def _dated(row, documents):
    days = {"valid_from": _day(row["valid_from"]), "valid_to": _day(row["valid_to"])}
    return {name: row[name] for name in _RULES} | days | {"document": documents.get(row["document"])}


def _rows(name):
    return list(csv.DictReader((_FILES / name).read_text("utf-8").splitlines()))


def _day(text):
    return dt.date.fromisoformat(text) if text else None
