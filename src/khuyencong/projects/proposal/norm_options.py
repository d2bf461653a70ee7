"""What the support norms of a content ask about, beside its cost: the case, the conditions, how many of what."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from khuyencong.core.validity import holds, valid_on
from khuyencong.law.models import ActivityType, SupportNorm
from khuyencong.law.norms.queries import adopted_norms, norms_in_use

# A cap for each establishment counts the establishments of the project: nobody is asked how many.
COUNTED = frozenset({SupportNorm.Per.ESTABLISHMENT.value})


@dataclass(frozen=True)
class Options:
    """``variants`` and ``conditions``: code and name; ``per``: what the cap counts, nothing where there is no cap."""

    variants: tuple[tuple[str, str], ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    per: str = ""

    def variant(self, told: str) -> str:
        """The case that was told, or the first one where it is none of them."""
        codes = [code for code, _name in self.variants]
        return told if told in codes or not codes else codes[0]

    @property
    def asks_units(self) -> bool:
        """Whether somebody has to say how many."""
        return bool(self.per) and self.per not in COUNTED


def options(content: ActivityType, variant: str, day: dt.date, plain: str) -> Options:
    """The options of a content on a day; ``plain``: what the case without a name is called."""
    norms = _norms(content, day)
    variants = dict(sorted({(norm.variant, norm.variant_name or plain) for norm in norms}))
    here = [norm for norm in norms if norm.variant == variant]
    conditions = {one.condition: one.name for norm in here for one in norm.multipliers.all()}
    capped = [norm.per for norm in here if norm.cap is not None]
    return Options(tuple(variants.items()), tuple(sorted(conditions.items())), capped[0] if capped else "")


def contents(day: dt.date, present: int | None = None) -> QuerySet[ActivityType]:
    """What a project may be about on the day; ``present``: the key of what it is about already."""
    return ActivityType.objects.filter(
        (Q(direct=True) | Q(pk__in=adopted_norms().values("content"))) & valid_on(day) | Q(pk=present)
    )


def _norms(content: ActivityType, day: dt.date) -> list[SupportNorm]:
    here = [one for one in norms_in_use() if one.content_id == content.pk and holds(one, day)]
    found = [one for one in here if one.province is None or one.province.code == settings.PROVINCE_CODE]
    return sorted(found, key=lambda one: (one.variant, one.level, one.valid_from))
