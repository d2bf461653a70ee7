"""The numbers that Word counts by itself: "Điều 1.", "1.", "a)" are then nowhere in the text."""

import re
from collections import defaultdict
from contextlib import suppress
from typing import Any

from docx.oxml.ns import qn

_PLACE = re.compile(r"%(\d)")
_DEEPEST = 10  # styles based on styles


class Numbering:
    """Counts paragraph by paragraph, in reading order."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # list -> level -> format, text, start
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
        with suppress(KeyError, NotImplementedError):  # a document without lists
            self._read(document.part.numbering_part.element)

    def number_of(self, paragraph: Any) -> str:
        """``Điều 1. `` with a space behind; empty for a paragraph without a number."""
        found = self._list_of(paragraph)
        if found is None:
            return ""
        key, level = found
        formats = self.levels.get(key, {})
        if level not in formats:
            return ""
        counts = self.counts[self.abstract.get(key, key)]
        counts[level] = counts[level] + 1 if level in counts else formats[level][2]
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        style, text, _start = formats[level]
        if style in ("bullet", "none"):
            return "- " if style == "bullet" else ""

        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            one = formats.get(at, formats[level])
            return _written(counts.get(at, one[2]), one[0])

        return f"{_PLACE.sub(place, text)} "

    def _read(self, numbering: Any) -> None:
        abstract = {one.get(qn("w:abstractNumId")): _levels(one) for one in numbering.iter(qn("w:abstractNum"))}
        for one in numbering.iter(qn("w:num")):
            key, base = one.get(qn("w:numId")), _value(one, "w:abstractNumId")
            own = dict(abstract.get(base, {}))
            starts = False
            for change in one.iter(qn("w:lvlOverride")):
                level = int(change.get(qn("w:ilvl"), "0"))
                for given in change.iter(qn("w:lvl")):
                    own[level] = _level(given)
                start = _value(change, "w:startOverride")
                if start and level in own:
                    own[level], starts = (own[level][0], own[level][1], int(start)), True
            self.levels[key] = own
            self.abstract[key] = key if starts else f"abstract {base}"

    def _list_of(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level, given here or by the style."""
        properties = paragraph.find(qn("w:pPr"))
        key, level = _reference(properties)
        style = _value(properties, "w:pStyle") if properties is not None else None
        for _step in range(_DEEPEST):
            if key is not None or style is None:
                break
            element = self.styles.get(style)
            if element is None:
                break
            key, of_style = _reference(element.find(qn("w:pPr")))
            level = of_style if level is None else level
            style = _value(element, "w:basedOn")
        if key is None or key == "0":
            return None
        return key, level or 0


def _reference(properties: Any) -> tuple[str | None, int | None]:
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    if numbered is None:
        return None, None
    level = _value(numbered, "w:ilvl")
    return _value(numbered, "w:numId"), int(level) if level else None


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    return {int(one.get(qn("w:ilvl"), "0")): _level(one) for one in abstract.iter(qn("w:lvl"))}


def _level(level: Any) -> tuple[str, str, int]:
    start = _value(level, "w:start")
    return _value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText") or "", int(start) if start else 1


def _value(element: Any, name: str) -> str | None:
    child = element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _written(count: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if style == "lowerLetter" else letters.upper()
    if style in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman if style == "upperRoman" else roman.lower()
    if style == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for value, letters in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        while count >= value:
            written += letters
            count -= value
    return written
