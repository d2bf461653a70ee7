"""Documents: added, corrected by a new edition, adopted, discarded. Provisions and relations: in the files beside."""

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db.models import Max, ProtectedError, Q
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.core.text import fold
from khuyencong.law.documents.actions import records
from khuyencong.law.documents.models import Edition, LegalDocument, Provision
from khuyencong.law.documents.queries.contents import content_mark, problems
from khuyencong.law.documents.reading import files
from khuyencong.law.documents.reading import text as reading_text
from khuyencong.law.documents.reading.structure import Node
from khuyencong.law.documents.records import Record
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission

_BEHIND_FIGURES = re.compile(r"[^\d/].*", re.DOTALL)
_CODE_LETTERS = 70  # of 80: room for a number behind


@dataclass(frozen=True)
class Upload:
    """A checked file and the text read from it."""

    name: str
    suffix: str
    content: bytes
    text: str = ""


def add_document(user: User, values: Mapping[str, Any], upload: Upload | None = None) -> Edition:
    """Begin the record of a document that the library does not hold yet.

    Raises ValidationError by field, for a number that is taken among others.
    """
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        audit.alone()
        document = LegalDocument(number=values["number"])
        edition = Edition(document=document, **values)
        refuse_taken_number(edition)
        document.code = _free_code(edition)
        document.save()
        audit.record([audit.Change("create", document, None, audit.snapshot(document))])
        edition.document = document
        _attach(edition, upload)
        edition.fold()
        return records.save_draft(user, edition)


def change_edition(
    user: User, pk: int, values: Mapping[str, Any], version: str, upload: Upload | None = None
) -> Edition:
    """Change what a draft says of the document. Raises ValidationError, ChangedMeanwhile, PermissionDenied."""
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        audit.alone()
        edition = Edition.objects.select_related("document").get(pk=pk)
        for name, value in values.items():
            setattr(edition, name, value)
        refuse_taken_number(edition)
        _attach(edition, upload)
        edition.fold()
        records.save_draft(user, edition, version)
        if not edition.document.editions.exclude(pk=pk).exists():
            _give_number(edition.document, edition.number)
    return edition


def read_text(user: User, pk: int, progress: reading_text.Progress = lambda share: None) -> str:
    """Read the words of a draft's file, so that it is found by them; why not, when they cannot be read."""
    edition = Edition.objects.get(pk=pk)
    with edition.file.open("rb") as file:
        content = file.read()
    try:
        text = files.extract(content, progress).text
    except reading_text.Unreadable as reason:
        return str(reason)
    with audit.writing(user):
        draft = open_draft(user, pk)
        if draft.file_sha256 == edition.file_sha256:  # else somebody put another file in its place meanwhile
            before = audit.snapshot(draft)
            draft.text = text
            draft.fold()
            draft.save(update_fields=["text", "search_head", "search_text"])
            audit.record([audit.Change("update", draft, before, audit.snapshot(draft), draft.document)])
    return ""


def copy_edition(user: User, edition: Edition) -> Edition:
    """Begin a correction of an adopted edition: a draft with everything copied, provisions and relations too.

    Raises ValidationError when the edition is not the adopted one, or when somebody drafts a correction already.
    """
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        audit.alone()
        source = Edition.objects.select_related("document").get(pk=edition.pk)
        if source.state != Record.State.ADOPTED:
            raise ValidationError(_("Chỉ soạn được bản sửa từ bản đang dùng."))
        draft = source.document.editions.filter(state=Record.State.DRAFT).first()
        if draft is not None:
            raise ValidationError(
                _("%(who)s đang soạn một bản sửa của văn bản này; mỗi văn bản chỉ có một bản sửa một lúc."),
                params={"who": draft.drafted_by},
            )
        copy = Edition.objects.get(pk=source.pk)
        copy.pk, copy._state.adding = None, True
        copy.version = (source.document.editions.aggregate(last=Max("version"))["last"] or 0) + 1
        copy.number = source.numbered
        copy.adopted_by = copy.adopted_at = copy.verified_by = copy.verified_at = None
        copy.fold()
        return records.save_draft(user, copy, children=lambda saved: _copy_contents(source, saved))


def replace_provisions(edition: Edition, tree: Iterable[Node]) -> None:
    """Put these provisions in place of all that a draft has, as whoever drafted it.

    Raises PermissionDenied for an edition that is no draft.
    """
    if edition.state != Record.State.DRAFT:
        raise PermissionDenied(_("Bản ghi này đã được duyệt nên không sửa được; hãy soạn bản thay thế."))
    with audit.writing(edition.drafted_by):
        edition.provisions.all().delete()
        rows: list[Provision] = []
        _flatten(edition, tree, None, rows)
        _save_rows(rows)
        audit.record(
            [audit.Change("provisions", edition, None, {"provisions": told_provisions(rows)}, edition.document)]
        )
        refresh(edition)


def adopt_edition(user: User, pk: int, mark: str) -> Edition:
    """Adopt a draft as this person saw it (``mark``); the edition before it is superseded.

    Four eyes: whoever wrote any part of the draft may not adopt it. Raises ChangedMeanwhile, PermissionDenied,
    ValidationError with what is wrong in the draft.
    """

    def check(draft: Edition) -> None:
        if content_mark(draft) != mark:
            raise ChangedMeanwhile
        found = problems(draft)
        if found:
            raise ValidationError(found)

    with audit.writing(user):
        adopted = records.adopt(user, Edition, pk, check)
        _give_number(adopted.document, adopted.numbered)
        refresh(adopted)
    return adopted


