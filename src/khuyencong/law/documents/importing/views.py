from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import jobs
from khuyencong.core.addresses import number_in
from khuyencong.core.refusals import ChangedMeanwhile, attempt
from khuyencong.law.documents.importing import actions, background, forms, proposal, queries
from khuyencong.law.documents.importing import wording as import_wording
from khuyencong.law.documents.importing.models import DocumentImport
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.reading.text import Unreadable
from khuyencong.law.documents.rules.references import words
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission

ROWS = 100  # on one page
SMALL = 400 * 1024  # bytes of a file that is read at once, without a page of progress


@needs(Permission.LAW_DRAFT)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the file of a document."""
    form = forms.ImportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        name, content = file.name, file.file.read()
        keep = form.cleaned_data["keep_letters"]
        if len(content) > SMALL:
            title = _("Đang đọc %(file)s") % {"file": name}
            given = {"name": name, "keep_letters": keep}
            job = jobs.start(request.user, title, background.receive, brought=(name, content), **given)
            return redirect("job", job.pk)
        try:
            kept = actions.receive(request.user, name, content, keep_letters=keep)
        except Unreadable as reason:
            form.add_error("file", str(reason))
        else:
            return redirect("law:document_import_review", kept.pk)
    return render(request, "law/import_start.html", {"form": form, "under_way": queries.under_way(request.user)})


@needs(Permission.LAW_DRAFT)
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what the system read, then write it as a draft."""
    found = queries.mine(request.user, pk)
    if found.finished_at is not None:
        return _finished(request, found)
    if request.method == "POST":
        return _Step(request, found).taken()
    return render(request, "law/import_review.html", _context(request, found, found.proposal, _page(request.GET)))


