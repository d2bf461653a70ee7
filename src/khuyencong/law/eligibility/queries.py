"""Rules of eligibility and priority as the pure rules see them, and what communes count as."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet

from khuyencong.core.per_request import once
from khuyencong.core.validity import valid_on
from khuyencong.law.documents.models import DatedRule, LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.law.eligibility import priority
from khuyencong.law.eligibility import rules as eligibility
from khuyencong.law.eligibility.models import AreaStatus, EligibilityRule, PriorityCriterion
from khuyencong.law.norms.queries import article
from khuyencong.places.models import Unit

D = TypeVar("D", EligibilityRule, PriorityCriterion)


def rules(as_if: Iterable[EligibilityRule] = ()) -> list[eligibility.Rule]:
    """The adopted rules; with ``as_if`` these drafts counted as adopted."""
    return [_rule(one, valid_to) for one, valid_to in _with_drafts(EligibilityRule, as_if)]


def criteria(as_if: Iterable[PriorityCriterion] = ()) -> list[priority.Criterion]:
    """The adopted priority criteria; with ``as_if`` these drafts counted as adopted."""
    return [_criterion(one, valid_to) for one, valid_to in _with_drafts(PriorityCriterion, as_if)]


def areas_on(units: Iterable[int], day: dt.date) -> dict[int, frozenset[str]]:
    """Key of each commune -> what it counts as on the day."""
    return _by_unit(statuses_on(day).filter(unit_id__in=list(units)))


@once
def all_areas_on(day: dt.date) -> dict[int, frozenset[str]]:
    """The same of every commune that counts as anything."""
    return _by_unit(statuses_on(day))


def statuses_on(day: dt.date) -> QuerySet[AreaStatus]:
    """The adopted area statuses that hold on the day."""
    return AreaStatus.objects.filter(valid_on(day), state=Record.State.ADOPTED)


def _by_unit(statuses: QuerySet[AreaStatus]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for unit, kind in statuses.order_by().values_list("unit_id", "kind"):
        found[unit].add(kind)
    return {unit: frozenset(kinds) for unit, kinds in found.items()}


def last_day_before(draft: DatedRule, old: DatedRule) -> dt.date | None:
    """The last day of ``old`` once ``draft`` takes over from it on a later day; None when nothing of it remains."""
    if not draft.takes_over or draft.valid_from <= old.valid_from:
        return None
    last = draft.valid_from - dt.timedelta(days=1)
    return last if old.valid_to is None else min(last, old.valid_to)


def _with_drafts(model: type[D], as_if: Iterable[D]) -> list[tuple[D, dt.date | None]]:
    """Each record with its last day, as it would be if the drafts were adopted."""
    drafts = list(as_if)
    heirs = {draft.replaces_id: draft for draft in drafts if draft.replaces_id}
    found: list[tuple[D, dt.date | None]] = []
    for one in model._base_manager.filter(state=Record.State.ADOPTED).select_related("document"):
        heir = heirs.get(one.pk)
        if heir is None:
            found.append((one, one.valid_to))
        elif (last := last_day_before(heir, one)) is not None:
            found.append((one, last))
    return found + [(draft, draft.valid_to) for draft in drafts]


def _rule(one: EligibilityRule, valid_to: dt.date | None) -> eligibility.Rule:
    return eligibility.Rule(
        key=one.code,
        kind=eligibility.Kind(one.kind),
        name=one.name,
        values=frozenset(one.values),
        contents=frozenset(one.contents),
        valid_from=one.valid_from,
        valid_to=valid_to,
        article=article(one.path, one.document or ""),
        verified=one.verified,
    )


def _criterion(one: PriorityCriterion, valid_to: dt.date | None) -> priority.Criterion:
    return priority.Criterion(
        key=one.code,
        kind=priority.Kind(one.kind),
        name=one.name,
        points=one.points,
        valid_from=one.valid_from,
        valid_to=valid_to,
        values=frozenset(one.values),
        threshold=one.threshold,
        article=article(one.path, one.document or ""),
        verified=one.verified,
    )


def areas_of(commune: Unit, day: dt.date) -> frozenset[str]:
    """What a commune counts as on the day: difficult, especially-difficult, new-rural."""
    held = AreaStatus.objects.filter(valid_on(day), unit=commune, state=Record.State.ADOPTED)
    return frozenset(held.values_list("kind", flat=True))


def resting_on(document: LegalDocument) -> list[EligibilityRule | PriorityCriterion]:
    """The adopted rules and criteria that name a document."""
    mine = {"document": document, "state": Record.State.ADOPTED}
    return [*EligibilityRule.objects.filter(**mine), *PriorityCriterion.objects.filter(**mine)]
