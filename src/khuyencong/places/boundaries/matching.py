"""Which unit of today each outline of a file is of. Pure."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely import MultiPolygon, union_all

from khuyencong.core.text import fold, tone_key
from khuyencong.places.boundaries.geojson import Feature, Problem, Refusal, polygons_of
from khuyencong.places.rules import REFORM, Gazetteer, Resolution, Status, read_part


@dataclass(frozen=True)
class Named:
    """A unit of today to which an outline may belong."""

    code: str
    name: str


@dataclass(frozen=True)
class Matched:
    """Code of each unit -> its outline, and the outlines that belong to none."""

    outlines: dict[str, MultiPolygon]
    refused: list[Refusal]


@dataclass(frozen=True)
class _Found:
    code: str = ""
    former: str = ""  # the full name of the former unit, when its name was the one read
    problem: Problem | None = None
    detail: str = ""


def of_provinces(features: Sequence[Feature], provinces: Sequence[Named]) -> bool:
    """Whether the file is one of provinces: all its codes have at most two digits, or else its names are theirs."""
    codes = [one.code for one in features if one.code]
    if codes:
        return all(code.isdecimal() and len(code) <= 2 for code in codes) and len(features) <= len(provinces)
    names = {read_part(one.name).name for one in provinces}
    known = sum(_bare(one.name) in names for one in features)
    return 2 * known > len(features)


def match_provinces(features: Sequence[Feature], provinces: Sequence[Named]) -> Matched:
    """The outlines by province, by code, else by name."""
    by_code = {one.code: one for one in provinces}
    by_name: dict[str, list[str]] = defaultdict(list)
    for one in provinces:
        by_name[_bare(one.name)].append(one.code)

    def find(one: Feature) -> _Found:
        named = by_name.get(_bare(one.name), [])
        coded = by_code.get(one.code.zfill(2)) if one.code.isdecimal() else None
        if coded is not None:
            wrong = bool(named) and coded.code not in named
            return _Found(problem=Problem.CODE_AND_NAME, detail=coded.name) if wrong else _Found(coded.code)
        return _Found(named[0]) if len(named) == 1 else _nothing(one)

    return _gathered([(one, find(one)) for one in features], {})


def match_communes(features: Sequence[Feature], gazetteer: Gazetteer, province: str) -> Matched:
    """The outlines by commune of one province: by code, else by today's name, else by former names.

    Former communes make the outline of today's only together: all of them, none divided between two. A file in
    which most names are former ones is read as one from before the reform: there, a name or code that a commune
    of today still has means the smaller one of before.
    """
    by_code = {one.code: one for one in gazetteer.communes}
    before = _from_before(features, gazetteer, province)

    def find(one: Feature) -> _Found:
        if before:
            return _former(one, gazetteer, province)
        named = gazetteer.resolve(one.name, province, REFORM) if one.name else None
        name_says = named.commune if named and named.status is Status.FOUND else None
        coded = by_code.get(one.code.zfill(5)) if one.code.isdecimal() else None
        if coded is None:
            return _by_name(one, named, province)
        if coded.province_code != province:
            return _Found(problem=Problem.OTHER_PROVINCE, detail=coded.full_name)
        if name_says and name_says != coded and not _alike(one.name, coded.name):
            return _Found(problem=Problem.CODE_AND_NAME, detail=coded.name)
        return _Found(coded.code)

    parts: dict[str, set[str]] = defaultdict(set)
    for former in (one for one in gazetteer.formers if one.until is None):
        for code in former.successors:
            parts[code].add(former.full_name if len(former.successors) == 1 else "")
    return _gathered([(one, find(one)) for one in features], parts)


def _by_name(one: Feature, named: Resolution | None, province: str) -> _Found:
    if named is not None and named.status is Status.AMBIGUOUS:
        return _Found(problem=Problem.AMBIGUOUS, detail="; ".join(named.meant))
    if named is None or named.status is not Status.FOUND or named.commune is None:
        return _nothing(one)
    if named.commune.province_code != province:
        return _Found(problem=Problem.OTHER_PROVINCE, detail=named.commune.full_name)
    return _Found(named.commune.code, named.former.full_name if named.former else "")


def _from_before(features: Sequence[Feature], gazetteer: Gazetteer, province: str) -> bool:
    answers = [gazetteer.resolve(one.name, province, REFORM) for one in features if one.name]
    # No unit of today is a thị trấn.
    former = sum(one.former is not None or read_part(one.query).word == "thi tran" for one in answers)
    return 2 * former > sum(one.status is not Status.UNKNOWN for one in answers)


def _former(one: Feature, gazetteer: Gazetteer, province: str) -> _Found:
    named = gazetteer.resolve(one.name, province, REFORM - dt.timedelta(days=1))
    if named.status is Status.AMBIGUOUS:
        return _Found(problem=Problem.AMBIGUOUS, detail="; ".join(named.meant))
    if named.commune is None or named.former is None or named.commune.province_code != province:
        return _nothing(one)
    return _Found(named.commune.code, named.former.full_name)


def _gathered(found: Iterable[tuple[Feature, _Found]], parts: dict[str, set[str]]) -> Matched:
    """Each unit with its one outline, or with the union of all its former communes."""
    refused: list[Refusal] = []
    whole: dict[str, list[Feature]] = defaultdict(list)
    pieces: dict[str, list[tuple[Feature, str]]] = defaultdict(list)
    for one, answer in found:
        if answer.problem is not None:
            refused.append(Refusal(one.number, one.name or one.code, answer.problem, answer.detail))
        elif answer.former:
            pieces[answer.code].append((one, answer.former))
        else:
            whole[answer.code].append(one)
    outlines: dict[str, MultiPolygon] = {}
    for code, features in whole.items():
        if len(features) == 1:
            outlines[code] = features[0].geometry
        else:
            refused += _all(features, Problem.TWICE, ", ".join(str(one.number) for one in features))
    for code, named in pieces.items():
        features = [one for one, _former in named]
        formers = Counter(former for _one, former in named)
        if code in whole:
            refused += _all(features, Problem.TWICE, ", ".join(str(one.number) for one in [*whole[code], *features]))
        elif set(formers) != parts.get(code) or max(formers.values()) > 1:
            missing = sorted(name for name in parts.get(code, set()) - set(formers) if name)
            refused += _all(features, Problem.PART, "; ".join(missing))
        else:
            outlines[code] = polygons_of(union_all([one.geometry for one in features]))
    return Matched(dict(sorted(outlines.items())), sorted(refused, key=lambda one: one.number))


def _all(features: Iterable[Feature], problem: Problem, detail: str) -> list[Refusal]:
    return [Refusal(one.number, one.name or one.code, problem, detail) for one in features]


def _nothing(one: Feature) -> _Found:
    return _Found(problem=Problem.UNKNOWN if one.name or one.code else Problem.NO_NAME)


def _bare(name: str) -> str:
    """A province's name without its unit word, folded."""
    folded = fold(name)
    for word in ("thanh pho", "tp", "tinh"):
        folded = folded.removeprefix(f"{word} ")
    return folded


def _alike(one: str, other: str) -> bool:
    return tone_key(one) == tone_key(other) or read_part(one).name == read_part(other).name
