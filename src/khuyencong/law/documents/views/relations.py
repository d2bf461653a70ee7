from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.refusals import ChangedMeanwhile, attempt
from khuyencong.law.documents.actions import relations as actions
from khuyencong.law.documents.forms.provisions import RelationForm
from khuyencong.law.documents.models import Relation
from khuyencong.law.documents.views.drafts import draft_of
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission

NAMES = (
    "kind", "target", "target_path", "source_path", "effective_from", "effective_to", "certainty", "source",
)  # fmt: skip


@needs(Permission.LAW_DRAFT)
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """The relations of a draft, and the form for one more."""
    edition = draft_of(request, pk)
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.add_relation(request.user, pk, form.cleaned_data)):
            messages.success(request, _("Đã ghi quan hệ."))
            return redirect("law:edition_relations", pk)
    relations = edition.relations.select_related("target", "edition__document").order_by("pk")
    context = {"edition": edition, "relations": relations, "form": form, "part": "relations"}
    return render(request, "law/relations.html", context)


@needs(Permission.LAW_DRAFT)
def edit(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Change a relation of a draft."""
    edition = draft_of(request, pk)
    found = _one(pk, relation)
    opened = Opened(request, found)
    form = RelationForm(request.POST or None, initial={name: getattr(found, name) for name in NAMES})
    if request.method == "POST" and form.is_valid():
        if opened.save(form, partial(actions.change_relation, request.user, pk, relation, form.cleaned_data)):
            messages.success(request, _("Đã lưu quan hệ."))
            return redirect("law:edition_relations", pk)
    context = {"edition": edition, "form": form, "opened": opened, "relation": found, "part": "relations"}
    return render(request, "law/relation_form.html", context, status=opened.status)


@require_POST
@needs(Permission.LAW_DRAFT)
def remove(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Take a relation out of a draft."""
    draft_of(request, pk)
    try:
        actions.remove_relation(request.user, pk, relation)
    except ChangedMeanwhile:
        messages.info(request, _("Quan hệ này đã được xóa trước đó."))
    else:
        messages.success(request, _("Đã xóa quan hệ."))
    return redirect("law:edition_relations", pk)


def _one(edition: int, pk: int) -> Relation:
    found = Relation.objects.filter(edition_id=edition, pk=pk).select_related("target", "edition__document").first()
    if found is None:
        raise Http404
    return found
