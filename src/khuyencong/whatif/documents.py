"""What a draft of a document would shake: the norms, rules and local documents that rest on what it changes."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from khuyencong.law.documents import resting
from khuyencong.law.documents.queries.standing import adopted, dates_of, effect_of, effects_on
from khuyencong.law.documents.rules.references import covers
from khuyencong.law.documents.rules.status import Effect, EffectKind, Standing, standing
from khuyencong.law.models import (
    Edition,
    EligibilityRule,
    LegalDocument,
    LocalDuty,
    PriorityCriterion,
    Record,
    Relation,
    SupportNorm,
)
from khuyencong.people.models import User
from khuyencong.projects.models import Project
from khuyencong.whatif import projects

_SHAKES = (Relation.Kind.AMENDS, Relation.Kind.REPLACES, Relation.Kind.REPEALS, Relation.Kind.SUSPENDS)
_BASED = (Relation.Kind.BASED_ON, Relation.Kind.GUIDES)


@dataclass(frozen=True)
class Shaken:
    """One document that the draft changes: how it stands before and after, and what rests on the part changed.

    ``since`` None: nobody has said from when, so the standing is shown as of today.
    """

    document: LegalDocument
    effects: tuple[Effect, ...]
    since: dt.date | None
    before: Standing | None
    after: Standing | None
    norms: tuple[SupportNorm, ...]
    rules: tuple[EligibilityRule | PriorityCriterion, ...]
    duties: tuple[LocalDuty, ...]
    local: tuple[Edition, ...]


@dataclass(frozen=True)
class Money:
    """Projects of the contents whose norms are shaken: those that wait, and those of the last years."""

    waiting: tuple[Project, ...]
    past: tuple[Project, ...]

    @property
    def asked(self) -> int:
        """What is asked for, in VND."""
        return sum(one.support_amount for one in self.waiting)

    @property
    def paid(self) -> int:
        """What was paid in the last years, in VND."""
        return sum(one.support_amount for one in self.past)


def shaken(draft: Edition, today: dt.date) -> list[Shaken]:
    """Every document the draft amends, replaces, repeals or suspends."""
    relations: dict[int, list[Relation]] = {}
    for one in draft.relations.filter(kind__in=_SHAKES).select_related("target", "edition__document"):
        relations.setdefault(one.target_id, []).append(one)
    editions = {one.document_id: one for one in adopted().filter(document__in=relations)}
    before, after = effects_on(relations), effects_on(relations, [draft.pk])
    return [
        _shaken(found, today, editions.get(key), (before.get(key, ()), after.get(key, ())))
        for key, found in relations.items()
    ]


def money(found: list[Shaken], user: User, today: dt.date) -> Money:
    """The projects that hang on the shaken norms."""
    contents = {norm.content_id for one in found for norm in one.norms}
    return Money(
        tuple(one for one in projects.pending(user) if one.activity_id in contents),
        tuple(one for one in projects.accepted(user, today) if one.activity_id in contents),
    )


def norm_drafts(draft: Edition) -> list[SupportNorm]:
    """Drafts of norms that rest on the document: what would come in the place of the old ones."""
    waiting = SupportNorm.objects.filter(document=draft.document, state=Record.State.DRAFT)
    return list(waiting.select_related("content").order_by("content__position"))


def _shaken(
    relations: list[Relation],
    today: dt.date,
    edition: Edition | None,
    sides: tuple[tuple[Effect, ...], tuple[Effect, ...]],
) -> Shaken:
    target = relations[0].target
    effects = tuple(effect_of(one) for one in relations)
    days = [one.since for one in effects if one.since]
    since = min(days) if days else None
    day = max(since or today, today)
    before = after = None
    if edition is not None:
        before, after = (standing(dates_of(edition), known, day) for known in sides)
    on = resting.on(target)
    norms = sorted(on["norms"], key=lambda one: (one.content.position, one.variant, one.valid_from))
    return Shaken(
        target,
        effects,
        since,
        before,
        after,
        tuple(one for one in norms if _touched(one.path, effects) and (one.valid_to is None or one.valid_to >= day)),
        tuple(
            one for one in on["rules"] if _touched(one.path, effects) and (one.valid_to is None or one.valid_to >= day)
        ),
        tuple(one for one in on["duties"] if _touched(one.path, effects)),
        tuple(_local(target)),
    )


def _still_holds(one: SupportNorm | EligibilityRule | PriorityCriterion, day: dt.date) -> bool:
    return one.valid_to is None or one.valid_to >= day


def _touched(path: str, effects: tuple[Effect, ...]) -> bool:
    """Whether one of the effects is on this provision, or on what it lies in, or on a part of it."""
    return any(
        covers(one.path, path) or covers(path, one.path) for one in effects if one.kind is not EffectKind.CORRECTS
    )


def _local(target: LegalDocument) -> list[Edition]:
    """The documents of our province that are based on the document or guide it."""
    based = Relation.objects.filter(target=target, kind__in=_BASED).values("edition_id")
    return list(adopted().filter(pk__in=based, province__code=settings.PROVINCE_CODE))
