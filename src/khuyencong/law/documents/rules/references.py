"""Where a provision stands in its document: ``d8.k4.a`` is point a, clause 4, article 8.

Levels above the article (part, chapter, section) do not enter: articles are numbered through the document.
"""

import re
from dataclasses import dataclass

_PATH = re.compile(r"d(?P<article>\d+[a-z]?)(\.k(?P<clause>\d+[a-z]?))?(\.(?P<point>[a-z]{1,2}\d?))?")
_WORDS = re.compile(
    r"(?:điểm\s+(?P<point>[a-zđ]\d?)\s*,?\s*)?(?:khoản\s+(?P<clause>\d+[a-zđ]?)\s*,?\s*)?điều\s+(?P<article>\d+[a-zđ]?)"
)


@dataclass(frozen=True)
class Reference:
    """An article, a clause or a point. ``đ`` is written ``dd`` in a path, because addresses hold plain letters."""

    article: str
    clause: str = ""
    point: str = ""

    @property
    def path(self) -> str:
        """``d8.k4.a``."""
        parts = [f"d{_plain(self.article)}"]
        parts += [f"k{_plain(self.clause)}"] if self.clause else []
        parts += [_plain(self.point)] if self.point else []
        return ".".join(parts)

    @property
    def words(self) -> str:
        """``điểm a khoản 4 Điều 8``."""
        parts = [f"điểm {self.point}"] if self.point else []
        parts += [f"khoản {self.clause}"] if self.clause else []
        return " ".join([*parts, f"Điều {self.article}"])


def read_path(path: str) -> Reference | None:
    """The reference of a path; None when it is none."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    return Reference(*(_marked(found[name] or "") for name in ("article", "clause", "point")))


def read_words(text: str) -> Reference | None:
    """The first reference written in words in a text; None when there is none."""
    found = _WORDS.search(text.casefold())
    if found is None:
        return None
    return Reference(found["article"], found["clause"] or "", found["point"] or "")


def words(path: str) -> str:
    """A path in words, or as it stands when it is not understood; nothing for the whole document."""
    reference = read_path(path)
    return reference.words if reference else path


def covers(outer: str, inner: str) -> bool:
    """Whether ``inner`` is the provision ``outer`` or lies within it. The empty path is the whole document."""
    return not outer or inner == outer or inner.startswith(f"{outer}.")


def titled(number: str) -> str:
    """``Thông tư 28/2018/TT-BTC``: a number with the kind of document that its sign stands for, if it is known."""
    sign = number.rpartition("/")[2].partition("-")[0]
    kind = _KINDS.get(sign.rstrip("0123456789")) if "/" in number else None
    return f"{kind} {number}" if kind else number


# The signs of the kinds of document: decree 30/2020/NĐ-CP, annex III; QH with its term: laws.
_KINDS = {
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "KH": "Kế hoạch",
    "QH": "Luật",
}


def _plain(label: str) -> str:
    return label.replace("đ", "dd")


def _marked(label: str) -> str:
    return label.replace("dd", "đ")