@needs(Permission.LAW_DRAFT)
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw an import away."""
    name = queries.mine(request.user, pk).file_name
    if request.method != "POST":
        return redirect("law:document_import_review", pk)
    try:
        actions.discard(request.user, pk)
    except ChangedMeanwhile:
        messages.error(request, _("Tệp này đã thành dự thảo; hãy bỏ dự thảo ấy nếu không cần nữa."))
    else:
        messages.success(request, _("Đã bỏ “%(name)s”. Thư viện không thay đổi.") % {"name": name})
    return redirect("law:document_import")


class _Step:
    """One press of a button: what was typed is kept first, then the button does its work."""

    def __init__(self, request: HttpRequest, found: DocumentImport) -> None:
        self.request, self.found = request, found
        self.proposal: dict[str, Any] = found.proposal
        self.page = _page(request.POST)
        self.row = 0

    def taken(self) -> HttpResponse:
        data = self.request.POST
        self.proposal["head"] = self.proposal["head"] | forms.typed_head(data, self.proposal["head"])
        proposal.take_rows(self.proposal, forms.typed_rows(data))
        forms.take_relations(data, self.proposal["relations"])
        what, _mark, key = data.get("do", "keep").partition(":")
        self._change(what, number_in(key) or 0)
        seen = number_in(data.get("revision"))
        try:
            self.found = actions.keep(self.request.user, self.found.pk, self.proposal, -1 if seen is None else seen)
        except ChangedMeanwhile:
            return self._shown([_changed_meanwhile()])
        if what == "save":
            return self._save()
        if what == "keep":
            messages.success(self.request, _("Đã lưu phần đang sửa. Bạn có thể đóng trang và làm tiếp sau."))
        address = reverse("law:document_import_review", args=[self.found.pk])
        return redirect(f"{address}?page={self.page}{f'#row-{self.row}' if self.row else '#provisions'}")

    def _change(self, what: str, key: int) -> None:
        """Rows that another window took out meanwhile are passed over."""
        changes = {"merge": proposal.merge, "remove": proposal.remove, "below": proposal.add_below}
        if what == "swap":
            proposal.swap_attached(self.proposal)
            self.page = 1
        elif what == "page":
            self.page = key
        elif what in changes:
            try:
                self.row = changes[what](self.proposal, key)
            except KeyError:
                return
            keys = [row["key"] for row in self.proposal["rows"]]
            self.page = keys.index(self.row) // ROWS + 1 if self.row in keys else 1

    def _save(self) -> HttpResponse:
        form = forms.HeadForm(self.proposal["head"], instance=Edition())
        faults, relations = proposal.faults(self.proposal), proposal.relation_faults(self.proposal)
        if not form.is_valid() or faults or relations:
            return self._shown(relations, form, faults)
        try:
            done = attempt(form, lambda: actions.finish(self.request.user, self.found.pk, form.values()))
        except ChangedMeanwhile:
            return _finished(self.request, queries.mine(self.request.user, self.found.pk))
        if not done:
            return self._shown([], form)
        messages.success(
            self.request, _("Đã lưu thành dự thảo, kèm tệp và toàn văn. Hãy xem lại rồi trình lãnh đạo duyệt.")
        )
        return redirect("law:edition", done.result.pk)

    def _shown(self, told: list[str], form: Any = None, faults: list[tuple[int, str]] | None = None) -> HttpResponse:
        """The page again, with what is wrong and everything that was typed."""
        current = queries.mine(self.request.user, self.found.pk)
        context = _context(self.request, current, self.proposal, self.page, form)
        for sentence in told:
            if form is None:
                messages.error(self.request, sentence)
            else:
                form.add_error(None, sentence)
        context["faults"] = _faults(self.proposal, faults or [])
        context["wrong"] = {str(key) for key, _reason in faults or []}
        return render(self.request, "law/import_review.html", context)


@dataclass(frozen=True)
class _Row:
    """A provision on the page."""

    key: str
    kind: str
    label: str
    heading: str
    text: str
    depth: int
    name: str

    @property
    def lines(self) -> int:
        """How high its box is."""
        return min(12, sum(1 + len(line) // 90 for line in self.text.split("\n")))


def _context(
    request: HttpRequest, found: DocumentImport, proposed: dict[str, Any], page: int, form: Any = None
) -> dict[str, Any]:
    rows = proposed["rows"]
    shown = Paginator(
        [
            _Row(str(row["key"]), row["kind"], row["label"], row["heading"], row["text"], depth, words(path))
            for row, (depth, path) in zip(rows, proposal.places(rows), strict=True)
        ],
        ROWS,
    ).get_page(page)
    head = proposed["head"]
    adopted, draft = queries.held(head["number"], head["level"], number_in(head["province"]))
    return {
        "found": found,
        "proposal": proposed,
        "form": form or forms.HeadForm(initial=head, instance=Edition()),
        "rows": shown,
        "kinds": forms.kinds(),
        "relation_kinds": forms.relation_kinds(),
        "relations": [
            one
            | {
                "key": str(one["key"]),
                "new": bool(one["number"]) and not _known(one["number"]),
                "where": words(one["source_path"]),
                "place": words(one["target_path"]),
            }
            for one in proposed["relations"]
        ],
        "page": str(shown.number),
        "revision": str(found.revision),
        "told": len(proposed["problems"]) + len(proposed["warnings"]),
        "attached_articles": sum(row["kind"] == "article" for row in proposed["attached"]),
        "adopted": adopted,
        "draft": draft,
        "faults": [],
        "wrong": set(),
    }


def _known(number: str) -> bool:
    return queries.target(number) is not None or bool(queries.candidates(number))


def _faults(proposed: dict[str, Any], faults: list[tuple[int, str]]) -> list[dict[str, str]]:
    rows = {row["key"]: (place, row) for place, row in enumerate(proposed["rows"])}
    return [
        {
            "key": str(key),
            "page": str(rows[key][0] // ROWS + 1),
            "what": proposal.written(rows[key][1])[:80],
            "reason": reason,
        }
        for key, reason in faults
    ]


def _finished(request: HttpRequest, found: DocumentImport) -> HttpResponse:
    messages.info(request, import_wording.finished(found.file_name))
    if found.edition_id is None:
        return redirect("law:library")
    if found.edition.state == Edition.State.DRAFT:
        return redirect("law:edition", found.edition_id)
    return redirect("law:document", found.edition.document.code)


def _page(data: Any) -> int:
    return number_in(data.get("page")) or 1


def _changed_meanwhile() -> str:
    return _(
        "Bạn đã sửa văn bản này trong một cửa sổ khác. Những gì bạn nhập ở đây vẫn còn nhưng chưa lưu; "
        "hãy xem lại rồi bấm lần nữa."
    )
