"""Lines that begin a provision: "Phần thứ nhất", "Chương I", "Mục 1", "Điều 8. Tên", "4. ...", "đ) ..."."""

import re
from dataclasses import dataclass

from khuyencong.law.documents.rules.outline import Kind

_ORDINALS = r"(?:nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)"
_REST = r"\b(?P<mark>\s*[.:)\-–—]\s*|\s+|$)(?P<rest>.*)"
_PART = rf"(?P<label>thứ\s+{_ORDINALS}(?:\s+{_ORDINALS})?|[ivxlc]+|\d+|[a-hđ])"
# A sentence that goes on in the middle with "điều 8" or "mục 1" has a small letter there.
_HIGH = {
    Kind.PART: re.compile(rf"P(?i:hần\s+{_PART}{_REST})"),
    Kind.CHAPTER: re.compile(rf"C(?i:hương\s+(?P<label>[ivxlc]+[a-z]?|\d+[a-z]?){_REST})"),
    Kind.SECTION: re.compile(rf"M(?i:ục\s+(?P<label>[ivxlc]+|\d+[a-z]?|[a-h]){_REST})"),
}
_ARTICLE = re.compile(r"Đ(?i:iều\s+(?P<label>\d+[a-zđ]?)\s*(?:[.:)]\s*|[-–—]\s+|$)(?P<rest>.*))")
_CLAUSE = re.compile(r"(?:Khoản\s+)?(?P<label>\d{1,3}[a-zđ]?)\s*[.)/](?:\s+(?P<rest>.*)|$)")
_CLAUSE_NAMED = re.compile(r"Khoản\s+(?P<label>\d{1,3}[a-zđ]?)\s*:(?:\s+(?P<rest>.*)|$)")
_POINT_NAMED = re.compile(r"Điểm\s+(?P<label>[a-zđ]\d?)\s*[.):](?:\s+(?P<rest>.*)|$)")
_POINT = re.compile(r"(?P<label>[a-zđ]\d?)\s*[)./](?:\s+(?P<rest>.*)|$)")
_POINT_TIGHT = re.compile(r"(?P<label>[a-zđ]\d?)\)(?P<rest>\S.*)")
_ROMAN = re.compile(r"(?P<label>[IVXL]+)\s*[.)](?:\s+(?P<rest>.*)|$)")
_UNKNOWN_RANK = re.compile(r"tiểu\s+mục\s+\d+", re.I)

_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_SKIPPED = set("đfjwz")  # letters that many documents pass over
_FAR = 3  # a number further on than this begins no provision


@dataclass(frozen=True)
class Mark:
    """What a line may begin: its rank, its number as written, the words behind."""

    kind: Kind
    label: str
    rest: str


def high_mark(line: str) -> Mark | None:
    """A part, a chapter or a section; not a sentence that begins by naming one."""
    for kind, pattern in _HIGH.items():
        found = pattern.fullmatch(line)
        if found is None:
            continue
        rest = found["rest"].strip()
        if not rest or found["mark"].strip() or rest == rest.upper():
            label = " ".join(found["label"].split())
            return Mark(kind, label.lower() if label.lower().startswith("thứ") else label.upper(), rest)
    return None


def article_mark(line: str) -> Mark | None:
    """``Điều 8. Tên``; not "Điều 8 của Nghị định này"."""
    return _mark(Kind.ARTICLE, _ARTICLE.fullmatch(line))


def clause_mark(line: str) -> Mark | None:
    """``4. Hỗ trợ ...``, ``4/ ...``, ``Khoản 4. ...``; not "1.000.000 đồng" nor "1.1. ..."."""
    return _mark(Kind.CLAUSE, _CLAUSE.fullmatch(line) or _CLAUSE_NAMED.fullmatch(line))


def point_mark(line: str) -> Mark | None:
    """``đ) Chi ...``, ``Điểm đ) ...``."""
    return _mark(Kind.POINT, _POINT_NAMED.fullmatch(line) or _POINT.fullmatch(line) or _POINT_TIGHT.fullmatch(line))


def roman_mark(line: str) -> Mark | None:
    """``II. NHIỆM VỤ``: the sections of a plan or a letter."""
    return _mark(Kind.SECTION, _ROMAN.fullmatch(line))


def unknown_rank(line: str) -> bool:
    """A rank that we have no place for."""
    return _UNKNOWN_RANK.match(line) is not None


def number_step(last: str, label: str) -> int | None:
    """From one number to another: 1 is the next (8 -> 9, 8 -> 8a, 8a -> 9), 0 the same, more a jump; None: back or far.

    ``last`` is empty before the first.
    """
    before, suffix_before = _split(last)
    after, suffix = _split(label)
    if after == before:
        step = _alphabet(suffix) - _alphabet(suffix_before)
    else:
        step = after - before
    return step if 0 <= step <= _FAR else None


def letter_step(last: str, label: str) -> int | None:
    """The same for points: đ may be passed over, a1 follows a."""
    letter, digit = label[0], int(label[1:] or 0)
    if not last:
        return 1 if label == "a" else None
    before, digit_before = last[0], int(last[1:] or 0)
    if letter == before:
        step = digit - digit_before
        return step if 0 <= step <= _FAR else None
    between = _ALPHABET[_ALPHABET.index(before) + 1 : _ALPHABET.index(letter)]
    if _ALPHABET.index(letter) < _ALPHABET.index(before):
        return None
    step = 1 + sum(one not in _SKIPPED for one in between)
    return step if step <= _FAR else None


def roman_step(last: str, label: str) -> int | None:
    """The same for I, II, III."""
    step = _roman(label) - (_roman(last) if last else 0)
    return step if 0 <= step <= _FAR else None


def _mark(kind: Kind, found: re.Match[str] | None) -> Mark | None:
    if found is None:
        return None
    label = found["label"] if kind is Kind.SECTION else found["label"].lower()
    return Mark(kind, label, (found["rest"] or "").strip())


def _split(label: str) -> tuple[int, str]:
    digits = label.rstrip(_ALPHABET)
    return int(digits or 0), label[len(digits) :]


def _alphabet(suffix: str) -> int:
    return _ALPHABET.index(suffix) + 1 if suffix else 0


def _roman(label: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in label]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
