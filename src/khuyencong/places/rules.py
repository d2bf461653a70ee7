"""Which commune of today a written place name means. Pure: names in, an answer with its reasons out."""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz, process

from khuyencong.core.text import fold, strip_marks, tone_key

REFORM = dt.date(2025, 7, 1)  # two tiers of local government, no districts, since this day
_NOT_WORD = re.compile(r"\W+")
_Y = re.compile(r"(?<=[bcdghklmnprstvx])y$")  # Lý Quốc and Lí Quốc are one name
_NEAR = 75  # rapidfuzz score (0-100) from which a name is offered as "did you mean"

_COMMUNE_WORDS = {
    **dict.fromkeys(("xa", "x"), "xa"),
    **dict.fromkeys(("phuong", "p"), "phuong"),
    **dict.fromkeys(("thi tran", "tt", "t tran", "t tr", "ttr"), "thi tran"),
    "dac khu": "dac khu",
}
_DISTRICT_WORDS = {
    **dict.fromkeys(("huyen", "h"), "huyen"),
    **dict.fromkeys(("quan", "q"), "quan"),
    **dict.fromkeys(("thi xa", "tx"), "thi xa"),
    **dict.fromkeys(("thanh pho", "tp"), "thanh pho"),
}
_PROVINCE_WORDS = {"tinh": "tinh", "t": "tinh"}
_WORDS = _COMMUNE_WORDS | _DISTRICT_WORDS | _PROVINCE_WORDS


