"""Support norms as the rules see them, and the ceiling of a case."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet, prefetch_related_objects

from khuyencong.core import clock
from khuyencong.core.per_request import once
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.queries.library import sees_drafts
from khuyencong.law.documents.queries.standing import effects_on
from khuyencong.law.documents.records import Precision, Record
from khuyencong.law.documents.rules.references import covers, titled, words
from khuyencong.law.documents.rules.status import Effect, EffectKind
from khuyencong.law.norms import ceiling as rules
from khuyencong.law.norms import rules as norm_rules
from khuyencong.law.norms.models import NormMultiplier, SupportNorm
from khuyencong.people.models import User


def adopted_norms() -> QuerySet[SupportNorm]:
    """The norms that were adopted and not superseded."""
    return (
        SupportNorm.objects.filter(state=Record.State.ADOPTED)
        .select_related("content", "document", "province")
        .prefetch_related("multipliers")
    )


def norms_in_use() -> list[SupportNorm]:
    """The same, read once for a page that holds cases against them; what adopts a norm asks ``adopted_norms``."""
    found = _bare_norms()
    prefetch_related_objects(found, "multipliers")
    return found


def norms_of_any_case() -> list[norm_rules.Norm]:
    """All adopted norms for cases that meet no special condition: by what such conditions multiply is left out."""
    return [as_rule(norm, multipliers=()) for norm in _bare_norms()]


@once
def _bare_norms() -> list[SupportNorm]:
    return list(adopted_norms().prefetch_related(None))


def visible(user: User) -> QuerySet[SupportNorm]:
    """The norms this person may read: drafts are for those who draft or adopt."""
    found = SupportNorm.objects.select_related("content", "document", "province", "replaces").prefetch_related(
        "multipliers"
    )
    return found if sees_drafts(user) else found.exclude(state=Record.State.DRAFT)


def current_of(norm: SupportNorm) -> SupportNorm:
    """What stands today in the place of a norm: itself, or the adopted one at the end of what took its place.

    Where a norm was closed because another took over, that is its closed copy, not the other one.
    """
    while norm.state == Record.State.SUPERSEDED:
        heirs = norm.replaced_by.exclude(state=Record.State.DRAFT)
        heir = heirs.filter(valid_from=norm.valid_from).order_by("-pk").first() or heirs.order_by("-pk").first()
        if heir is None:
            break
        norm = heir
    return norm


def as_rule(norm: SupportNorm, multipliers: Iterable[NormMultiplier] | None = None) -> norm_rules.Norm:
    """A norm as the rules see it; ``multipliers`` where they are not stored yet."""
    return norm_rules.Norm(
        key=str(norm.pk or ""),
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
            norm_rules.Multiplier(one.condition, one.name, one.factor, _multiplier_article(one, norm))
            for one in (norm.multipliers.all() if multipliers is None else multipliers)
        ),
        document=str(norm.document) if norm.document_id else "",
        article=article(norm.path, norm.document) if norm.document_id else "",
        path=norm.path,
        verified=norm.verified,
        verified_on=clock.day_of(norm.verified_at) if norm.verified_at else None,
    )


def _multiplier_article(multiplier: NormMultiplier, norm: SupportNorm) -> str:
    return article(multiplier.path or norm.path, norm.document) if norm.document_id else ""


def article(path: str, document: object) -> str:
    """``khoản 4 Điều 8 Thông tư 28/2018/TT-BTC``."""
    return " ".join(part for part in (words(path), titled(str(document))) if part)


def norm_set(as_if: Iterable[SupportNorm] = ()) -> list[norm_rules.Norm]:
    """All adopted norms; with ``as_if`` as they would be once these drafts are adopted."""
    known = [as_rule(norm) for norm in norms_in_use()]
    for draft in as_if:
        known = put_among(known, draft)
    return known


def put_among(known: Iterable[norm_rules.Norm], draft: SupportNorm) -> list[norm_rules.Norm]:
    """These norms as they will be once the draft is adopted."""
    return norm_rules.with_draft(known, as_rule(draft), str(draft.replaces_id or ""), draft.takes_over)


def beside(draft: SupportNorm) -> list[norm_rules.Norm]:
    """The norms a draft will stand beside once it is adopted: what it replaces is closed or gone."""
    place = as_rule(draft, multipliers=())
    after = norm_rules.with_draft(map(as_rule, adopted_norms()), place, str(draft.replaces_id or ""), draft.takes_over)
    return [norm for norm in after if norm is not place]


def put_above(draft: norm_rules.Norm, others: Iterable[norm_rules.Norm]) -> list[norm_rules.Norm]:
    """The provincial norms that a national draft would leave above it: allowed, but to be reviewed."""
    if draft.level is not norm_rules.Level.NATIONAL:
        return []
    provincial = [norm for norm in others if norm.level is norm_rules.Level.PROVINCIAL]
    return [norm for norm in provincial if any(one.refuses for one in norm_rules.problems(norm, [draft]))]


def ceiling(case: rules.Case) -> rules.Ceiling:
    """The ceiling of a case under the adopted norms."""
    return rules.ceiling(norm_set(), case)


def doubts(answer: rules.Ceiling) -> list[tuple[norm_rules.Norm, Effect]]:
    """Norms of the answer whose provision another document amended before the day asked about, and how.

    A norm that rests on an amended document may have changed; until somebody enters the new one, say so.
    """
    used = {step.norm.key: step.norm for step in answer.steps}
    return doubts_of(used.values(), answer.case.day)


def doubts_of(norms: Iterable[norm_rules.Norm], day: dt.date) -> list[tuple[norm_rules.Norm, Effect]]:
    """The same for these stored norms on a day."""
    used = {norm.key: norm for norm in norms}
    stored = {str(one.pk): one for one in _bare_norms()}
    stored |= {str(one.pk): one for one in SupportNorm.objects.filter(pk__in=used.keys() - stored.keys())}
    effects = effects_on({stored[key].document_id for key in used})
    found = []
    for key, norm in used.items():
        for effect in effects.get(stored[key].document_id, ()):
            touched = covers(effect.path, norm.path) or covers(norm.path, effect.path)
            later = effect.since is not None and effect.since > norm.valid_from
            if later and touched and effect.holds(day) and effect.kind is not EffectKind.CORRECTS:
                found.append((norm, effect))
    return found


def norm_areas(areas: Iterable[str]) -> frozenset[norm_rules.Area]:
    """The grades of difficulty among what a commune counts as."""
    grades = {area.value for area in norm_rules.Area}
    return frozenset(norm_rules.Area(one) for one in areas if one in grades)


def resting_on(document: LegalDocument) -> QuerySet[SupportNorm]:
    """The adopted norms that name a document, in the order of its articles."""
    return adopted_norms().filter(document=document).order_by("path", "content__position")
