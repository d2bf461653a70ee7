import datetime as dt
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.days import read_day
from khuyencong.core.files import downloads
from khuyencong.core.history import sentences
from khuyencong.law.documents.queries.standing import standings
from khuyencong.law.review import actions, queries, wording
from khuyencong.law.review.forms import ItemForm
from khuyencong.law.review.models import ReviewItem
from khuyencong.law.review.report import review_report
from khuyencong.law.review.rules import FindingKind
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_province


@needs(Permission.LAW_VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """What is out of date or missing on a day, and what is proposed about it."""
    today, day = _days(request)
    found = queries.review(_province(), day)
    shown = [(edition, [_shown(row, today, day) for row in rows]) for edition, rows in found.by_document()]
    missing = [_shown(row, today, day) for row in found.missing()]
    every = [row for _edition, rows in shown for row in rows] + missing
    touched = {edition.pk for edition, _rows in shown}
    stand = standings(found.locals, day)
    context = {
        "day": day,
        "is_today": day == today,
        "documents": shown,
        "missing": missing,
        "sound": [(one, stand[one.document_id]) for one in found.locals if one.pk not in touched],
        "settled": [(item, wording.short(FindingKind(item.finding)), wording.item_status(item, today))
                    for item in found.settled],
        "counts": {
            "findings": len(every),
            "open": sum(row["item"] is None for row in every),
            "late": sum(row["late"] for row in every),
            "done": sum(row["item"] is not None and row["item"].status == ReviewItem.Status.DONE for row in every),
        },
    }  # fmt: skip
    return render(request, "law/review.html", context)


@needs(Permission.LAW_VIEW)
def report(request: HttpRequest) -> HttpResponse:
    """The review of a day as a Word document."""
    _today, day = _days(request)
    province = _province()
    content = review_report(queries.review(province, day), province, clock.today())
    return downloads.download(content, f"ra-soat-van-ban-{day:%Y%m%d}.docx")


@needs(Permission.LAW_VIEW)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal."""
    found = _item(pk)
    today = clock.today()
    row = next((row for row in queries.review(found.province, today).rows if row.item == found), None)
    context = {
        "item": found,
        "row": row,
        "words": wording.finding(row) if row else wording.short(FindingKind(found.finding)),
        "status": wording.item_status(found, today),
        "late": queries.overdue(found, today),
        "history": sentences(found) if may(request.user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "law/review_item.html", context)


@needs(Permission.LAW_DRAFT)
def add_item(request: HttpRequest) -> HttpResponse:
    """Propose what to do about a finding of a day."""
    _today, day = _days(request)
    province = _province()
    names = ("finding", "document", "duty", "basis", "by")
    row = queries.review(province, day).find(tuple(request.GET.get(name, "") for name in names))
    if row is None:
        raise Http404
    if row.item is not None and row.item.status != ReviewItem.Status.DROPPED:
        return redirect("law:review_item", row.item.pk)
    draft = ReviewItem(province=province, finding=row.finding.kind.value, document=row.local and row.local.document,
                       duty=row.duty)  # fmt: skip
    opened = Opened(request, None, told=_changed_meanwhile())
    form = ItemForm(request.POST or None, instance=draft)
    if request.method == "POST" and form.is_valid():
        if done := opened.save(form, lambda _version: actions.propose(request.user, province, row, form.values())):
            messages.success(request, _("Đã ghi đề xuất."))
            return redirect("law:review_item", done.result.pk)
    context = {"form": form, "words": wording.finding(row), "item": draft}
    return render(request, "law/review_item_form.html", context, status=opened.status)


@needs(Permission.LAW_DRAFT)
def edit_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a proposal."""
    found = _item(pk)
    opened = Opened(request, found, told=_changed_meanwhile())
    form = ItemForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if opened.save(form, partial(actions.change, request.user, pk, form.values())):
            messages.success(request, _("Đã lưu."))
            return redirect("law:review_item", pk)
    words = wording.short(FindingKind(found.finding))
    context = {"form": form, "words": words, "item": _item(pk), "opened": opened}
    return render(request, "law/review_item_form.html", context, status=opened.status)


def _shown(row: queries.Row, today: dt.date, day: dt.date) -> dict[str, Any]:
    """A finding with its words and where to propose something about it."""
    key = dict(zip(("finding", "document", "duty", "basis", "by"), queries.key_of(row.finding), strict=True))
    found, item = row.finding, row.item
    missed = bool(row.duty and row.duty.deadline and row.duty.deadline < day)
    done = item is not None and item.status == ReviewItem.Status.DONE
    return {
        "row": row,
        "item": item,
        "words": wording.finding(row),
        "short": wording.short(found.kind),
        "status": wording.item_status(item, today) if item else "",
        "late": bool(item and queries.overdue(item, today)),
        "missed": missed,
        # Done, and still found: what was to be done has not reached the library, or did not help.
        "still": done and item.proposal != ReviewItem.Proposal.KEEP,
        "add": f"{reverse('law:review_item_add')}?{urlencode({**key, 'day': day.isoformat()})}",
    }


def _days(request: HttpRequest) -> tuple[dt.date, dt.date]:
    today = clock.today()
    return today, read_day(request.GET.get("day", "")) or today


def _province() -> Unit:
    found = current_province(settings.PROVINCE_CODE)
    if found is None:
        raise Http404
    return found


def _item(pk: int) -> ReviewItem:
    return get_object_or_404(
        ReviewItem.objects.select_related("document", "duty__document", "basis", "owner", "province"), pk=pk
    )


def _changed_meanwhile() -> str:
    return _("Người khác vừa ghi đề xuất cho phát hiện này. Những gì bạn nhập vẫn còn; hãy xem lại rồi lưu lần nữa.")
