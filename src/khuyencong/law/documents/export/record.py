"""A document as JSON: everything we hold of it, in the words of our own fields. It can be imported again."""

import json
from typing import Any

from django.utils import translation

from khuyencong.law.documents import status_wording as wording
from khuyencong.law.documents.export.contents import Contents
from khuyencong.law.documents.models import Provision, Relation

FORMAT, VERSION = "khuyencong-law-document", 1


def as_json(found: Contents) -> str:
    """Indented, with Vietnamese letters as they are."""
    with translation.override("vi"):
        return json.dumps(record(found), ensure_ascii=False, indent=2)


def record(found: Contents) -> dict[str, Any]:
    """The document. Days are written 2012-05-21; an unknown one is null."""
    one = found.edition
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "code": one.document.code,
        "number": one.numbered,
        "kind": one.kind,
        "title": one.title,
        "issuer": one.issuer,
        "level": one.level,
        "province": one.province.code if one.province else None,
        "signed": _day(one.signed),
        "in_force_from": _day(one.in_force_from),
        "in_force_precision": one.in_force_precision,
        "in_force_certainty": one.in_force_certainty,
        "expires": _day(one.expires),
        "tags": one.tags.split(", ") if one.tags else [],
        "certainty": one.certainty,
        "verified": one.verified,
        "source": one.source,
        "note": one.note,
        "edition": one.version,
        "file": {"name": one.file_name, "sha256": one.file_sha256} if one.file else None,
        "status": {
            "date": found.standing.day.isoformat(),
            "status": found.standing.status.value,
            "label": wording.status_label(found.standing),
            "reasons": wording.status_reasons(found.standing),
        },
        "text_of_day": _day(found.day),
        "provisions": [_provision(found, child) for child in found.children_of(None)],
        "relations": [_relation(relation) for relation in found.relations],
        "incoming": [_incoming(relation) for relation in found.incoming],
        "text": one.text,
    }


def _provision(found: Contents, one: Provision) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "label": one.label,
        "path": one.path,
        "heading": one.heading,
        "text": one.text,
        "is_summary": one.is_summary,
        "valid_from": _day(one.valid_from),
        "valid_to": _day(one.valid_to),
        "amended_by": one.amended_by.code if one.amended_by else None,
        "children": [_provision(found, child) for child in found.children_of(one)],
    }


def _relation(one: Relation) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "source_path": one.source_path,
        "target": {"code": one.target.code, "number": one.target.number},
        "target_path": one.target_path,
        "effective_from": _day(one.effective_from),
        "effective_to": _day(one.effective_to),
        "certainty": one.certainty,
        "source": one.source,
    }


def _incoming(one: Relation) -> dict[str, Any]:
    document = one.edition.document
    return {
        "kind": one.kind,
        "by": {"code": document.code, "number": document.number},
        "source_path": one.source_path,
        "target_path": one.target_path,
        "effective_from": _day(one.effective_from or one.edition.in_force_from),
        "effective_to": _day(one.effective_to),
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
