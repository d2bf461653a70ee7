"""A document that came out of a system of ours as JSON goes in again, through the same page as a file of text."""

from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.days import read_day
from khuyencong.core.files import opening
from khuyencong.law.documents.export.record import FORMAT, VERSION
from khuyencong.law.documents.importing.queries import candidates, target
from khuyencong.law.documents.models import Edition, Relation
from khuyencong.law.documents.reading.letters import clean
from khuyencong.law.documents.reading.text import Unreadable
from khuyencong.law.documents.records import Certainty, Precision
from khuyencong.law.documents.rules.outline import Kind
from khuyencong.places.models import Unit

KEPT = ("valid_from", "valid_to", "is_summary", "amended_by")  # of a provision, beside what is typed
_DEEPEST = 10


def propose(content: bytes) -> tuple[str, dict[str, Any]]:
    """The text and the proposal in an exported record. Raises Unreadable, with what is wrong."""
    try:
        record = opening.json_of(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, opening.Refused) as error:
        raise Unreadable(_("Tệp JSON bị hỏng, không đọc được.")) from error
    if not isinstance(record, dict) or record.get("format") != FORMAT or record.get("format_version") != VERSION:
        raise Unreadable(_("Tệp JSON này không phải bản ghi văn bản do hệ thống xuất ra."))
    try:
        proposal = _proposal(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(
            _("Tệp JSON không đúng dạng ở “%(where)s”.") % {"where": str(error).strip("'\"")[:80]}
        ) from error
    return clean(_text(record, "text")), proposal


def _proposal(record: dict[str, Any]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for one in record["provisions"]:
        _rows(one, rows, 0)
    for key, row in enumerate(rows, start=1):
        row["key"] = key
    relations = [_relation(one) for one in record["relations"]]
    for key, row in enumerate(relations, start=len(rows) + 1):
        row["key"] = key
    told = []
    if record.get("text_of_day"):
        told = [_("Tệp chỉ có nội dung của ngày %(day)s, không có các nội dung trước và sau.")
                % {"day": _written(record["text_of_day"])}]  # fmt: skip
    return {
        "head": _head(record),
        "rows": rows,
        "attached": [],
        "relations": relations,
        "preamble": [],
        "closing": [],
        "problems": [],
        "warnings": told,
        "next": len(rows) + len(relations) + 1,
    }


def _head(record: dict[str, Any]) -> dict[str, str]:
    province = Unit.objects.filter(code=record["province"] or "", kind=Unit.Kind.PROVINCE, valid_to=None).first()
    return {
        "number": _text(record, "number"),
        "kind": Edition.Kind(record["kind"]).value,
        "title": _text(record, "title"),
        "issuer": _text(record, "issuer"),
        "level": Edition.Level(record["level"]).value,
        "province": str(province.pk) if province else "",
        "signed": _day(record, "signed"),
        "in_force_from": _day(record, "in_force_from"),
        "in_force_precision": Precision(record["in_force_precision"]).value,
        "in_force_certainty": Certainty(record["in_force_certainty"]).value,
        "expires": _day(record, "expires"),
        "tags": ", ".join(str(tag) for tag in record["tags"]),
        "responsible": "",
        "certainty": Certainty(record["certainty"]).value,
        "source": _text(record, "source"),
        "note": _text(record, "note"),
    }


def _rows(one: dict[str, Any], rows: list[dict[str, Any]], depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError("children")
    rows.append(
        {
            "kind": Kind(one["kind"]).value,
            "label": _text(one, "label"),
            "heading": _text(one, "heading"),
            "text": _text(one, "text"),
            "valid_from": _day(one, "valid_from"),
            "valid_to": _day(one, "valid_to"),
            "is_summary": bool(one["is_summary"]),
            "amended_by": str(one["amended_by"] or ""),
        }
    )
    for child in one["children"]:
        _rows(child, rows, depth + 1)


def _relation(one: dict[str, Any]) -> dict[str, Any]:
    named = one["target"]
    return {
        "on": True,
        "kind": Relation.Kind(one["kind"]).value,
        "source_path": _text(one, "source_path"),
        "number": _named(str(named["number"] or ""), str(named["code"])),
        "target_path": _text(one, "target_path"),
        "effective_from": _day(one, "effective_from"),
        "effective_to": _day(one, "effective_to"),
        "certainty": Certainty(one["certainty"]).value,
        "source": _text(one, "source"),
        "quote": "",
    }


def _named(number: str, code: str) -> str:
    """The number, where it names one document; the code where several bear that number, or where there is none."""
    if number and (target(number) is not None or not candidates(number)):
        return number
    return code


def _text(one: dict[str, Any], name: str) -> str:
    value = one[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return clean(value)


def _day(one: dict[str, Any], name: str) -> str:
    value = one[name]
    day = read_day(value) if value else None
    if value and day is None:
        raise ValueError(name)
    return day.isoformat() if day else ""


def _written(day: str) -> str:
    known = read_day(day)
    return known.strftime("%d/%m/%Y") if known else day
