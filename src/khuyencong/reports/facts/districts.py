"""The old district that each commune of today is told under: the one that most of it came from."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from khuyencong.places.models import Succession, Unit


def main_districts(provinces: Iterable[str]) -> dict[str, str]:
    """Code of each commune of today -> name of its district before 1 July 2025; of two equals the first by name."""
    links = Succession.objects.filter(
        former__kind=Unit.Kind.COMMUNE, current__valid_to=None, current__parent__code__in=set(provinces)
    ).values_list("current__code", "former__parent__name")
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for commune, district in links:
        found[commune][district or ""] += 1
    return {commune: min(counted, key=lambda name: (-counted[name], name)) for commune, counted in found.items()}
