"""Invented establishments: who they are, where, what they make, how big. Pure: a generator and names in."""

from dataclasses import dataclass

import numpy as np
from stdnum.vn import mst

from khuyencong.core.text import fold, strip_marks
from khuyencong.demo import names
from khuyencong.demo.catalogue import TRADES, Trade
from khuyencong.demo.names import pick

FIRST_YEAR, LAST_YEAR = 2012, 2025

# Where industry gathers: the wards, and the former district towns. Everywhere else counts 1.
_TOWNS = {
    "Thục Phán": 7.0, "Nùng Trí Cao": 4.5, "Tân Giang": 4.0, "Hòa An": 3.5, "Trùng Khánh": 3.2,
    "Quảng Uyên": 3.4, "Phục Hòa": 2.2, "Nguyên Bình": 2.2, "Đông Khê": 2.0, "Bảo Lạc": 1.9, "Bảo Lâm": 1.9,
    "Trà Lĩnh": 1.7, "Thông Nông": 1.5, "Trường Hà": 1.5, "Hà Quảng": 1.5, "Hạ Lang": 1.5, "Tĩnh Túc": 1.2,
}  # fmt: skip
_AT_HOME = 7.0  # how much likelier a trade is where it is at home

_FORMS = ("household", "cooperative", "cooperative-group", "enterprise")
_FORM_WEIGHTS = (85.0, 4.5, 1.5, 9.0)
_WORKERS = {"household": 4.2, "cooperative": 11.0, "cooperative-group": 7.0, "enterprise": 17.0}
_PER_WORKER = {"household": 95e6, "cooperative": 140e6, "cooperative-group": 105e6, "enterprise": 330e6}


@dataclass(frozen=True)
class Place:
    """A commune of today. ``formers`` are (former unit, its district), by full names."""

    code: str
    name: str
    short_name: str
    latitude: float | None
    longitude: float | None
    formers: tuple[tuple[str, str], ...] = ()


@dataclass
class Firm:
    """One establishment. ``started`` and ``closed`` are the truth; ``founded`` is what the file says.

    ``base_workers`` and ``log_level`` (log revenue) are those of 2015 without support.
    """

    number: int
    trade: Trade
    form: str
    name: str
    owner: str
    place: Place
    place_as_given: str
    address: str
    phone: str
    tax_code: str
    started: int
    founded: int | None
    closed: int | None
    capital: int | None
    base_workers: float
    log_level: float
    classified: bool
    coordinates: tuple[float, float] | None
    paused: bool


def invent(rng: np.random.Generator, places: list[Place], count: int) -> list[Firm]:
    """``count`` establishments, no two of one name in a commune."""
    taken: set[tuple[str, str]] = set()
    return [_firm(rng, number, places, taken) for number in range(1, count + 1)]


def _firm(rng: np.random.Generator, number: int, places: list[Place], taken: set[tuple[str, str]]) -> Firm:
    place = pick(rng, tuple(places), tuple(_TOWNS.get(one.short_name, 1.0) for one in places))
    weights = tuple(one.weight * (_AT_HOME if place.short_name in one.homes else 1.0) for one in TRADES)
    trade = pick(rng, TRADES, weights)
    form = _form(rng, trade)
    owner, name = _named(rng, trade, form, place, taken)
    started = int(rng.integers(1994, 2012)) if rng.random() < 0.66 else int(rng.integers(2012, 2026))
    workers = _WORKERS[form] * trade.size * float(np.exp(rng.normal(0.0, 0.42)))
    level = np.log(max(workers, 1.0) * _PER_WORKER[form] * trade.yield_) + rng.normal(0.0, 0.3)
    closes = rng.random() < 0.07
    return Firm(
        number=number,
        trade=trade,
        form=form,
        name=name,
        owner=owner,
        place=place,
        place_as_given=_as_given(rng, place),
        address=names.hamlet(rng) if rng.random() < 0.8 else "",
        # No number in Vietnam begins so: nobody's telephone rings.
        phone=f"0000 {rng.integers(100, 1000)} {rng.integers(100, 1000)}" if rng.random() < 0.72 else "",
        tax_code=_tax_code(number) if rng.random() < _TAXED[form] else "",
        started=started,
        founded=started if rng.random() > 0.06 else None,
        closed=int(rng.integers(min(max(started + 2, 2014), 2025), 2026)) if closes else None,
        capital=_round(float(np.exp(level + rng.normal(-0.4, 0.5)))) if rng.random() < 0.7 else None,
        base_workers=float(workers),
        log_level=float(level),
        classified=bool(rng.random() > 0.02),
        coordinates=_coordinates(rng, place),
        paused=bool(rng.random() < 0.025 and not closes),
    )


_TAXED = {"household": 0.3, "cooperative": 0.93, "cooperative-group": 0.2, "enterprise": 1.0}


def _form(rng: np.random.Generator, trade: Trade) -> str:
    form = pick(rng, _FORMS, _FORM_WEIGHTS)
    if form == "enterprise" and not trade.enterprise:
        return "household"
    if form.startswith("cooperative") and not trade.cooperative:
        return "household"
    return form


def _named(
    rng: np.random.Generator, trade: Trade, form: str, place: Place, taken: set[tuple[str, str]]
) -> tuple[str, str]:
    while True:
        owner, word = names.person(rng), names.firm_word(rng)
        if form == "household":
            name = trade.household.format(owner=owner)
        elif form == "enterprise":
            name = trade.enterprise.format(word=word)
        else:
            name = trade.cooperative.format(place=f"{place.short_name} {word.split()[-1]}")
            if form == "cooperative-group":
                name = name.replace("Hợp tác xã", "Tổ hợp tác")
        key = (fold(name), place.code)
        if key not in taken:
            taken.add(key)
            return owner, name


def _as_given(rng: np.random.Generator, place: Place) -> str:
    """The place as the old papers have it: mostly a unit that is gone, written in one of the usual ways."""
    if not place.formers or rng.random() < 0.12:
        return f"{place.name}, tỉnh Cao Bằng" if rng.random() < 0.5 else ""
    former, district = pick(rng, place.formers)
    full = f"{former}, {district[0].lower()}{district[1:]}, tỉnh Cao Bằng"
    way = rng.random()
    if way < 0.55:
        return full
    short = full.replace("Thị trấn", "TT.").replace("huyện ", "H. ").replace("thành phố ", "TP. ")
    if way < 0.85:
        return short.replace(", tỉnh Cao Bằng", ", Cao Bằng")
    return strip_marks(full).upper() if way < 0.92 else full.replace(", tỉnh Cao Bằng", "")


def _tax_code(number: int) -> str:
    """Valid by its check digit, in a range (99) that no tax office has."""
    bodies = (f"99{number + step:07d}" for step in (0, 5_000_000, 7_000_000))
    # About one body in eleven has no check digit of one place.
    return next(code for code in (body + mst.calc_check_digit(body) for body in bodies) if mst.is_valid(code))


def _coordinates(rng: np.random.Generator, place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None or rng.random() < 0.35:
        return None
    north, east = rng.normal(0.0, 0.008, 2)
    return round(place.latitude + float(north), 5), round(place.longitude + float(east), 5)


def _round(amount: float) -> int:
    """To two significant digits, as registered capital is."""
    step = 10 ** (len(str(int(amount))) - 2)
    return round(amount / step) * step
