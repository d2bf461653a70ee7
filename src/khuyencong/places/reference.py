"""The units of the nation as two PyPI packages give them: today's, the former ones, and the way between.

Names and codes of today come from ``vietnam-provinces``; the units before 1 July 2025, the coordinates and
the mapping from old to new come from ``vietnamadminunits``. Read once, at loading time.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import vietnam_provinces

from khuyencong.core.text import fold

KIND_WORDS = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Tỉnh", "Huyện", "Quận", "Phường", "Xã")


@dataclass(frozen=True)
class UnitRow:
    """One unit as the packages give it; ``key`` joins the two packages, ``parent`` is the key above."""

    key: str
    code: str
    name: str
    kind: str
    parent: str | None
    latitude: float | None
    longitude: float | None


def source() -> str:
    """Which packages and versions the reference data come from."""
    return "; ".join(f"{name} {version(name)}" for name in ("vietnam-provinces", "vietnamadminunits"))


def short_name(name: str) -> str:
    """The name without its unit word: ``Thị trấn Trùng Khánh`` -> ``Trùng Khánh``.

    A number stays with its word, because "Phường 1" is called just that.
    """
    for word in KIND_WORDS:
        if name.casefold().startswith(word.casefold() + " "):
            rest = name[len(word) + 1 :]
            return name if rest.isdigit() else rest
    return name


def current_units() -> Iterator[UnitRow]:
    """The 34 provinces and 3,321 communes since 1 July 2025.

    The packages give some communes different codes (three in Cao Bằng: Vinh Quý, Lý Quốc, Hạ Lang), so
    the two are joined by province and name; the code of vietnam-provinces is kept, which is the
    statistics office's.
    """
    rows = {row["provinceCode"] + row["wardKey"]: row for row in _table("admin_units")}
    provinces = {row["provinceCode"]: row for row in rows.values()}
    for province in json.loads(files(vietnam_provinces).joinpath("data/nested-divisions.json").read_text("utf-8")):
        code = f"{province['code']:02}"
        above = provinces[code]
        key = above["provinceKey"]
        yield UnitRow(key, code, province["name"], "province", None, above["provinceLat"], above["provinceLon"])
        for ward in province["wards"]:
            ward_key = next((k for k in _keys(ward["name"]) if code + k in rows), _keys(ward["name"])[0])
            row = rows.get(code + ward_key)
            place = (row["wardLat"], row["wardLon"]) if row else (None, None)
            yield UnitRow(f"{key}_{ward_key}", f"{ward['code']:05}", ward["name"], "commune", key, *place)


def _keys(name: str) -> tuple[str, str]:
    """The two keys vietnamadminunits uses: without marks, and with them where two names differ only there."""
    return fold(name).replace(" ", ""), name.casefold().replace(" ", "")


def former_units() -> Iterator[UnitRow]:
    """The provinces, districts and communes as they stood on 30 June 2025, each above its children."""
    seen: set[str] = set()
    for row in _table("admin_units_legacy"):
        levels = [
            (row["provinceKey"], row["provinceCode"], row["province"], "province", None, "province"),
            (
                _district(row),
                row["districtCode"],
                row["district"],
                "district",
                row["provinceKey"],
                "district",
            ),
            (_former(row), row["wardCode"], row["ward"], "commune", _district(row), "ward"),
        ]
        for key, code, name, kind, parent, prefix in levels:
            if name and code and key not in seen:
                seen.add(key)
                yield UnitRow(key, code, name, kind, parent, row[f"{prefix}Lat"], row[f"{prefix}Lon"])


def successions() -> Iterator[tuple[str, str, bool]]:
    """(key of the former unit, key of today's unit, whether the former one was divided)."""
    data = _converter()
    for today, formers in data["DICT_PROVINCE"].items():
        for former in formers:
            yield former, today, False
    for province, communes in data["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, formers in communes.items():
            for former in formers:
                # An island district without communes is written with an empty commune behind it.
                yield former.rstrip("_"), f"{province}_{commune}", False
    for province, divided in data["DICT_PROVINCE_WARD_DIVIDED"].items():
        for former, parts in divided.items():
            for part in parts:
                yield former, f"{province}_{part['newWardKey']}", True


def _district(row: sqlite3.Row) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}"


def _former(row: sqlite3.Row) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}"


def _table(name: str) -> list[sqlite3.Row]:
    path = files("vietnamadminunits").joinpath("data/dataset.db")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        return database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 -- two fixed names, both ours


@cache
def _converter() -> dict[str, Any]:
    data = files("vietnamadminunits").joinpath("data/converter_2025.json")
    found: dict[str, Any] = json.loads(data.read_text("utf-8"))
    return found
