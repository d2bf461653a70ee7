import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from khuyencong.core import clock
from khuyencong.core.days import read_day
from khuyencong.establishments import queries as establishments
from khuyencong.establishments.models import Establishment
from khuyencong.law.eligibility import wording
from khuyencong.law.eligibility.priority import Kind, Part
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.eligibility import queries

# Where on the card a missing fact of a criterion is filled in; areas are lists of the law room.
_FIELDS = {
    Kind.INDUSTRY: "eligible_group",
    Kind.LOCAL_MATERIAL: "local_material",
    Kind.LABOUR: "workers",
    Kind.EXPORT: "results",
    Kind.AREA: "areas",
    Kind.NEW_RURAL: "areas",
}


@needs(Permission.PROJECTS_VIEW)
def establishment(request: HttpRequest, pk: int) -> HttpResponse:
    """What this establishment may be supported with on a day, and why; its priority, part by part."""
    one = establishments.get(request.user, pk)
    today = clock.today()
    day = read_day(request.GET.get("day", "")) or today
    may_edit = may(request.user, Permission.REGISTRY_EDIT, one.commune)
    found = queries.entitlements(one, day)
    score = queries.priority_of(one, day)
    context = {
        "establishment": one,
        "day": day,
        "is_today": day == today,
        "may_edit": may_edit,
        "groups": [
            (sign, [_content(item, day, one) for item in found if item.answer.eligible is answer])
            for sign, answer in (("yes", True), ("open", None), ("no", False))
        ],
        "has_rules": any(item.answer.findings for item in found),
        "score": score,
        "parts": [_part(part, pk, may(request.user, Permission.LAW_DRAFT)) for part in score.parts],
        "unverified_rules": any(item.answer.findings and not item.answer.verified for item in found),
        "unverified": not all(part.criterion.verified for part in score.parts),
    }
    return render(request, "projects/eligibility.html", context)


def _content(item: queries.Entitlement, day: dt.date, one: Establishment) -> dict[str, Any]:
    return {
        "content": item.content,
        "answer": item.answer,
        "label": wording.eligible(item.answer),
        "ceiling": _ceiling_url(item.content.code, day, one.commune.code) if item.answer.eligible is not False else "",
        "findings": [
            {"finding": found, "words": wording.finding(found), "fill": _fill(wording.missing_field(found), one.pk)}
            for found in item.answer.findings
        ],
    }


def _part(part: Part, pk: int, drafts: bool) -> dict[str, Any]:
    field = _FIELDS[part.criterion.kind]
    fill = _fill(field, pk) if part.met is None and (drafts or field != "areas") else ""
    return {"part": part, "words": wording.part(part), "fill": fill}


def _fill(field: str, pk: int) -> str:
    """Where a missing fact is filled in; empty when none is missing."""
    if not field:
        return ""
    if field == "areas":
        return reverse("law:areas")
    if field == "results":
        return f"{reverse('establishments:card', args=[pk])}?tab=results"
    return f"{reverse('establishments:edit', args=[pk])}#id_{field}"


def _ceiling_url(content: str, day: dt.date, commune: str) -> str:
    """The public page that says how much at most, with what is known already filled in."""
    known = {"content": content, "date": day.isoformat(), "commune": commune}
    return f"{reverse('ceiling')}?{urlencode(known)}"