class Status(StrEnum):
    """How the search ended."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Commune:
    """A commune or ward of today."""

    code: str
    name: str
    province_code: str
    province: str
    latitude: float | None = None
    longitude: float | None = None

    @property
    def full_name(self) -> str:
        """Name and province."""
        return f"{self.name}, {self.province}"


@dataclass(frozen=True)
class Former:
    """A commune as it stood before a reform, and the codes of today's communes that took it over.

    ``until``: the last day of one that had gone before 2025. ``sure``: whether the way was compared with the decision;
    else a person is asked, even when it leads to one place.
    """

    name: str
    district: str
    province: str
    successors: tuple[str, ...]
    sure: bool = True
    until: dt.date | None = None

    @property
    def full_name(self) -> str:
        """Name, district and province."""
        return f"{self.name}, {self.district}, {self.province}"


@dataclass(frozen=True)
class Resolution:
    """The answer. ``former`` is the old unit that was named, if one was; ``word_differs`` says that the
    unit word read (xã, phường, thị trấn) is not that of the unit found."""

    status: Status
    query: str
    commune: Commune | None = None
    former: Former | None = None
    candidates: tuple[Commune, ...] = ()
    meant: tuple[str, ...] = ()
    word_differs: bool = False

    @property
    def is_former_name(self) -> bool:
        """Whether the name read is one from before 1 July 2025."""
        return self.former is not None


@dataclass(frozen=True)
class _Part:
    word: str  # canonical unit word, or ""
    name: str  # folded name without the word


@dataclass(frozen=True)
class _Asked:
    commune: _Part | None  # None: a district alone
    district: _Part | None
    province: str  # folded short name, or ""
    former_district: bool = False  # the district had gone before 2025; where its communes went is not always one place


@dataclass
class Gazetteer:
    """All names to search in. ``provinces``: folded name, old or new -> codes of today's provinces.

    A name leads through every reform: ``districts`` and ``formers`` hold those of before 2020 as well.
    """

    communes: tuple[Commune, ...]
    formers: tuple[Former, ...]
    provinces: dict[str, frozenset[str]]
    districts: dict[str, str] = field(default_factory=dict)  # names of districts that had gone before 2025 -> the later
    _by_code: dict[str, Commune] = field(init=False)
    _today: dict[str, list[Commune]] = field(init=False)
    _before: dict[str, list[Former]] = field(init=False)
    _districts: set[str] = field(init=False)
    _later: dict[_Part, _Part] = field(init=False)

    def __post_init__(self) -> None:
        self._by_code = {commune.code: commune for commune in self.communes}
        self._today, self._before = defaultdict(list), defaultdict(list)
        for commune in self.communes:
            self._today[read_part(commune.name).name].append(commune)
        for former in self.formers:
            self._before[read_part(former.name).name].append(former)
        later = {read_part(former): read_part(now) for former, now in self.districts.items()}
        self._later = later | {_Part("", former.name): now for former, now in later.items() if former.name != now.name}
        self._districts = {self._of_2025(read_part(former.district)).name for former in self.formers}

    def resolve(self, text: str, province_code: str | None = None, on: dt.date | None = None) -> Resolution:
        """Today's commune for a written name.

        ``province_code`` is where to look when the text names no province. ``on`` is the day the text was
        written, if known: from the reform on, only today's names are read; before it, former names come
        first. Without it, a name that today's commune shares with a former one elsewhere is ambiguous.
        """
        asked = self._read(text)
        if asked is None:
            return Resolution(Status.UNKNOWN, text)
        codes = self._province_codes(asked.province, province_code)
        commune = asked.commune
        if commune is None:
            return self._of_district(text, asked, codes)
        if asked.former_district and not any(
            self._former_fits(former, asked, codes) for former in self._before.get(commune.name, [])
        ):
            asked = replace(asked, district=None)
        return self._of_commune(text, asked, commune, codes, on)

    def _of_commune(
        self, text: str, asked: _Asked, commune: _Part, codes: frozenset[str] | None, on: dt.date | None
    ) -> Resolution:
        today = [c for c in self._today.get(commune.name, []) if codes is None or c.province_code in codes]
        before = [f for f in self._before.get(commune.name, []) if self._former_fits(f, asked, codes)]
        today, before = self._narrow(asked, today, before, on)
        differs = False
        if commune.word:
            same_today = [c for c in today if read_part(c.name).word == commune.word]
            same_before = [f for f in before if read_part(f.name).word == commune.word]
            differs = not (same_today or same_before)
            if not differs:
                today, before = same_today, same_before
        if len(today) + len(before) > 1 and strip_marks(text) != text:
            today, before = _same_marks(text, today, before)
        return self._answer(text, commune, today, before, differs, codes)

    def _narrow(
        self, asked: _Asked, today: list[Commune], before: list[Former], on: dt.date | None
    ) -> tuple[list[Commune], list[Former]]:
        if on is not None:
            before = [one for one in before if one.until is None or on <= one.until] or before
        if asked.district is not None:
            if before:
                return [], before
            # Today's name written with the old district: right when the commune took over a part of it.
            inside = {
                code
                for former in self.formers
                if _same(self._of_2025(read_part(former.district)), asked.district)
                for code in former.successors
            }
            return [commune for commune in today if commune.code in inside], []
        if on is not None and on >= REFORM and today:
            return today, []
        if on is not None and on < REFORM and before:
            return [], before
        return today, before

    def _answer(
        self,
        text: str,
        asked: _Part,
        today: list[Commune],
        before: list[Former],
        differs: bool,
        codes: frozenset[str] | None,
    ) -> Resolution:
        targets = {commune.code: commune for commune in today}
        targets |= {code: self._by_code[code] for former in before for code in former.successors}
        found = tuple(targets[code] for code in sorted(targets))
        if len(found) == 1 and (today or any(former.sure for former in before)):
            former = before[0] if before and not today else None
            return Resolution(Status.FOUND, text, found[0], former, word_differs=differs)
        if found:
            meant = tuple(c.full_name for c in today) + tuple(f.full_name for f in before)
            return Resolution(Status.AMBIGUOUS, text, None, None, found, meant, differs)
        return Resolution(Status.UNKNOWN, text, candidates=self._near(asked.name, codes))

    def _of_district(self, text: str, asked: _Asked, codes: frozenset[str] | None) -> Resolution:
        """A district alone: everything that took over its communes is offered."""
        inside = [former for former in self.formers if self._former_fits(former, asked, codes)]
        found = tuple(self._by_code[code] for code in sorted({code for one in inside for code in one.successors}))
        status = Status.AMBIGUOUS if found else Status.UNKNOWN
        return Resolution(status, text, candidates=found, meant=tuple(commune.full_name for commune in found))

    def _near(self, name: str, codes: frozenset[str] | None, at_most: int = 5) -> tuple[Commune, ...]:
        pool: dict[str, set[str]] = defaultdict(set)
        for commune in self.communes:
            if codes is None or commune.province_code in codes:
                pool[read_part(commune.name).name].add(commune.code)
        for former in self.formers:
            inside = [c for c in former.successors if codes is None or self._by_code[c].province_code in codes]
            pool[read_part(former.name).name].update(inside)
        near = process.extract(name, list(pool), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=at_most)
        ordered = dict.fromkeys(code for match, _score, _index in near for code in sorted(pool[match]))
        return tuple(self._by_code[code] for code in list(ordered)[:at_most])

    def _former_fits(self, former: Former, asked: _Asked, codes: frozenset[str] | None) -> bool:
        if asked.district is not None and not _same(self._of_2025(read_part(former.district)), asked.district):
            return False
        if asked.province:
            folded = read_part(former.province).name
            return folded == asked.province or asked.province in self._names_of_today(former)
        return codes is None or any(self._by_code[code].province_code in codes for code in former.successors)

    def _names_of_today(self, former: Former) -> set[str]:
        return {read_part(self._by_code[code].province).name for code in former.successors}

    def _province_codes(self, province: str, default: str | None) -> frozenset[str] | None:
        if province:
            return self.provinces.get(province, frozenset())
        return None if default is None else frozenset({default})

    def _read(self, text: str) -> _Asked | None:
        between_commas = re.sub(r"[;(]", ",", text.replace(")", " ")).split(",")
        pieces = [
            piece
            for one in between_commas
            for piece in ([one] if self._is_commune(one) else one.split(" - "))
            if fold(piece)
        ]
        if len(pieces) == 1 and not self._is_commune(pieces[0]):
            pieces = self._split_unpunctuated(fold(pieces[0]))
        parts = [self._part(piece) for piece in pieces if fold(piece) != "viet nam"]
        if parts and parts[0].word in _PROVINCE_WORDS.values():
            parts.reverse()
        province = ""
        if len(parts) > 1 and self._is_province(parts[-1]):
            province = parts.pop().name
        # Streets and hamlets may stand before the commune; the last part left is it.
        district, gone = None, False
        if len(parts) > 1 and (parts[-1].word in _DISTRICT_WORDS.values() or not parts[-1].word):
            named = parts.pop()
            later = self._of_2025(named)
            district = later if later.name in self._districts else None
            gone = later != named
        marked = [part for part in parts if part.word in _COMMUNE_WORDS.values()]
        commune = marked[-1] if marked else parts[-1] if parts else None
        if commune is not None and commune.word in _DISTRICT_WORDS.values() and not marked:
            alone = self._of_2025(commune)
            return _Asked(None, alone, province) if alone.name in self._districts else None
        if commune is None or commune.word in _PROVINCE_WORDS.values():
            return None
        return _Asked(commune, district, province, gone)

    def _of_2025(self, district: _Part) -> _Part:
        """The district as it was called at the end; itself unless it had gone before."""
        return self._later.get(district, district)

    def _part(self, text: str) -> _Part:
        part, whole = read_part(text), fold(text)
        # "Tĩnh Túc" is no province (tỉnh) of the name Túc.
        return _Part("", whole) if part.word and not self._known(part.name) and self._known(whole) else part

    def _is_commune(self, text: str) -> bool:
        """Whether the text as a whole names a commune: "Xã Nguyễn Huệ" is no Nguyễn in Huế."""
        part = self._part(text)
        return part.word not in {*_DISTRICT_WORDS.values(), *_PROVINCE_WORDS.values()} and self._known(part.name)

    def _known(self, name: str) -> bool:
        return name in self._today or name in self._before

    def _is_province(self, part: _Part) -> bool:
        if part.word in _PROVINCE_WORDS.values():
            return True
        # "Thành phố Cao Bằng" was a district of the province Cao Bằng; "thành phố Huế" is itself a province.
        named = part.name in self.provinces
        return named and (not part.word or (part.word == "thanh pho" and part.name not in self._districts))

    def _split_unpunctuated(self, folded: str) -> list[str]:
        """Cut a name without commas before each unit word, and before a province name at the end."""
        tail: list[str] = []
        for name in self.provinces:
            if folded.endswith(f" {name}"):
                head = folded.removesuffix(f" {name}")
                if head not in _WORDS and not any(head.endswith(f" {word}") for word in _WORDS):
                    folded, tail = head, [name]
                    break
        words = folded.split()
        cuts = [0]
        for index in range(1, len(words)):
            two = " ".join(words[index : index + 2])
            starts = (two in _WORDS or words[index] in _WORDS) and index + 1 < len(words)
            continues = " ".join(words[index - 1 : index + 1]) in _WORDS
            if starts and not continues and index - cuts[-1] > 1:
                cuts.append(index)
        return [" ".join(words[a:b]) for a, b in pairwise([*cuts, len(words)])] + tail


def read_part(text: str) -> _Part:
    """The unit word (in one spelling) and the folded name: ``TT. Trùng Khánh`` -> (thi tran, trung khanh)."""
    words = [_Y.sub("i", word) for word in fold(text).split()]
    for length in (2, 1):
        head = " ".join(words[:length])
        if head in _WORDS and len(words) > length:
            rest = words[length:]
            # "Phường 1" is called by word and number.
            name = " ".join([_WORDS[head], *rest]) if all(word.isdigit() for word in rest) else " ".join(rest)
            return _Part(_WORDS[head], name)
    return _Part("", " ".join(words))


def province_index(names: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """From (name of a province old or new, code of today's province) to folded name -> codes."""
    index: dict[str, set[str]] = defaultdict(set)
    for name, code in names:
        index[read_part(name).name].add(code)
    return {name: frozenset(codes) for name, codes in index.items()}


def _same(district: _Part, asked: _Part) -> bool:
    return district.name == asked.name and (not asked.word or not district.word or district.word == asked.word)


def _same_marks(text: str, today: list[Commune], before: list[Former]) -> tuple[list[Commune], list[Former]]:
    """Of names that differ only in their marks, those written as in the text; all when none is."""
    key = f" {tone_key(_NOT_WORD.sub(' ', unicodedata.normalize('NFC', text)))} "

    def written(unit: Commune | Former) -> bool:
        return f" {tone_key(unit.name.split(' ', 1)[-1])} " in key

    same_today, same_before = [u for u in today if written(u)], [u for u in before if written(u)]
    return (same_today, same_before) if same_today or same_before else (today, before)
