from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core.addresses import number_in
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions import provisions as actions
from khuyencong.law.documents.forms.provisions import AmendForm, ProvisionForm
from khuyencong.law.documents.models import Edition, Provision
from khuyencong.law.documents.queries import contents
from khuyencong.law.documents.rules import outline
from khuyencong.law.documents.views.drafts import draft_of
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.LAW_DRAFT)
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """The provisions of a draft, to be worked on."""
    edition = draft_of(request, pk)
    return render(request, "law/provisions.html", _outline(edition))


@needs(Permission.LAW_DRAFT)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new provision: behind the one named by ``after``, or inside it (``under``), or at the end."""
    edition = draft_of(request, pk)
    beside, under = _named(edition, request.GET.get("after")), _named(edition, request.GET.get("under"))
    anchor = under or beside
    kinds = list(outline.Kind)
    highest = kinds[min(outline.RANK[outline.Kind(under.kind)] + 1, len(kinds) - 1)] if under else kinds[0]
    if beside:
        highest = outline.Kind(beside.kind)
    initial = {"kind": highest if anchor else outline.Kind.ARTICLE, "label": _next_label(edition, anchor, highest)}
    form = ProvisionForm(request.POST or None, initial=initial, highest=highest)

    def save(values: dict[str, Any], version: str) -> Provision:
        return actions.add_provision(request.user, pk, values, anchor.pk if anchor else None)

    if under:
        title = _("Thêm vào %(where)s") % {"where": under}
    elif beside:
        title = _("Thêm sau %(where)s") % {"where": beside}
    else:
        title = _("Thêm điều khoản")
    return _handle(request, edition, form, title, anchor, save)


@needs(Permission.LAW_DRAFT)
def edit(request: HttpRequest, pk: int, provision: int) -> HttpResponse:
    """Change a provision of a draft: a mistake of ours, not an amendment of the law."""
    edition = draft_of(request, pk)
    found = _one(edition, provision)
    names = ("kind", "label", "heading", "text", "is_summary", "valid_from", "valid_to", "amended_by")
    form = ProvisionForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def save(values: dict[str, Any], version: str) -> Provision:
        return actions.change_provision(request.user, pk, provision, values, version)

    return _handle(request, edition, form, _("Sửa %(what)s") % {"what": found}, found, save)


@needs(Permission.LAW_DRAFT)
def amend(request: HttpRequest, pk: int, provision: int) -> HttpResponse:
    """Enter the new text that an amending document gave a provision."""
    edition = draft_of(request, pk)
    found = _one(edition, provision)
    has_children = found.children.exists()
    initial = {"heading": found.heading, "text": found.text, "is_summary": found.is_summary, "keep_children": True}
    form = AmendForm(request.POST or None, initial=initial, has_children=has_children)

    def save(values: dict[str, Any], version: str) -> Provision:
        return actions.amend_provision(request.user, pk, provision, values, version)

    return _handle(request, edition, form, _("Nội dung mới của %(what)s") % {"what": found}, found, save)


@require_POST
@needs(Permission.LAW_DRAFT)
def move(request: HttpRequest, pk: int, provision: int) -> HttpResponse:
    """One place up or down."""
    edition = draft_of(request, pk)
    try:
        actions.move_provision(request.user, pk, provision, up=request.POST.get("way") == "up")
    except ChangedMeanwhile:
        return _answer(request, edition, _gone())
    return _answer(request, edition, "")


@require_POST
@needs(Permission.LAW_DRAFT)
def remove(request: HttpRequest, pk: int, provision: int) -> HttpResponse:
    """Take a provision out of the draft, with what lies in it."""
    edition = draft_of(request, pk)
    try:
        count = actions.remove_provision(request.user, pk, provision)
    except ChangedMeanwhile:
        return _answer(request, edition, _gone())
    return _answer(request, edition, _("Đã xóa %(n)s điều khoản.") % {"n": count})


def _handle(
    request: HttpRequest,
    edition: Edition,
    form: forms.Form,
    title: str,
    anchor: Provision | None,
    save: Callable[[dict[str, Any], str], Provision],
) -> HttpResponse:
    opened = Opened(request, anchor, mark=actions.version_of)
    if request.method == "POST" and form.is_valid():
        if done := opened.save(form, partial(save, form.cleaned_data)):
            return _answer(request, edition, _("Đã lưu %(what)s.") % {"what": done.result}, done.result)
        if opened.changed and not opened.version:
            return _answer(request, edition, _gone())
    slot = f"slot-{anchor.pk}" if anchor else "slot-end"
    context = {"form": form, "edition": edition, "title": title, "opened": opened, "slot": slot, "part": "text"}
    template = "law/provision_form.html" if request.htmx else "law/provision_page.html"
    # htmx puts nothing into the page for an answer of 409
    response = render(request, template, context, status=200 if request.htmx else opened.status)
    if request.htmx and request.method == "POST":  # back into its place, not over the whole outline
        response["HX-Retarget"], response["HX-Reswap"] = f"#{slot}", "innerHTML"
    return response


def _answer(request: HttpRequest, edition: Edition, told: str, saved: Provision | None = None) -> HttpResponse:
    """The outline again: alone for htmx, as the whole page otherwise."""
    if request.htmx:
        return render(request, "law/outline.html", _outline(edition) | {"told": told, "saved": saved})
    if told:
        messages.success(request, told)
    return redirect("law:edition_provisions", edition.pk)


def _outline(edition: Edition) -> dict[str, Any]:
    found = contents.provisions(edition)
    rows = contents.lines(found)
    places = outline.arrange(rows)
    siblings: dict[int | None, list[int]] = {}
    for index, place in enumerate(places):
        siblings.setdefault(place.parent, []).append(index)
    pairs = [(one, two) for row in siblings.values() for one, two in pairwise(row) if rows[one].kind is rows[two].kind]
    may_rise, may_sink = {two for _one, two in pairs}, {one for one, _two in pairs}
    wrong = {index for pair in outline.clashes(rows) for index in pair}
    return {
        "edition": edition,
        "part": "text",
        "rows": [
            {
                "provision": one,
                "depth": place.depth,
                "within": len(outline.block(rows, index)) - 1,
                "may_rise": index in may_rise,
                "may_sink": index in may_sink,
                "clash": index in wrong,
            }
            for index, (one, place) in enumerate(zip(found, places, strict=True))
        ],
    }


def _one(edition: Edition, pk: int) -> Provision:
    found = edition.provisions.select_related("amended_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _named(edition: Edition, text: str | None) -> Provision | None:
    return edition.provisions.filter(pk=number_in(text)).first()


def _next_label(edition: Edition, anchor: Provision | None, kind: outline.Kind) -> str:
    """The number after the last one of this kind there; nothing when it cannot be told."""
    if anchor is None or kind is outline.Kind.ARTICLE:  # articles are numbered through the document
        siblings = edition.provisions.filter(kind=outline.Kind.ARTICLE)
    else:
        siblings = edition.provisions.filter(kind=kind, parent=anchor.parent if anchor.kind == kind else anchor)
    labels = list(siblings.order_by("position", "pk").values_list("label", flat=True))
    return outline.next_label(labels) or ("" if labels else outline.FIRST.get(kind, ""))


def _gone() -> str:
    return _("Điều khoản này vừa bị người khác xóa hoặc thay; dưới đây là dự thảo lúc này.")
