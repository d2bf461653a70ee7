"""Units that had gone before 2025 (data/earlier_mergers.csv), and the way from them to today's.

The two packages know only those of 30 June 2025. Each row says where it is from and whether it was compared with the
decision; a row that was not is offered to a person, never taken.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from khuyencong.places.rules import Former


@dataclass(frozen=True)
class Merger:
    """A unit that ended with ``until``, and the one that took it over (or a part of it) the day after."""

    kind: str
    former: str
    district: str
    until: dt.date
    into: str
    into_district: str
    source: str
    sure: bool


def read_mergers() -> list[Merger]:
    """All rows of the reference data."""
    content = files("khuyencong.places").joinpath("data/earlier_mergers.csv").read_text("utf-8")
    return [
        Merger(
            row["kind"],
            row["former"],
            row["district"],
            dt.date.fromisoformat(row["until"]),
            row["into"],
            row["into_district"],
            row["source"],
            row["certainty"] == "sure",
        )
        for row in csv.DictReader(content.splitlines())
    ]


def through_both(mergers: Iterable[Merger], formers: Sequence[Former]) -> list[Former]:
    """The communes that had gone before 2025, each with today's communes that took over what took it over."""
    by_name = {(former.name, former.district): former for former in formers}
    parts: dict[tuple[str, str], list[tuple[Former, Merger]]] = {}
    for one in mergers:
        then = by_name.get((one.into, one.into_district))
        if one.kind == "commune" and then is not None:
            parts.setdefault((one.former, one.district), []).append((then, one))
    return [
        Former(
            name,
            district,
            into[0][0].province,
            tuple(sorted({code for then, _one in into for code in then.successors})),
            all(one.sure for _then, one in into),
            max(one.until for _then, one in into),
        )
        for (name, district), into in parts.items()
    ]
