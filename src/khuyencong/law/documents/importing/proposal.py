"""What an import proposes, as plain values that an officer corrects step by step.

``head``: the fields of ``EditionForm`` as they stand in the form, so that nothing typed is lost, right or wrong.
``rows``: the provisions in reading order. ``relations``: what the document does to others, ``on`` when ticked.
``attached``: rows of a regulation behind the signature. ``problems`` and ``warnings``: sentences.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from khuyencong.core.text import fold
from khuyencong.law.documents.importing import wording as import_wording
from khuyencong.law.documents.importing.queries import held
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.reading import heads, mentions
from khuyencong.law.documents.reading.structure import Node, Structure, flat, lines_of, read, tree
from khuyencong.law.documents.reading.text import Extracted
from khuyencong.law.documents.records import Certainty, Precision
from khuyencong.law.documents.rules.outline import Kind, Line, arrange, clashes, label_fits
from khuyencong.law.documents.rules.references import read_path
from khuyencong.places.models import Unit

Values = dict[str, Any]

TYPED = ("kind", "label", "heading", "text")  # of a row
_LONGEST_LABEL, _LONGEST_HEADING = 12, 500


def propose(extracted: Extracted) -> Values:
    """The proposal for the text of a file."""
    structure = read(extracted.lines)
    body = [f"{one.heading}\n{one.text}" for one in flat(structure.nodes)]
    head = heads.read(structure.preamble, body, structure.closing)
    proposal: Values = {
        "head": _head(head),
        "rows": [],
        "attached": [],
        "relations": [],
        "preamble": list(structure.preamble),
        "closing": list(structure.closing),
        "problems": import_wording.problems(structure.problems),
        "warnings": list(extracted.warnings),
        "next": 1,
    }
    proposal["rows"] = [_row(proposal, one) for one in flat(structure.nodes)]
    proposal["attached"] = [_row(proposal, one) for one in flat(structure.attached)]
    proposal["relations"] = [_relation(proposal, one) for one in _mentions(structure, head)]
    return proposal


def merge(proposal: Values, key: int) -> int:
    """Put a row behind the text of the row above it; the key of that row."""
    rows, index = proposal["rows"], _index(proposal, key)
    if index == 0:
        return key
    above, row = rows[index - 1], rows.pop(index)
    words = [written(row) if row["label"] else row["heading"], row["text"] if row["heading"] else ""]
    above["text"] = "\n".join(part for part in (above["text"], *words) if part)
    return int(above["key"])


def remove(proposal: Values, key: int) -> int:
    """Take a row out; the key of the row above it, or of the first."""
    rows, index = proposal["rows"], _index(proposal, key)
    rows.pop(index)
    return int(rows[max(index - 1, 0)]["key"]) if rows else 0


def add_below(proposal: Values, key: int) -> int:
    """An empty row of the same rank below a row (at the end for key 0); its key."""
    rows = proposal["rows"]
    index = _index(proposal, key) if key else len(rows) - 1
    kind = rows[index]["kind"] if rows else Kind.ARTICLE.value
    row = _row(proposal, Node(Kind(kind), ""))
    rows.insert(index + 1, row)
    return int(row["key"])


def swap_attached(proposal: Values) -> None:
    """Take the provisions of the attached regulation in place of those of the first part, or back."""
    proposal["rows"], proposal["attached"] = proposal["attached"], proposal["rows"]


def take_rows(proposal: Values, typed: Sequence[Values]) -> None:
    """Put what was typed into the rows of these keys; a row that is gone meanwhile comes back behind its neighbour."""
    known = {row["key"]: row for row in proposal["rows"]}
    last: int | None = None
    for values in typed:
        row = known.get(values["key"])
        if row is None:
            place = 0 if last is None else _index(proposal, last) + 1
            proposal["rows"].insert(place, dict(values))
        else:
            row.update({name: values[name] for name in TYPED})
        last = values["key"]


def nodes(proposal: Values) -> tuple[Node, ...]:
    """The rows as a tree."""
    return tree(
        [Node(Kind(row["kind"]), row["label"], heading=row["heading"], text=row["text"]) for row in proposal["rows"]]
    )


def places(rows: Sequence[Values]) -> list[tuple[int, str]]:
    """For each row, how deep it lies and its path."""
    return [(place.depth, place.path) for place in arrange(_lines(rows))]


def faults(proposal: Values) -> list[tuple[int, str]]:
    """What keeps the rows from being stored: key of the row, and the reason in words."""
    rows = proposal["rows"]
    found: list[tuple[int, str]] = []
    for row, (_depth, path) in zip(rows, places(rows), strict=True):
        kind = Kind(row["kind"])
        if not row["label"] or len(row["label"]) > _LONGEST_LABEL or (path and not label_fits(kind, row["label"])):
            found.append((row["key"], import_wording.bad_label(kind, row["label"])))
        if len(row["heading"]) > _LONGEST_HEADING:
            found.append((row["key"], import_wording.long_heading(len(row["heading"]), _LONGEST_HEADING)))
    if not found:
        found = [(rows[two]["key"], import_wording.twice(written(rows[two]))) for _one, two in _clashes(rows)]
    return found


def relation_faults(proposal: Values) -> list[str]:
    """What keeps the ticked relations from being stored, in words."""
    found = []
    for one in proposal["relations"]:
        if one["on"] and not one["number"]:
            found.append(import_wording.no_number())
        if one["on"] and one["target_path"] and read_path(one["target_path"]) is None:
            found.append(import_wording.bad_place(one["number"], one["target_path"]))
    return found


def written(row: Values) -> str:
    """``Điều 8. Tên`` as the document has it, first line only."""
    return lines_of([Node(Kind(row["kind"]), row["label"], heading=row["heading"], text=row["text"])])[0]


def _clashes(rows: Sequence[Values]) -> list[tuple[int, int]]:
    def day(row: Values, name: str) -> dt.date | None:
        return dt.date.fromisoformat(row[name]) if row.get(name) else None

    lines = [Line(Kind(row["kind"]), row["label"], day(row, "valid_from"), day(row, "valid_to")) for row in rows]
    return clashes(lines)


def _lines(rows: Iterable[Values]) -> list[Line]:
    return [Line(Kind(row["kind"]), row["label"]) for row in rows]


def _index(proposal: Values, key: int) -> int:
    """Raises KeyError for a row that is not there."""
    for index, row in enumerate(proposal["rows"]):
        if row["key"] == key:
            return index
    raise KeyError(key)


def _key(proposal: Values) -> int:
    proposal["next"] += 1
    return int(proposal["next"]) - 1


def _row(proposal: Values, node: Node) -> Values:
    return {
        "key": _key(proposal),
        "kind": node.kind.value,
        "label": node.label,
        "heading": node.heading,
        "text": node.text,
    }


def _relation(proposal: Values, mention: mentions.Mention) -> Values:
    return {
        "key": _key(proposal),
        "on": mention.kind != mentions.CITES,
        "kind": mention.kind,
        "source_path": mention.path,
        "number": mention.number,
        "target_path": mention.target_path,
        "quote": mention.quote[:400],
    }


def _mentions(structure: Structure, head: heads.Head) -> list[mentions.Mention]:
    return mentions.find(structure, head.number, head.title)


def _head(head: heads.Head) -> Values:
    province = _province(head.place)
    level = (Edition.Level.PROVINCIAL if province else Edition.Level.CENTRAL).value
    adopted, _draft = held(head.number, level, province.pk if province else None)
    known = _known(adopted) if adopted else {}
    found = {
        "number": head.number,
        "kind": head.kind or Edition.Kind.DECISION.value,
        "title": head.title[:500],
        "issuer": head.issuer[:150],
        "level": level,
        "province": str(province.pk) if province else "",
        "signed": _day(head.signed),
        "expires": _day(head.expires),
    }
    if head.in_force_from:
        found |= {
            "in_force_from": _day(head.in_force_from),
            "in_force_precision": Precision.DAY.value,
            "in_force_certainty": Certainty.READ.value,
        }
    # What the file does not say is taken from the record that the library has.
    return _UNKNOWN | known | {name: value for name, value in found.items() if value or name not in known}


_UNKNOWN = {
    "in_force_from": "",
    "in_force_precision": Precision.DAY.value,
    "in_force_certainty": Certainty.TO_CHECK.value,
    "expires": "",
    "tags": "",
    "responsible": "",
    "certainty": Certainty.TO_CHECK.value,
    "source": "",
    "note": "",
}


def _known(edition: Edition) -> Values:
    return {
        "signed": _day(edition.signed),
        "title": edition.title,
        "in_force_from": _day(edition.in_force_from),
        "in_force_precision": edition.in_force_precision,
        "in_force_certainty": edition.in_force_certainty,
        "expires": _day(edition.expires),
        "tags": edition.tags,
        "responsible": str(edition.responsible_id or ""),
        "certainty": edition.certainty,
        "source": edition.source,
        "note": edition.note,
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _province(place: str) -> Unit | None:
    if not place:
        return None
    wanted = fold(place)
    provinces = Unit.objects.filter(kind=Unit.Kind.PROVINCE, valid_to=None)
    return next((one for one in provinces if fold(one.short_name) == wanted), None)
