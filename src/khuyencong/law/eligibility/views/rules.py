from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.days import read_day
from khuyencong.core.history import sentences
from khuyencong.core.validity import holds
from khuyencong.law.documents import decisions
from khuyencong.law.documents.actions import records
from khuyencong.law.documents.forms.fields import offered_documents
from khuyencong.law.documents.models import DatedRule
from khuyencong.law.documents.queries.library import may_verify, sees_drafts
from khuyencong.law.documents.records import Record
from khuyencong.law.documents.views.deeds import act, changed_meanwhile
from khuyencong.law.eligibility import actions, queries, wording
from khuyencong.law.eligibility.forms import CriterionForm, DatedRuleForm, RuleForm
from khuyencong.law.eligibility.models import AreaStatus, EligibilityRule, PriorityCriterion
from khuyencong.law.norms.queries import article
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission


@dataclass(frozen=True)
class Sort:
    """Rules and criteria go the same way; this is what differs."""

    key: str
    model: type[DatedRule]
    form: type[DatedRuleForm]
    name: Any
    add: Any


SORTS = {
    "rules": Sort("rules", EligibilityRule, RuleForm, gettext_lazy("Điều kiện"), gettext_lazy("Soạn điều kiện")),
    "criteria": Sort(
        "criteria", PriorityCriterion, CriterionForm, gettext_lazy("Tiêu chí ưu tiên"),
        gettext_lazy("Soạn tiêu chí ưu tiên"),
    ),
}  # fmt: skip


