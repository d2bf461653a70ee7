"""Bringing boundaries in. Reference data, like the units themselves: written by whoever keeps the installation."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from shapely import MultiPolygon

from khuyencong.core import audit, clock
from khuyencong.places.boundaries import geojson, matching, simplifying
from khuyencong.places.boundaries.geojson import Refusal
from khuyencong.places.models import Boundary, Unit
from khuyencong.places.queries import current_communes, gazetteer


@dataclass(frozen=True)
class Imported:
    """What a file brought. ``without``: units of this level that have no boundary now, after it."""

    kind: Unit.Kind
    found: int
    new: int
    changed: int
    unchanged: int
    refused: tuple[Refusal, ...]
    without: tuple[Unit, ...]


def import_file(content: bytes, name: str, province_code: str, dry_run: bool = False) -> Imported:
    """Take the boundaries of the communes of a province, or of the provinces, from a file.

    All that can be used is written in one transaction, with ``dry_run`` nothing. Raises geojson.Unreadable.
    """
    features, refused = geojson.read(content)
    provinces = [matching.Named(*row) for row in _provinces().values_list("code", "name")]
    if features and matching.of_provinces(features, provinces):
        kind, units, tolerance = Unit.Kind.PROVINCE, _provinces(), simplifying.PROVINCE_TOLERANCE
        matched = matching.match_provinces(features, provinces)
    else:
        kind, units, tolerance = Unit.Kind.COMMUNE, current_communes(province_code), simplifying.COMMUNE_TOLERANCE
        matched = matching.match_communes(features, gazetteer(), province_code)
    by_code = {unit.code: unit for unit in units}
    outlines = simplifying.simplified(list(matched.outlines.values()), tolerance)
    drawn = {by_code[code]: outline for code, outline in zip(matched.outlines, outlines, strict=True)}
    with audit.writing(None):
        new, changed, unchanged = _write(drawn, name, hashlib.sha256(content).hexdigest(), dry_run)
    has = set(Boundary.objects.filter(unit__in=units).values_list("unit_id", flat=True)) | {unit.pk for unit in drawn}
    return Imported(
        kind=kind,
        found=len(features) + len(refused),
        new=new,
        changed=changed,
        unchanged=unchanged,
        refused=tuple(sorted([*refused, *matched.refused], key=lambda one: one.number)),
        without=tuple(unit for unit in units if unit.pk not in has),
    )


def _write(drawn: Mapping[Unit, MultiPolygon], name: str, sha256: str, dry_run: bool) -> tuple[int, int, int]:
    existing = {one.unit_id: one for one in Boundary.objects.filter(unit__in=list(drawn)).select_related("unit")}
    new: list[Boundary] = []
    changed: list[Boundary] = []
    before = []
    for unit, outline in drawn.items():
        text = simplifying.as_text(outline)
        one = existing.get(unit.pk)
        if one is None:
            new.append(one := Boundary(unit=unit))
        elif (one.geometry, one.sha256) == (text, sha256):
            continue
        else:
            before.append(audit.snapshot(one))
            changed.append(one)
        one.geometry, one.source, one.sha256, one.imported_at = text, name[-200:], sha256, clock.now()
    if not dry_run:
        Boundary.objects.bulk_create(new)
        Boundary.objects.bulk_update(changed, ["geometry", "source", "sha256", "imported_at"])
        changes = [audit.Change("import", one, None, audit.snapshot(one)) for one in new]
        changes += [
            audit.Change("import", one, was, audit.snapshot(one)) for one, was in zip(changed, before, strict=True)
        ]
        audit.record(changes)
    return len(new), len(changed), len(drawn) - len(new) - len(changed)


def _provinces() -> QuerySet[Unit]:
    return Unit.objects.filter(kind=Unit.Kind.PROVINCE, valid_to=None).order_by("folded")
