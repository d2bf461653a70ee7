"""Which other documents a document names, and what it does to them: proposals that an officer ticks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khuyencong.law.documents.reading import numbers
from khuyencong.law.documents.reading.structure import Node, Structure
from khuyencong.law.documents.rules.references import Reference, covers

BASED_ON, GUIDES, AMENDS, REPLACES = "based-on", "guides", "amends", "replaces"
REPEALS, SUSPENDS, CORRECTS, CITES = "repeals", "suspends", "corrects", "cites"

_VERBS = re.compile(
    r"(?P<passive>\bđược\s+(?:\w+\s+){0,3}?|\bbị\s+)?"
    r"(?P<verb>thay\s+thế|bãi\s+bỏ|sửa\s+đổi(?:\s*,\s*bổ\s+sung)?|bổ\s+sung|ngưng\s+hiệu\s+lực|đính\s+chính)",
    re.I,
)
_DOES = {"thay": REPLACES, "bãi": REPEALS, "sửa": AMENDS, "bổ": AMENDS, "ngưng": SUSPENDS, "đính": CORRECTS}
_GUIDES = re.compile(r"quy\s+định\s+chi\s+tiết|hướng\s+dẫn", re.I)
_ENDS = re.compile(r"^[^.;]{0,160}?\b(?:hết|chấm dứt)\s+hiệu\s+lực", re.I)
_SENTENCES = re.compile(r"(?<=[.;])\s+|\n")
_QUOTED = re.compile(r"“[^”]*”")
_BEGINS_WITH_VERB = re.compile(r"(?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|đính\s+chính)", re.I)
_BESIDE = re.compile(r"\bvào\b|\bsau\s+(?=điều|khoản|điểm)", re.I)

_LIST = r"(?:\s*(?:,|và|;)\s*)"
_POINTS = (
    rf"(?:các\s+)?điểm\s+(?P<points>[a-zđ]\d?(?:{_LIST}(?:điểm\s+)?[a-zđ]\d?)*)(?=\s+(?:các\s+)?khoản|\s*$|\s+như)"
)
_CLAUSES = rf"(?:các\s+)?khoản\s+(?P<clauses>\d+[a-zđ]?(?:{_LIST}\d+[a-zđ]?)*)"
_INNER = re.compile(rf"(?:{_POINTS}\s+)?{_CLAUSES}", re.I)
_WITH_ARTICLE = re.compile(
    r"(?P<inner>(?:(?:các\s+)?(?:điểm|khoản)\s[^.:“”]{0,120}?)??)điều\s+(?P<article>\d+[a-zđ]?)\b", re.I
)


@dataclass(frozen=True)
class Mention:
    """The document ``number`` is named. ``kind`` as ``Relation.Kind``; ``path``: where in this document;
    ``target_path``: which provision of the other; ``quote``: the words."""

    kind: str
    number: str
    path: str = ""
    target_path: str = ""
    quote: str = ""


def find(structure: Structure, own: str = "", title: str = "") -> list[Mention]:
    """Everything a document does to others, then what it only cites; each once.

    What is said of single provisions takes the place of "a number of articles of", said of the whole.
    """
    found = [*_basis(structure.preamble), *_of_title(title)]
    for node in structure.nodes:
        found += _of_node(node, "", "", "")
    found = [one for one in found if one.number != own and not _told_within(one, found)]
    exact = {(one.kind, one.number) for one in found if one.target_path}
    done = {one.number for one in found if one.kind != CITES}
    kept: dict[tuple[str, str, str], Mention] = {}
    for one in found:
        vague = one.kind == AMENDS and not one.target_path and (AMENDS, one.number) in exact
        if not vague and not (one.kind == CITES and one.number in done):
            kept.setdefault((one.kind, one.number, one.target_path), one)
    return sorted(kept.values(), key=lambda one: one.kind == CITES)


def _told_within(one: Mention, found: Sequence[Mention]) -> bool:
    """Whether the points below say exactly what this line only announces: "Sửa đổi Điều 4 như sau: a) khoản 3 ..."."""
    return bool(one.path and one.target_path) and any(
        other.number == one.number
        and other.path.startswith(f"{one.path}.")
        and other.target_path != one.target_path
        and covers(one.target_path, other.target_path)
        for other in found
    )


def references(text: str) -> list[Reference]:
    """Every provision that a text names, down to the point: "điểm a, b khoản 1 và khoản 3 Điều 5"."""
    found: list[Reference] = []
    for match in _WITH_ARTICLE.finditer(text):
        article = match["article"].lower()
        inner = _inner(match["inner"])
        found += [Reference(article, clause, point) for clause, point in inner] or [Reference(article)]
    return found


def _inner(text: str) -> list[tuple[str, str]]:
    """Clauses, with their points, that a text names without an article."""
    found: list[tuple[str, str]] = []
    for match in _INNER.finditer(text):
        clauses = re.findall(r"\d+[a-zđ]?", match["clauses"].lower())
        points = re.findall(r"(?<!\w)[a-zđ]\d?(?!\w)", (match["points"] or "").lower())
        found += [(clauses[0], point) for point in points]
        found += [(clause, "") for clause in (clauses[1:] if points else clauses)]
    return found


def _basis(preamble: Sequence[str]) -> Iterable[Mention]:
    for line in preamble:
        if line.lower().startswith("căn cứ"):
            for one in numbers.numbers(line):
                yield Mention(BASED_ON, one.number, quote=line)


def _of_title(title: str) -> Iterable[Mention]:
    for one in numbers.numbers(title):
        verb = _verb(title[: one.start])
        if verb:
            yield Mention(verb, one.number, quote=title)
        elif _GUIDES.search(title[: one.start]):
            yield Mention(GUIDES, one.number, quote=title)


def _of_node(node: Node, above: str, amended: str, article: str) -> Iterable[Mention]:
    """``above``: what the provision around says is done to those listed in it; ``amended`` and ``article``: the
    document and the article that it amends."""
    text = _QUOTED.sub(" ", f"{node.heading}\n{node.text}".strip())
    named = list(numbers.numbers(text))
    first = text.partition("\n")[0]
    for sentence in _SENTENCES.split(text):
        yield from _of_sentence(sentence, node.path, above)
    if amended and not named and _BEGINS_WITH_VERB.match(first):
        yield from _amendments(first, node.path, amended, article)
    verb = _verb(text)
    if verb == AMENDS and len({one.number for one in named}) == 1:
        amended, article = named[0].number, ""
    elif named:
        amended = ""
    inner = references(first)
    if amended and not named and len({one.article for one in inner}) == 1:
        article = inner[0].article
    listing = verb if text.endswith(":") and not named else ""
    for child in node.children:
        yield from _of_node(child, listing, amended, article)


def _of_sentence(sentence: str, path: str, above: str) -> Iterable[Mention]:
    start = 0
    for one in numbers.numbers(sentence):
        before = sentence[: one.start]
        verb = _verb(before) or (above if start == 0 else "")
        if _ENDS.match(sentence[one.end :]) and not verb:
            verb = REPLACES
        places = references(sentence[start : one.start]) if verb else []
        # "một số điều của": no place; "Điều 5 của": that one
        targets = [place.path for place in places] or [""]
        for target in targets:
            yield Mention(verb or CITES, one.number, path, target, sentence.strip())
        start = one.end


def _amendments(first: str, path: str, amended: str, article: str) -> Iterable[Mention]:
    """What a clause of an amending document does to the document that its article names."""
    verb = _verb(first) or AMENDS
    kind = REPEALS if verb == REPEALS else AMENDS
    what = _BESIDE.split(first)[0]  # "bổ sung Điều 5a vào sau Điều 5"
    places = references(what)
    if not places and article:
        places = [Reference(article, clause, point) for clause, point in _inner(what)]
    for place in places:
        yield Mention(kind, amended, path, place.path, first)


def _verb(text: str) -> str:
    """What the last verb of a text does to what is named behind it; empty when it is said to be done by another."""
    verbs = list(_VERBS.finditer(text))
    if not verbs or verbs[-1]["passive"]:
        return ""
    return _DOES[verbs[-1]["verb"].split()[0].lower()]
