"""Invented facts of a nation, in the shape that the product reads them: one Parquet file for each fact table."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

YEAR, FIRST_YEAR = 2025, 2014
# A province: the nation's 300,000 establishments and 100,000 projects divided by 34.
COMMUNES, ESTABLISHMENTS, PROJECTS = 98, 8_824, 2_942
EVENTS = ("submitted", "approved", "planned", "contracted", "accepted", "settled")


def prepare(folder: Path, provinces: int) -> None:
    """Write them and print how many rows each table has."""
    from khuyencong.indicators.facts.schema import SCHEMAS

    rng = np.random.default_rng(1)
    place = _places(rng, provinces)
    first = np.where(rng.random(len(place["form"])) < 0.3, rng.integers(FIRST_YEAR, YEAR + 1, len(place["form"])), 9999)
    made = {
        **_projects(rng, place, provinces * PROJECTS),
        "visits": SCHEMAS["visits"].empty_table(),
        "plan": _plan(provinces),
        "results": _results(rng, place, first),
        "establishments": pa.table({
            "establishment": np.arange(len(first)), **place, "status": ["active"] * len(first),
            "supported": first <= YEAR,
        }),
    }  # fmt: skip
    for name, table in made.items():
        pq.write_table(table.select(SCHEMAS[name].names).cast(SCHEMAS[name]), folder / f"{name}.parquet")
    print(json.dumps({name: table.num_rows for name, table in made.items()}))


def _words(prefix: str, numbers: np.ndarray) -> pa.Array:
    return pa.array([f"{prefix}{n}" for n in range(numbers.max() + 1)]).take(pa.array(numbers))


def _places(rng: np.random.Generator, provinces: int) -> dict[str, pa.Array]:
    province = np.repeat(np.arange(provinces), ESTABLISHMENTS)
    commune = province * COMMUNES + rng.integers(COMMUNES, size=len(province))
    return {
        "commune": _words("c", commune), "district": _words("d", commune // 5), "province": _words("p", province),
        "group": _words("g", rng.integers(7, size=len(province))),
        "form": _words("f", rng.integers(4, size=len(province))),
    }  # fmt: skip


def _taken(place: dict[str, pa.Array], which: np.ndarray) -> dict[str, pa.Array]:
    return {name: column.take(pa.array(which)) for name, column in place.items()}


def _projects(rng: np.random.Generator, place: dict[str, pa.Array], count: int) -> dict[str, pa.Table]:
    who, year = rng.integers(len(place["form"]), size=count), rng.integers(FIRST_YEAR, YEAR + 1, size=count)
    support = rng.integers(50, 600, size=count) * 1_000_000
    told = {
        "project": np.arange(count), "establishment": who, **_taken(place, who), "year": year,
        "fund": np.where(rng.random(count) < 0.4, "national", "local"),
        "content": _words("n", rng.integers(9, size=count)), "lead": np.ones(count, np.int32), "support": support,
        "counterpart": support * 2, "blended": support // 10, "investment": support * 3 + support // 10,
        "jobs": rng.integers(0, 12, size=count), "amount": support, "recovered": np.zeros(count, np.int64),
    }  # fmt: skip
    milestones = [
        pa.table({**told, "event": [event] * count, "month": np.full(count, 2 * at)})
        for at, event in enumerate(EVENTS, 1)
    ]
    return {"milestones": pa.concat_tables(milestones), "payments": pa.table({**told, "month": np.full(count, 11)})}


def _plan(provinces: int) -> pa.Table:
    lines = provinces * 2
    return pa.table({
        "line": np.arange(lines), "fund": ["national", "local"] * provinces, "content": [""] * lines,
        "year": np.full(lines, YEAR), "amount": np.full(lines, 3 * 10**9),
    })  # fmt: skip


def _results(rng: np.random.Generator, place: dict[str, pa.Array], first: np.ndarray) -> pa.Table:
    from khuyencong.indicators.facts.schema import MEASURES

    years = np.arange(FIRST_YEAR, YEAR + 1)
    unit, year = np.repeat(np.arange(len(first)), len(years)), np.tile(years, len(first))
    values = {
        name: pa.array(rng.integers(0, 10**9, size=len(unit)), mask=rng.random(len(unit)) < 0.1) for name in MEASURES
    }
    return pa.table(
        {"establishment": unit, **_taken(place, unit), "year": year, "supported": first[unit] <= year, **values}
    )