def discard_edition(user: User, pk: int) -> None:
    """Throw a draft away; a document that has no other edition goes with it.

    Raises ValidationError when other records name that document.
    """
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        document = LegalDocument.objects.get(editions__pk=pk)
        records.discard(user, Edition, pk)
        if document.editions.exists():
            return
        audit.record([audit.Change("delete", document, audit.snapshot(document), None)])
        try:
            document.delete()
        except ProtectedError as used:
            raise ValidationError(
                _("Chưa bỏ được: có bản ghi khác dẫn tới văn bản này (%(what)s). Hãy sửa bản ghi đó trước."),
                params={"what": ", ".join(sorted({str(one) for one in used.protected_objects})[:3])},
            ) from used


def verify_edition(user: User, pk: int) -> Edition:
    """Say: I have compared the record with the document."""
    return records.verify(user, Edition, pk)


def refresh(edition: Edition) -> None:
    """What a draft is found by, after its provisions changed."""
    edition.fold()
    edition.save(update_fields=["search_head", "search_text"])


def touch(user: User, edition: Edition) -> None:
    """Say who wrote the draft last, after its provisions or relations changed."""
    before = audit.snapshot(edition)
    edition.drafted_by, edition.drafted_at = user, clock.now()
    edition.verified_by = edition.verified_at = None
    edition.fold()
    edition.save(update_fields=["drafted_by", "drafted_at", "verified_by", "verified_at", "search_head", "search_text"])
    audit.record([audit.Change("update", edition, before, audit.snapshot(edition))])  # the card tells of the part


def open_draft(user: User, pk: int) -> Edition:
    """The draft, held until the end of the transaction. Raises PermissionDenied for what is no draft (any more)."""
    require(user, Permission.LAW_DRAFT)
    edition = Edition.objects.select_for_update().get(pk=pk)
    if edition.state != Record.State.DRAFT:
        raise PermissionDenied(_("Bản ghi này đã được duyệt nên không sửa được; hãy soạn bản thay thế."))
    return edition


def refuse_taken_number(edition: Edition) -> None:
    """No two documents of one level and place under one number."""
    if not edition.number:
        return
    # The figures narrow; the letters behind them are compared without marks, which no database does alike.
    start = _BEHIND_FIGURES.sub("", edition.number)
    same = (
        Edition.objects.filter(level=edition.level, province=edition.province)
        .exclude(state=Record.State.SUPERSEDED)
        .exclude(document_id=edition.document_id)
        .filter(Q(number__startswith=start) | Q(number="", document__number__startswith=start))
        .select_related("document")
    )
    taken = next((one for one in same if fold(one.numbered) == fold(edition.number)), None)
    if taken is not None:
        raise ValidationError({"number": _("Thư viện đã có văn bản mang số này: %(title)s.") % {"title": taken.title}})


def _give_number(document: LegalDocument, number: str) -> None:
    if number == document.number:
        return
    before = audit.snapshot(document)
    document.number = number
    document.save(update_fields=["number"])
    audit.record([audit.Change("update", document, before, audit.snapshot(document))])


def _attach(edition: Edition, upload: Upload | None) -> None:
    if upload is None:
        return
    edition.file.save(f"{uuid.uuid4().hex}{upload.suffix}", ContentFile(upload.content), save=False)
    edition.file_name = upload.name[-200:]
    edition.file_sha256 = hashlib.sha256(upload.content).hexdigest()
    edition.text = upload.text


def _free_code(edition: Edition) -> str:
    """``45-2012-nd-cp``; a document of a province carries its name, for provinces count alike."""
    start = edition.number or f"{edition.get_kind_display()} {edition.title}"
    place = edition.province.short_name if edition.province else ""
    base = fold(f"{start} {place}").replace(" ", "-")[:_CODE_LETTERS].strip("-") or "van-ban"
    taken = set(LegalDocument.objects.filter(code__startswith=base).values_list("code", flat=True))
    number = 1
    code = base
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def _copy_contents(source: Edition, copy: Edition) -> None:
    keys: dict[int, Provision] = {}
    rows = []
    for one in source.provisions.order_by("position", "pk"):
        old = one.pk
        one.pk, one._state.adding = None, True
        one.edition, one.parent = copy, keys.get(one.parent_id or 0)
        keys[old] = one
        rows.append(one)
    _save_rows(rows)
    relations = list(source.relations.all())
    for relation in relations:
        relation.pk, relation._state.adding, relation.edition = None, True, copy
        relation.save()
    # On no card: there the correction is told as begun.
    told = {"provisions": told_provisions(rows), "relations": [audit.snapshot(one) for one in relations]}
    audit.record([audit.Change("copy", copy, None, told)])
    refresh(copy)


def told_provisions(rows: Iterable[Provision]) -> list[dict[str, Any]]:
    """What the record of an edition carries of its provisions, in their order."""
    names = ("kind", "label", "path", "heading", "text", "is_summary", "valid_from", "valid_to", "amended_by_id")
    return [{name: getattr(one, name) for name in names} for one in rows]


def _save_rows(rows: list[Provision]) -> None:
    """Store provisions whose parents stand before them in the list: level by level, each in one statement."""
    waiting = rows
    while waiting:
        ready = [one for one in waiting if one.parent is None or one.parent.pk]
        for one in ready:
            one.parent_id = one.parent.pk if one.parent else None
        Provision.objects.bulk_create(ready)
        waiting = [one for one in waiting if not one.pk]


def _flatten(edition: Edition, tree: Iterable[Node], parent: Provision | None, rows: list[Provision]) -> None:
    for node in tree:
        row = Provision(
            edition=edition,
            parent=parent,
            kind=str(node.kind),
            label=node.label,
            path=node.path,
            heading=node.heading,
            text=node.text,
            position=len(rows),
        )
        rows.append(row)
        _flatten(edition, node.children, row, rows)
