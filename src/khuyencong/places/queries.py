"""Reads of the units of today and before."""

import datetime as dt
from collections import Counter, defaultdict
from functools import lru_cache

from django.db.models import QuerySet

from khuyencong.core.addresses import number_in
from khuyencong.core.models import InstallationFact
from khuyencong.core.per_request import once
from khuyencong.places.earlier import read_mergers, through_both
from khuyencong.places.models import Succession, Unit
from khuyencong.places.rules import Commune, Former, Gazetteer, Resolution, province_index


def current_communes(province_code: str) -> QuerySet[Unit]:
    """Today's communes of a province, by name."""
    return Unit.objects.filter(
        kind=Unit.Kind.COMMUNE, valid_to=None, parent__code=province_code, parent__valid_to=None
    ).order_by("folded")


def current_province(code: str) -> Unit | None:
    """Today's province of this code."""
    return Unit.objects.filter(kind=Unit.Kind.PROVINCE, code=code, valid_to=None).first()


# Cities under central government since 1 July 2025; every other unit of the first level is a tỉnh.
_CITIES = {"01", "31", "46", "48", "79", "92"}


def official_name(province: Unit) -> str:
    """The name as a sentence has it: ``tỉnh Cao Bằng``, ``thành phố Hà Nội``."""
    return f"{'thành phố' if province.code in _CITIES else 'tỉnh'} {province.short_name}"


def former_districts(province_code: str) -> QuerySet[Unit]:
    """Districts before the reform whose communes were taken over by communes of a province, by name."""
    provinces = Unit.objects.filter(kind=Unit.Kind.PROVINCE, code=province_code, valid_to=None).values("pk")
    links = Succession.objects.filter(current__parent__in=provinces, former__kind=Unit.Kind.COMMUNE)
    return Unit.objects.filter(pk__in=links.values("former__parent")).order_by("folded")


def communes_of_district(district: str) -> list[int]:
    """Keys of today's communes that took over communes of an old district, by its key as text; none for nonsense."""
    former = number_in(district)
    if former is None:
        return []
    links = Succession.objects.filter(former__parent=former, former__kind=Unit.Kind.COMMUNE, current__valid_to=None)
    return list(links.values_list("current", flat=True).distinct())


@once
def district_of_communes(province_code: str) -> dict[int, Unit]:
    """Key of each of today's communes -> the old district that most of its former communes were in; ties by name."""
    links = Succession.objects.filter(current__parent__code=province_code, former__kind=Unit.Kind.COMMUNE)
    counts: dict[int, Counter[Unit]] = defaultdict(Counter)
    for link in links.select_related("former__parent"):
        if link.former.parent is not None:
            counts[link.current_id][link.former.parent] += 1
    return {key: min(found, key=lambda one: (-found[one], one.folded)) for key, found in counts.items()}


def resolve(text: str, province_code: str | None = None, on: dt.date | None = None) -> Resolution:
    """Today's commune for a written place name; see ``rules.Gazetteer.resolve``."""
    return gazetteer().resolve(text, province_code, on)


def gazetteer() -> Gazetteer:
    """All names of the nation, built once for each version of the reference data."""
    return _build(InstallationFact.read("places"))


@lru_cache(maxsize=1)
def _build(version: str) -> Gazetteer:
    communes = [
        Commune(code, name, province_code, province, latitude, longitude)
        for code, name, province_code, province, latitude, longitude in Unit.objects.filter(
            kind=Unit.Kind.COMMUNE, valid_to=None
        ).values_list("code", "name", "parent__code", "parent__name", "latitude", "longitude")
    ]
    successors: dict[int, list[str]] = {}
    provinces = [(commune.province, commune.province_code) for commune in communes]
    for former, kind, name, code in Succession.objects.values_list(
        "former_id", "former__kind", "former__name", "current__code"
    ):
        if kind == Unit.Kind.PROVINCE:
            provinces.append((name, code))
        else:
            successors.setdefault(former, []).append(code)
    formers = [
        Former(name, district, province, tuple(sorted(successors.get(pk, []))))
        for pk, name, district, province in Unit.objects.filter(kind=Unit.Kind.COMMUNE)
        .exclude(valid_to=None)
        .values_list("pk", "name", "parent__name", "parent__parent__name")
    ]
    earlier = read_mergers()
    formers += through_both(earlier, formers)
    districts = {one.former: one.into for one in earlier if one.kind == Unit.Kind.DISTRICT}
    return Gazetteer(tuple(communes), tuple(formers), province_index(provinces), districts)