@needs(Permission.LAW_VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """Who may be supported and who comes first, on a day."""
    today = clock.today()
    day = read_day(request.GET.get("day", "")) or today
    rules, criteria = _adopted(EligibilityRule), _adopted(PriorityCriterion)
    held = [one for one in criteria if holds(one, day)]
    best = {kind: max(one.points for one in held if one.kind == kind) for kind in {one.kind for one in held}}
    drafts: list[DatedRule] = []
    if sees_drafts(request.user):
        for sort in SORTS.values():
            drafts += list(sort.model._base_manager.filter(state=Record.State.DRAFT).select_related("drafted_by"))
    counted = queries.statuses_on(day).order_by().values_list("kind", "unit_id").distinct()
    context = {
        "day": day,
        "is_today": day == today,
        "rules": [_row("rules", one) for one in rules if holds(one, day)],
        "other_rules": [_row("rules", one) for one in rules if not holds(one, day)],
        "criteria": [_row("criteria", one) for one in held],
        "other_criteria": [_row("criteria", one) for one in criteria if not holds(one, day)],
        "most": sum(best.values()),
        "drafts": [_row(_sort_of(one), one) for one in drafts],
        "areas": [
            (value, label, sum(kind == value for kind, _unit in counted)) for value, label in AreaStatus.Kind.choices
        ],
    }
    return render(request, "law/eligibility.html", context)


@needs(Permission.LAW_VIEW)
def card(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """One rule or criterion; adopting, verifying and discarding are done here."""
    what, record = _find(request, sort, pk)
    if request.method == "POST":
        return _act(request, what, record)
    user = request.user
    last = queries.last_day_before(record, record.replaces) if record.replaces else None
    own = not decisions.ADOPT.open_to(user, [record])
    is_draft = record.state == Record.State.DRAFT
    context = {
        "sort": what,
        "record": record,
        "row": _row(sort, record),
        "old": _row(sort, record.replaces) if record.replaces else None,
        "old_last": last,
        "heirs": list(record.replaced_by.exclude(state=Record.State.DRAFT)),
        "waiting": record.replaced_by.filter(state=Record.State.DRAFT).first() if sees_drafts(user) else None,
        "beside": _beside(record) if is_draft else [],
        "is_draft": is_draft,
        "own": own,
        "may_adopt": is_draft and may(user, Permission.LAW_ADOPT) and not own,
        "may_edit": may(user, Permission.LAW_DRAFT) and record.state != Record.State.SUPERSEDED,
        "may_verify": not record.verified and may_verify(user, record),
        "history": sentences(record) if may(user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "law/eligibility_card.html", context)


@needs(Permission.LAW_DRAFT)
def add(request: HttpRequest, sort: str) -> HttpResponse:
    """Draft a new rule or criterion of a kind."""
    what = _sort(sort)
    kinds = what.model.Kind
    kind = request.GET.get("kind", "")
    record = what.model(kind=kind if kind in kinds.values else kinds.values[0])
    return _edit(request, what, record, new=True)


@needs(Permission.LAW_DRAFT)
def edit(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Change a draft; for an adopted record, draft what takes its place."""
    what, record = _find(request, sort, pk)
    if record.state == Record.State.DRAFT:
        return _edit(request, what, record)
    waiting = record.replaced_by.filter(state=Record.State.DRAFT).first()
    if waiting is not None:
        messages.info(request, _("Đang có một dự thảo thay bản này; hãy sửa tiếp dự thảo đó."))
        return redirect("law:rule_edit", sort, waiting.pk)
    if record.state == Record.State.SUPERSEDED:
        messages.info(request, _("Bản này đã được thay; hãy soạn từ bản đang áp dụng."))
        return redirect("law:rule", sort, pk)
    copy = records.successor(record)
    copy.takes_over = True
    return _edit(request, what, copy)


def _edit(request: HttpRequest, what: Sort, record: DatedRule, new: bool = False) -> HttpResponse:
    opened = Opened(request, record, told=changed_meanwhile())
    form = what.form(request.POST or None, instance=record)
    if request.method == "POST" and form.is_valid():
        if done := opened.save(form, partial(actions.draft, request.user, form.record())):
            messages.success(request, _("Đã lưu dự thảo. Dự thảo chỉ có tác dụng khi được duyệt."))
            return redirect("law:rule", what.key, done.result.pk)
    context = {
        "sort": what,
        "form": form,
        "record": record,
        "old": record.replaces,
        "kinds": what.model.Kind.choices if new else [],
        "opened": opened,
        "documents": offered_documents(),
    }
    return render(request, "law/eligibility_form.html", context, status=opened.status)


def _act(request: HttpRequest, what: Sort, record: DatedRule) -> HttpResponse:
    told = _("Đã duyệt. Quy định được dùng từ ngày áp dụng ghi trong đó.")
    if act(request, record, lambda: actions.adopt(request.user, what.model, record.pk), told):
        return redirect("law:rule", what.key, record.pk)
    return redirect("law:eligibility")


def _find(request: HttpRequest, sort: str, pk: int) -> tuple[Sort, DatedRule]:
    what = _sort(sort)
    found = (
        what.model._base_manager.select_related(
            "document", "replaces__document", "drafted_by", "adopted_by", "verified_by"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    if found.state == Record.State.DRAFT and not sees_drafts(request.user):
        raise PermissionDenied(_("Dự thảo chưa duyệt chỉ dành cho người soạn và người duyệt."))
    return what, found


def _sort(sort: str) -> Sort:
    if sort not in SORTS:
        raise Http404
    return SORTS[sort]


def _sort_of(record: DatedRule) -> str:
    return next(key for key, sort in SORTS.items() if isinstance(record, sort.model))


def _adopted(model: type[DatedRule]) -> list[Any]:
    """The adopted records in the order in which the law has their kinds."""
    order = {kind: place for place, kind in enumerate(model.Kind.values)}
    found = model._base_manager.filter(state=Record.State.ADOPTED).select_related("document")
    return sorted(found, key=lambda one: (order[one.kind], -getattr(one, "points", 0), one.valid_from, one.pk))


def _row(sort: str, record: Any) -> dict[str, Any]:
    """A record with its words."""
    is_rule = sort == "rules"
    return {
        "record": record,
        "sort": sort,
        "asks": wording.asks(record) if is_rule else wording.counts(record),
        "contents": wording.names(record.contents) if is_rule else "",
        "span": wording.span(record.valid_from, record.valid_to),
        "article": article(record.path, record.document or "") or _("chưa ghi căn cứ"),
    }


def _beside(draft: DatedRule) -> list[dict[str, Any]]:
    """The adopted records of the same kind that would hold together with the draft on some day."""
    together = []
    for one in _adopted(type(draft)):
        last = one.valid_to
        if one.pk == draft.replaces_id:
            continue
        meets = (draft.valid_to is None or one.valid_from <= draft.valid_to) and (
            last is None or draft.valid_from <= last
        )
        if one.kind == draft.kind and meets:
            together.append(_row(_sort_of(one), one))
    return together
