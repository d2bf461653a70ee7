"""What the facts of a year will be if everything that is due in it comes: milestones not yet reached, added."""

from collections.abc import Collection

import pyarrow as pa

COMING = ("planned", "contracted", "accepted")


def with_coming(milestones: pa.Table, ahead: Collection[int], year: int) -> pa.Table:
    """The milestones with those that the projects ``ahead`` (keys) still have before them, in December of the year."""
    reached: dict[tuple[int, int], set[str]] = {}
    one_of: dict[tuple[int, int], dict] = {}
    for row in milestones.to_pylist():
        if row["project"] in ahead:
            key = row["project"], row["establishment"]
            reached.setdefault(key, set()).add(row["event"])
            one_of[key] = row
    added = [
        {**row, "event": event, "year": year, "month": 12}
        for key, row in one_of.items()
        for event in COMING
        if event not in reached[key]
    ]
    return pa.concat_tables([milestones, pa.Table.from_pylist(added, schema=milestones.schema)])
