"""Support norms as the rules see them, and the ceiling of a case."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from khuyencong.law.models import AreaStatus, Precision, Record, SupportNorm
from khuyencong.law.queries.standing import effects_on
from khuyencong.law.rules import ceiling as rules
from khuyencong.law.rules import norms as norm_rules
from khuyencong.law.rules.references import covers, words
from khuyencong.law.rules.status import EffectKind
from khuyencong.places.models import Unit


def adopted_norms() -> QuerySet[SupportNorm]:
    """The norms that were adopted and not superseded."""
    return (
        SupportNorm.objects.filter(state=Record.State.ADOPTED)
        .select_related("content", "document", "province")
        .prefetch_related("multipliers")
    )


def as_rule(norm: SupportNorm) -> norm_rules.Norm:
    """A stored norm as the rules see it."""
    return norm_rules.Norm(
        key=f"{norm.pk}",
        content=norm.content.code,
        level=norm_rules.Level(norm.level),
        percent=norm.percent,
        cap=norm.cap,
        per=norm.per,
        valid_from=norm.valid_from,
        valid_to=norm.valid_to,
        by_year_end=norm.valid_from_precision == Precision.YEAR,
        province=norm.province.code if norm.province else "",
        fund=norm.fund,
        area=norm_rules.Area(norm.area),
        variant=norm.variant,
        multipliers=tuple(
            norm_rules.Multiplier(one.condition, one.name, one.factor, article(one.path or norm.path, norm.document))
            for one in norm.multipliers.all()
        ),
        document=str(norm.document),
        article=article(norm.path, norm.document),
        path=norm.path,
        verified=norm.verified,
    )


def article(path: str, document: object) -> str:
    """``khoản 4 Điều 8 28/2018/TT-BTC``."""
    return " ".join(part for part in (words(path), str(document)) if part)


def norm_set(as_if: Iterable[SupportNorm] = ()) -> list[norm_rules.Norm]:
    """All adopted norms; with ``as_if`` these drafts counted as adopted, in place of what they replace."""
    drafts = list(as_if)
    replaced = {draft.replaces_id for draft in drafts if draft.replaces_id}
    stored = [norm for norm in adopted_norms() if norm.pk not in replaced]
    return [as_rule(norm) for norm in (*stored, *drafts)]


def ceiling(case: rules.Case) -> rules.Ceiling:
    """The ceiling of a case under the adopted norms."""
    return rules.ceiling(norm_set(), case)


def doubts(answer: rules.Ceiling) -> list[tuple[norm_rules.Norm, str, dt.date]]:
    """Norms of the answer whose provision another document amended before the day asked about: by what, since when.

    A norm that rests on an amended document may have changed; until somebody enters the new one, say so.
    """
    used = {step.norm.key: step.norm for step in answer.steps}
    stored = {str(one.pk): one for one in SupportNorm.objects.filter(pk__in=used)}
    effects = effects_on({one.document_id for one in stored.values()})
    found = []
    for key, norm in used.items():
        for effect in effects.get(stored[key].document_id, ()):
            touched = covers(effect.path, norm.path) or covers(norm.path, effect.path)
            later = effect.since is not None and effect.since > norm.valid_from
            if later and touched and effect.holds(answer.case.day) and effect.kind is not EffectKind.CORRECTS:
                found.append((norm, effect.by, effect.since))
    return found


def areas_of(commune: Unit, day: dt.date) -> frozenset[str]:
    """What a commune counts as on the day: difficult, especially-difficult, new-rural."""
    held = AreaStatus.objects.filter(unit=commune, state=Record.State.ADOPTED, valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gte=day)
    )
    return frozenset(held.values_list("kind", flat=True))


def norm_areas(areas: Iterable[str]) -> frozenset[norm_rules.Area]:
    """The grades of difficulty among what a commune counts as."""
    grades = {area.value for area in norm_rules.Area}
    return frozenset(norm_rules.Area(one) for one in areas if one in grades)
