"""Loading the units. Reference data: written by the system, on installation and when the packages change."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.core.text import fold
from khuyencong.places import reference
from khuyencong.places.models import Succession, Unit
from khuyencong.places.rules import REFORM

_LAST_DAY_OF_THREE_TIERS = REFORM - dt.timedelta(days=1)
_FACT = "places"
_BATCH = 1000


@dataclass(frozen=True)
class Loaded:
    """What a load wrote: 0 everywhere when the same packages had been loaded before."""

    current: int = 0
    former: int = 0
    successions: int = 0


def load() -> Loaded:
    """Put the nation's units into the database, once for each version of the packages.

    Units of today that exist already are kept (establishments refer to them) and refreshed.
    """
    source = reference.source()
    if InstallationFact.read(_FACT) == source:
        return Loaded()
    with audit.writing(None):
        Succession.objects.all().delete()
        today = _write(reference.current_units(), valid_from=REFORM, valid_to=None)
        before = _write(reference.former_units(), valid_from=None, valid_to=_LAST_DAY_OF_THREE_TIERS)
        links = [
            Succession(former_id=before[former], current_id=today[current], divided=divided, source=source[:100])
            for former, current, divided in dict.fromkeys(reference.successions())
        ]
        Succession.objects.bulk_create(links, batch_size=_BATCH, ignore_conflicts=True)
        InstallationFact.write(_FACT, source)
    return Loaded(len(today), len(before), len(links))


def _write(rows: Iterable[reference.UnitRow], valid_from: dt.date | None, valid_to: dt.date | None) -> dict[str, int]:
    """Create or refresh the units level by level, parents first; key of the packages -> primary key."""
    written: dict[str, int] = {}
    existing = {(unit.kind, unit.code): unit for unit in Unit.objects.filter(valid_to=valid_to)}
    levels: dict[str, list[reference.UnitRow]] = {"province": [], "district": [], "commune": []}
    for row in rows:
        levels[row.kind].append(row)
    for level in levels.values():
        new: list[Unit] = []
        old: list[Unit] = []
        keyed: list[tuple[str, Unit]] = []
        for row in level:
            unit = existing.get((row.kind, row.code))
            (new if unit is None else old).append(unit := unit or Unit(kind=row.kind, code=row.code))
            unit.name, unit.short_name = row.name, reference.short_name(row.name)
            unit.folded = fold(row.name)[:100]
            unit.parent_id = written[row.parent] if row.parent else None
            unit.valid_from, unit.valid_to = valid_from, valid_to
            unit.latitude, unit.longitude = row.latitude, row.longitude
            keyed.append((row.key, unit))
        Unit.objects.bulk_create(new, batch_size=_BATCH)
        fields = ["name", "short_name", "folded", "parent_id", "latitude", "longitude"]
        Unit.objects.bulk_update(old, [name.removesuffix("_id") for name in fields], batch_size=_BATCH)
        written |= {key: unit.pk for key, unit in keyed}
    return written
