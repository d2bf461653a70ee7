import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import clock
from khuyencong.core.addresses import number_in
from khuyencong.core.changed_meanwhile import Opened, version_of
from khuyencong.core.history import sentences
from khuyencong.core.refusals import ChangedMeanwhile, Done, press
from khuyencong.law.documents import decisions
from khuyencong.law.documents.queries.library import may_verify
from khuyencong.law.documents.records import Record
from khuyencong.law.norms import actions, queries, timelines
from khuyencong.law.norms import wording as norm_words
from khuyencong.law.norms.forms import NormForm
from khuyencong.law.norms.listing import day_of, norm_list
from khuyencong.law.norms.models import ActivityType, SupportNorm
from khuyencong.law.norms.rules import Level, problems, taken_over
from khuyencong.law.norms.table import drafts
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission


@needs(Permission.LAW_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """The norms in force on a day, content by content, and each content over time."""
    today = clock.today()
    shown = norm_list(request.GET, today).show(request.GET)
    over_time = request.GET.get("view") == "time"
    context = {
        "list": shown,
        "day": day_of(request.GET, today),
        "view": "time" if over_time else "day",
        "contents": _shown(timelines.by_content(_horizon()), **shown.asked) if over_time else [],
        "drafts": drafts(request.user),
    }
    return render(request, "law/norms.html", context)


@needs(Permission.LAW_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One norm: what it says, what it rests on, what adopting it would change, its history."""
    norm = get_object_or_404(queries.visible(request.user), pk=pk)
    return render(request, "law/norm.html", _card(request, norm))


@needs(Permission.LAW_DRAFT)
def add(request: HttpRequest) -> HttpResponse:
    """Draft a norm: a new one, or one in the place of another, which is copied to begin with."""
    norm = _template(request) if request.method == "GET" else SupportNorm()
    multipliers = norm.replaces.multipliers.all() if norm.replaces else ()
    form = NormForm(request.user, request.POST or None, instance=norm, multipliers=multipliers)
    if request.method == "POST" and form.is_valid():
        if done := _save(request, form, Opened(request, None)):
            return redirect("law:norm", done.result.pk)
    return render(request, "law/norm_form.html", {"form": form, "norm": None})


@needs(Permission.LAW_DRAFT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    norm = get_object_or_404(queries.visible(request.user), pk=pk)
    if norm.state != Record.State.DRAFT:
        messages.warning(request, _("Mức này đã được duyệt nên không sửa được; hãy soạn mức thay cho nó."))
        return redirect("law:norm", pk)
    opened = Opened(request, norm, told=_changed_meanwhile())
    form = NormForm(request.user, request.POST or None, instance=norm, multipliers=norm.multipliers.all())
    if request.method == "POST" and form.is_valid():
        if _save(request, form, opened):
            return redirect("law:norm", pk)
    stored = SupportNorm.objects.get(pk=pk)
    return render(request, "law/norm_form.html", {"form": form, "norm": stored, "opened": opened}, status=opened.status)


@needs(Permission.LAW_DRAFT)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """While one types: what is wrong with the norm, what it takes over from, and what it would give."""
    norm = queries.visible(request.user).filter(pk=number_in(request.POST.get("draft"))).first()
    form = NormForm(request.user, request.POST, instance=norm or SupportNorm())
    form.is_valid()
    rule, found = form.rule, form.found
    context: dict[str, Any] = {"known": rule is not None, "mistakes": form.mistakes()}
    if rule is not None:
        context |= {
            "refusals": [norm_words.problem(one) for one in found if one.refuses],
            "overlaps": [(one.other.key, norm_words.problem(one)) for one in found if not one.refuses],
            "above": form.above(),
            "amounts": norm_words.amounts(rule),
            "provincial": rule.level is Level.PROVINCIAL,
            "closing": _closing(form.instance),
            "pieces": timelines.of_norm(
                [*queries.beside(form.instance), rule], rule, form.instance.content, _horizon()
            ),
        }
    return render(request, "law/norm_check.html", context)


@needs(Permission.LAW_ADOPT)
@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt a draft."""
    get_object_or_404(queries.visible(request.user), pk=pk)
    seen, overlap_seen = request.POST.get("version", ""), bool(request.POST.get("overlap_seen"))
    try:
        press(
            request,
            lambda: actions.adopt_norm(request.user, pk, seen, overlap_seen),
            _("Đã duyệt mức hỗ trợ này."),
            denied=True,
        )
    except ChangedMeanwhile:
        told = _(
            "Chưa duyệt: dự thảo, hoặc mức mà nó thay, vừa được người khác sửa hay duyệt. Hãy xem lại nội dung "
            "dưới đây rồi quyết định."
        )
        messages.error(request, told)
    return redirect("law:norm", pk)


@needs(Permission.LAW_DRAFT)
@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the norm was compared with its article."""
    get_object_or_404(queries.visible(request.user), pk=pk)
    press(
        request,
        lambda: actions.verify_norm(request.user, pk),
        _("Đã ghi: bạn đã đối chiếu mức này với điều khoản."),
        denied=True,
    )
    return redirect("law:norm", pk)


@needs(Permission.LAW_DRAFT)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    get_object_or_404(queries.visible(request.user), pk=pk)
    told = _("Đã bỏ dự thảo. Nhật ký vẫn giữ nội dung của nó.")
    if press(request, lambda: actions.discard_norm(request.user, pk), told):
        return redirect("law:norms")
    return redirect("law:norm", pk)


def _template(request: HttpRequest) -> SupportNorm:
    """What the form begins with: a copy of the norm to be replaced, or a blank one of the content asked for."""
    old_key = request.GET.get("replaces", "")
    content = ActivityType.objects.filter(code=request.GET.get("content", "")).first()
    if not old_key:
        return SupportNorm(content=content, level=SupportNorm.Level.PROVINCIAL)
    old = queries.current_of(get_object_or_404(SupportNorm, pk=number_in(old_key)))
    copied = ("content", "variant", "variant_name", "level", "province", "fund", "area", "percent", "cap", "per")
    copied += ("document", "path", "note")
    norm = SupportNorm(**{name: getattr(old, name) for name in copied}, replaces=old)
    norm.takes_over = request.GET.get("takes_over") != "no"
    if not norm.takes_over:
        norm.valid_from, norm.valid_from_precision, norm.valid_to = (
            old.valid_from,
            old.valid_from_precision,
            old.valid_to,
        )
    return norm


def _save(request: HttpRequest, form: NormForm, opened: Opened) -> Done[SupportNorm] | None:
    done = opened.save(form, partial(actions.save_norm, request.user, form.instance, form.wanted()))
    if done:
        told = _("Đã lưu dự thảo. Mức này chưa có hiệu lực trong hệ thống cho đến khi lãnh đạo duyệt.")
        messages.success(request, told)
    return done


def _card(request: HttpRequest, norm: SupportNorm) -> dict[str, Any]:
    rule = queries.as_rule(norm)
    draft = norm.state == Record.State.DRAFT
    drafting = may(request.user, Permission.LAW_DRAFT)
    others = queries.beside(norm) if draft else [one for one in queries.norm_set() if one.key != rule.key]
    found = problems(rule, others) if draft else []
    return {
        "norm": norm,
        "rule": rule,
        "version": version_of(norm),
        "current": queries.current_of(norm) if norm.state == Record.State.SUPERSEDED else norm,
        "refusals": [norm_words.problem(one) for one in found if one.refuses],
        "overlaps": [norm_words.problem(one) for one in found if not one.refuses],
        "above": queries.put_above(rule, others) if draft else [],
        "closing": _closing(norm) if draft else None,
        "replaced": queries.as_rule(norm.replaces) if norm.replaces else None,
        "outdated": draft and norm.replaces is not None and norm.replaces.state != Record.State.ADOPTED,
        "pieces": timelines.of_norm([*others, rule], rule, norm.content, _horizon()),
        "doubts": queries.doubts_of([rule], clock.today()) if norm.state == Record.State.ADOPTED else [],
        "may_adopt": draft
        and may(request.user, Permission.LAW_ADOPT)
        and bool(decisions.ADOPT.open_to(request.user, [norm])),
        "may_draft": drafting,
        "may_verify": not norm.verified and may_verify(request.user, norm) and norm.state != Record.State.SUPERSEDED,
        "history": sentences(norm) if may(request.user, Permission.HISTORY_VIEW) else None,
    }


def _closing(norm: SupportNorm) -> dict[str, Any] | None:
    """What adopting a draft does to the norm it replaces: the old one, and what remains of it."""
    if norm.replaces is None:
        return None
    old = queries.as_rule(norm.replaces)
    return {"old": old, "remains": taken_over(old, norm.valid_from) if norm.takes_over else None}


def _shown(
    found: list[timelines.ContentLines], content: str, level: str, **_others: str
) -> list[timelines.ContentLines]:
    """The time lines of what the list is narrowed to."""
    if content:
        found = [one for one in found if one.content.code == content]
    if not level:
        return found
    return [replace(one, lines=tuple(line for line in one.lines if line.norm.level == level)) for one in found]


def _horizon() -> dt.date:
    """As far as time lines are drawn: to the end of next year."""
    return dt.date(clock.today().year + 1, 12, 31)


def _changed_meanwhile() -> str:
    return _(
        "Người khác vừa lưu dự thảo này trong lúc bạn đang sửa. Những gì bạn nhập vẫn còn ở dưới; hãy xem lại rồi bấm "
        "Lưu lần nữa nếu vẫn muốn thay."
    )
