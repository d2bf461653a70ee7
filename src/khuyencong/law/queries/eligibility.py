"""Rules of eligibility and priority as the pure rules see them."""

from collections.abc import Iterable

from khuyencong.law.models import EligibilityRule, PriorityCriterion, Record
from khuyencong.law.queries.norms import article
from khuyencong.law.rules import eligibility, priority


def rules(as_if: Iterable[EligibilityRule] = ()) -> list[eligibility.Rule]:
    """The adopted rules; with ``as_if`` these drafts in place of what they replace."""
    drafts = list(as_if)
    replaced = {draft.replaces_id for draft in drafts if draft.replaces_id}
    stored = EligibilityRule.objects.filter(state=Record.State.ADOPTED).select_related("document")
    return [
        eligibility.Rule(
            key=one.code,
            kind=eligibility.Kind(one.kind),
            name=one.name,
            values=frozenset(one.values),
            contents=frozenset(one.contents),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            article=article(one.path, one.document or ""),
            verified=one.verified,
        )
        for one in (*(rule for rule in stored if rule.pk not in replaced), *drafts)
    ]


def criteria() -> list[priority.Criterion]:
    """The adopted priority criteria."""
    stored = PriorityCriterion.objects.filter(state=Record.State.ADOPTED).select_related("document")
    return [
        priority.Criterion(
            key=one.code,
            kind=priority.Kind(one.kind),
            name=one.name,
            points=one.points,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            values=frozenset(one.values),
            threshold=one.threshold,
            article=article(one.path, one.document or ""),
            verified=one.verified,
        )
        for one in stored
    ]
