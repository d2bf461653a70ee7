"""The fact tables: their columns and types. Money in whole VND; ``month`` is null where only the year is known.

A project with several establishments has a row for each: its money is split among them, and ``lead`` is 1 for the
first and 0 for the others, so that sums over communes count every project and every đồng once.
"""

from collections.abc import Mapping

import pyarrow as pa

_KEY, _TEXT, _MONEY, _FLAG = pa.int64(), pa.string(), pa.int64(), pa.bool_()
_SMALL = pa.int32()

# Where an establishment lies and what it is: the columns that reports may be broken down by.
_PLACE = {"commune": _TEXT, "district": _TEXT, "province": _TEXT, "group": _TEXT, "form": _TEXT}
_TIME = {"year": _SMALL, "month": _SMALL}
_PROJECT = {"project": _KEY, "establishment": _KEY, "fund": _TEXT, "content": _TEXT}

MEASURES = ("revenue", "output_value", "value_added", "workers", "women", "ethnic_minority", "tax_paid",
            "export_value", "profit", "investment")  # fmt: skip

SCHEMAS: Mapping[str, pa.Schema] = {
    name: pa.schema(columns)
    for name, columns in {
        "milestones": {
            **_PROJECT, **_PLACE, **_TIME, "event": _TEXT, "lead": _SMALL, "support": _MONEY,
            "counterpart": _MONEY, "blended": _MONEY, "investment": _MONEY, "jobs": _MONEY,
        },
        "payments": {**_PROJECT, **_PLACE, **_TIME, "amount": _MONEY, "recovered": _MONEY},
        "visits": {**_PROJECT, **_PLACE, **_TIME, "lead": _SMALL, "findings": _SMALL},
        "plan": {"line": _KEY, "fund": _TEXT, "content": _TEXT, "year": _SMALL, "amount": _MONEY},
        "results": {
            "establishment": _KEY, **_PLACE, "year": _SMALL, "supported": _FLAG, **dict.fromkeys(MEASURES, _MONEY),
        },
        "establishments": {"establishment": _KEY, **_PLACE, "status": _TEXT, "supported": _FLAG},
    }.items()
}  # fmt: skip

# No row here is a zero: nothing happened. Elsewhere it means that nobody knows.
COMPLETE = frozenset({"milestones", "payments", "visits", "establishments"})
