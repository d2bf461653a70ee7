from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from khuyencong.core import clock
from khuyencong.law.documents import wording as document_wording
from khuyencong.law.documents.queries.library import sees_drafts
from khuyencong.law.models import Edition, EligibilityRule, Record, SupportNorm
from khuyencong.law.norms.ceiling import variants
from khuyencong.law.norms.queries import as_rule
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.whatif import documents, eligibility, lines, projects

SHOWN = 100  # establishments named on the page; all of them are counted

R = TypeVar("R", bound=Record)


@needs(Permission.PROJECTS_VIEW)
def norm(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of a norm: the ceilings of projects without and with it."""
    norms = SupportNorm.objects.select_related(
        "content", "document", "province", "replaces__content", "replaces__document", "replaces__province"
    ).prefetch_related("multipliers", "replaces__multipliers")
    draft = _draft(request, norms, pk)
    today = clock.today()
    day = projects.effect_day(draft, today)
    waiting = projects.effects(draft, projects.pending(request.user), day)
    _without, with_it = projects.sides(draft)
    split = variants(with_it, draft.content.code, day, draft.province.code if draft.province else "")
    context = {
        "draft": draft,
        "rule": as_rule(draft),
        "replaced": as_rule(draft.replaces) if draft.replaces else None,
        "day": day,
        "later": day > today,
        "over": draft.valid_to is not None and draft.valid_to < day,
        "waiting": waiting,
        "sums": projects.Sums.of(waiting),
        "yardstick": projects.yardstick(draft, request.user, day, today),
        "lines": lines.shares(
            (one.project for one in waiting if one.changed), {one.project.pk: one.after.amount for one in waiting}
        ),
        "by_variant": len(split) > 1 or draft.variant,
    }
    return render(request, "whatif/norm.html", context)


@needs(Permission.PROJECTS_VIEW)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of a rule: who becomes eligible, who stops being so, and the money that hangs on it."""
    draft = _draft(request, EligibilityRule.objects.select_related("document", "replaces"), pk)
    today = clock.today()
    found = eligibility.outcome(draft, request.user, today)
    context: dict[str, Any] = {
        "draft": draft,
        "day": max(today, draft.valid_from),
        "found": found,
        "shown": SHOWN,
        "shown_slice": f":{SHOWN}",
        "lines": lines.shares([*found.projects_gained, *found.projects_lost]),
        "asked_gained": eligibility.asked(found.projects_gained),
        "asked_lost": eligibility.asked(found.projects_lost),
        "past_gained": eligibility.asked(found.past_gained),
        "past_lost": eligibility.asked(found.past_lost),
        "past_average": eligibility.asked(found.past) // len(found.past) if found.past else None,
        "past_yearly": len(found.past) / projects.YEARS,
        "nothing": not (found.gained or found.lost),
        "years": projects.YEARS,
    }
    return render(request, "whatif/rule.html", context)


@needs(Permission.PROJECTS_VIEW)
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of a document: what rests on the documents it changes."""
    draft = _draft(request, Edition.objects.select_related("document"), pk)
    today = clock.today()
    found = documents.shaken(draft, today)
    money = documents.money(found, request.user, today)
    context = {
        "draft": draft,
        "name": document_wording.name(draft, draft.document),
        "found": found,
        "money": money,
        "lines": lines.shares(money.waiting),
        "norm_drafts": documents.norm_drafts(draft),
        "years": projects.YEARS,
    }
    return render(request, "whatif/edition.html", context)


def _draft(request: HttpRequest, records: QuerySet[R], pk: int) -> R:
    """The draft, for those who may see drafts. Raises Http404."""
    if not sees_drafts(request.user):
        raise Http404
    return get_object_or_404(records, pk=pk, state=Record.State.DRAFT)
