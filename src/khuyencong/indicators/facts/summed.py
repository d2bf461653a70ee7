"""Results and establishments as the database keeps their sums: a few thousand rows, however large the registry is."""

from typing import Any

import pyarrow as pa
from django.db.models import Q, Sum

from khuyencong.establishments.models import RegistryCount, ResultSum
from khuyencong.indicators.facts.schema import MEASURES, SCHEMAS
from khuyencong.places.queries import district_of_communes

_PLACE = ("commune", "district", "province")
_COMMUNE = ("commune", "commune__code", "commune__parent__code")


def tables(within: Q) -> dict[str, pa.Table]:
    """Both, of the communes within reach; ``rows``: how many establishments a row stands for."""
    return {
        "results": _table("results", [*_PLACE, "year", "supported", *MEASURES], _results(within)),
        "establishments": _table("establishments", [*_PLACE, "status", "supported"], _establishments(within)),
    }


def _results(within: Q) -> list[dict[str, Any]]:
    summed = {f"sum_{one}": Sum(one) for one in MEASURES} | {f"told_by_{one}": Sum(f"told_{one}") for one in MEASURES}
    known = ResultSum.objects.filter(within).values(*_COMMUNE, "year", "support").annotate(rows=Sum("n"), **summed)
    return [
        {
            **_place(one), "year": one["year"], "rows": one["rows"],
            "supported": one["support"] == ResultSum.Support.BY_THEN,
            # What nobody told is not known: it is no zero.
            **{name: one[f"sum_{name}"] if one[f"told_by_{name}"] else None for name in MEASURES},
        }
        for one in known.filter(rows__gt=0)
    ]  # fmt: skip


def _establishments(within: Q) -> list[dict[str, Any]]:
    known = RegistryCount.objects.filter(within).values(*_COMMUNE, "active", "supported").annotate(rows=Sum("n"))
    return [
        {
            **_place(one), "rows": one["rows"], "supported": one["supported"],
            "status": "active" if one["active"] else "",
        }
        for one in known.filter(rows__gt=0)
    ]  # fmt: skip


def _place(row: dict[str, Any]) -> dict[str, str]:
    key, code, province = (row[name] for name in _COMMUNE)
    district = district_of_communes(province).get(key)
    return {"commune": code, "district": district.name if district else "", "province": province}


def _table(name: str, columns: list[str], rows: list[dict[str, Any]]) -> pa.Table:
    schema = pa.schema([*(SCHEMAS[name].field(one) for one in columns), pa.field("rows", pa.int64())])
    return pa.Table.from_pylist(rows, schema=schema)
