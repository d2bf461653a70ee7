"""In which unit a table gives its money: in the heading, in a row around it, in the title, in the name of the sheet.

A number in million that is read as đồng is a million times too small, without a word. Pure: text in, sizes out.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from khuyencong.core.tables.cells import Raw, text
from khuyencong.core.text import strip_marks

DONG = 1
SIZES = (DONG, 10**3, 10**6, 10**9)

_WORDS = {
    "nghin ty": 10**12, "nghin": 10**3, "ngan": 10**3, "ng": 10**3, "n": 10**3, "thousand": 10**3, "k": 10**3,
    "trieu": 10**6, "tr": 10**6, "million": 10**6, "mil": 10**6, "mn": 10**6, "m": 10**6,
    "chuc nghin": 10**4, "chuc ngan": 10**4, "tram nghin": 10**5, "tram ngan": 10**5,
    "chuc trieu": 10**7, "tram trieu": 10**8, "chuc ty": 10**10, "tram ty": 10**11,
    "ty": 10**9, "ti": 10**9, "billion": 10**9, "bn": 10**9, "bil": 10**9,
}  # fmt: skip
_FIGURES = {
    r"1\s?[.,]?\s?000\s?[.,]?\s?000\s?[.,]?\s?000": 10**9,
    r"1\s?[.,]?\s?000\s?[.,]?\s?000": 10**6,
    r"1\s?[.,]?\s?000": 10**3,
    r"['’]?000\s?['’.,]?\s?000": 10**6,
    r"['’]?000": 10**3,
    # A raised figure that a program has put on the line: "106 đồng" stands for 10⁶.
    r"10\s?\^?9": 10**9,
    r"10\s?\^?6": 10**6,
    r"10\s?\^?3": 10**3,
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_FIGURE = "|".join(_FIGURES)
_MONEY = r"(?:viet nam dong|dong viet nam|dong|vnd|d)(?![a-z0-9])"
_FOREIGN = r"(?:usd|us\s?\$|\$|do la|dollars?|eur|euro|cny|rmb|nhan dan te|nd te)(?![a-z0-9])"
# "1 triệu đồng" is a unit, "100 triệu đồng" an amount: what stands behind another number is no unit.
_NOT_COUNTED = r"(?<![0-9.,])(?<![02-9] )(?<!\d\d )"
_SIZED = rf"{_NOT_COUNTED}(?:1\s)?(?<![a-z])(?:(?:x|\*)\s?)?(?P<size>{_FIGURE}|{_WORD})(?:\.|\s)*"

_UNIT = re.compile(rf"{_SIZED}(?P<money>{_MONEY}|{_FOREIGN})")
_UNIT_BEHIND = re.compile(r"(?<![a-z0-9])vnd\s(?P<size>thousand|million|billion|mil|mn|bn|m|k)(?![a-z])")
_SMALL = re.compile(rf"(?<![a-z0-9])(?<!\d )(?P<money>{_MONEY}|{_FOREIGN})")
_BARE = re.compile(rf"(?:don vi tinh|don vi|dvt|unit)?\s*:?\s*(?:1\s)?(?:(?:x|\*)\s?)?(?P<size>{_FIGURE}|{_WORD})\.?")
_SAID = re.compile(
    r"(?<![a-z])(?:don vi tinh|don vi tien|don vi|dvt|dv tinh|tinh theo|tinh bang|unit)(?![a-z])\s*[:=]?\s*(?P<rest>.*)"
)
_LABEL = re.compile(r"(?:don vi tinh|don vi|dvt|unit)\s*:?")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AT_END = re.compile(rf"[\s,;:/-](?:(?P<size>trieu|tr|ty|nghin|ngan)\.?|[x*]\s?(?P<figure>{_FIGURE}))$")
# What else stands in a row of units.
_OTHER_UNITS = frozenset(
    (
        "nguoi",
        "lao dong",
        "ld",
        "%",
        "ha",
        "m2",
        "m3",
        "kg",
        "tan",
        "cai",
        "chiec",
        "bo",
        "nam",
        "thang",
        "co so",
        "de an",
    )
)


class ForeignMoney(ValueError):
    """The money of another country; the argument is what was read."""


@dataclass(frozen=True)
class Said:
    """A unit and where it was read."""

    size: int
    read: str


def in_heading(written: str) -> int | None:
    """The unit that a heading names: ``Doanh thu (Tr. đồng)``, ``Vốn đăng ký, 1.000 đ``, ``Doanh thu triệu``.

    None when it names none. Raises ForeignMoney.
    """
    plain = _plain(written)
    for inside in _BRACKETS.findall(plain):
        told = said["rest"] if (said := _SAID.search(inside)) else inside
        if found := _whole(told.strip(" .")) or _in(told):
            return found
    return _in(_BRACKETS.sub(" ", plain)) or _bare_end(plain)


def in_statement(written: str) -> int | None:
    """The unit that a cell near the table or a title tells of: ``ĐVT: 1.000 đồng``, ``(triệu đồng)``.

    An amount in a title (``được hỗ trợ trên 100 triệu đồng``) is no unit.
    """
    plain = _plain(written)
    said = _SAID.search(plain)
    if said and (found := _whole(said["rest"].strip(" .)]")) or _in(said["rest"])):
        return found
    whole = plain.strip(" .:")
    for inside in (*_BRACKETS.findall(plain), whole):
        match = _UNIT.fullmatch(inside.strip(" .:"))
        if match:
            return _size(match)
    return None


def in_unit_row(cells: Sequence[Raw]) -> dict[int, int]:
    """Position -> unit of a row that holds nothing but units (``người``, ``triệu đồng``); empty for any other row."""
    found: dict[int, int] = {}
    for index, cell in enumerate(cells):
        written = text(cell).strip("() []")
        if not written:
            continue
        if not isinstance(cell, str):
            return {}
        plain = _plain(written)
        size = _whole(plain) or (DONG if re.fullmatch(_MONEY, plain) else None)
        if size is None and (match := _UNIT.match(plain)) and plain[match.end() : match.end() + 1] in ("", "/", " "):
            size = _size(match)
        if size is not None:
            found[index] = size
        elif plain not in _OTHER_UNITS:
            return {}
    return found


def near(lines: Iterable[Sequence[Raw]]) -> list[Said]:
    """What the cells of these lines say of a unit for the whole table; its name may stand in the cell behind."""
    found = []
    for line in lines:
        told = [text(cell) for cell in line if text(cell)]
        for written, behind in zip_longest(told, told[1:], fillvalue=""):
            whole = f"{written} {behind}" if _LABEL.fullmatch(_plain(written)) else written
            if len(whole) < 300 and (size := in_statement(whole)):
                found.append(Said(size, whole))
    return found


def in_sheet_name(title: str) -> int | None:
    """The unit in the name of a sheet: ``DS (tr.đ)``."""
    return _in(_plain(title.replace("_", " ").replace("-", " ")))


def _in(plain: str) -> int | None:
    if behind := _UNIT_BEHIND.search(plain):
        return _named(behind["size"])
    match = _UNIT.search(plain)
    if match:
        return _size(match)
    small = _SMALL.search(plain)
    if small is None:
        return None
    if re.fullmatch(_FOREIGN, small["money"]):
        raise ForeignMoney(small["money"])
    # "Hợp đồng", "lao động": the word alone is a unit only where it stands by itself.
    return DONG if plain.strip(" ()[].,:;") == small["money"] or small["money"] == "vnd" else None


def _whole(plain: str) -> int | None:
    """The unit of a text that holds nothing else; the word for the money may be missing: ``triệu``, ``x1000``."""
    match = _BARE.fullmatch(plain)
    if match:
        return _named(match["size"])
    match = _UNIT.fullmatch(plain)
    return _size(match) if match else None


def _bare_end(plain: str) -> int | None:
    match = _AT_END.search(plain)
    return (
        _named(match["size"] or match["figure"]) if match and not re.search(r"\d\s*$", plain[: match.start()]) else None
    )


def _size(match: "re.Match[str]") -> int:
    if re.fullmatch(_FOREIGN, match["money"]):
        raise ForeignMoney(match.group())
    return _named(match["size"])


def _named(size: str) -> int:
    return _WORDS.get(size) or next(value for pattern, value in _FIGURES.items() if re.fullmatch(pattern, size))


def _plain(written: str) -> str:
    """Small letters without marks, raised figures behind a ``^``: ``10⁶ đ`` -> ``10^6 d``."""
    raised = re.sub("[⁰¹²³⁴-⁹]+", lambda found: "^" + unicodedata.normalize("NFKC", found.group()), written)
    raised = raised.replace("×", "x").replace("₫", "đ").replace("Ð", "Đ").replace("ð", "đ")
    return " ".join(strip_marks(unicodedata.normalize("NFKC", raised)).casefold().split())
