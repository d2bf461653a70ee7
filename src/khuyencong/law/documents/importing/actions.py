"""A file becomes a draft: received, corrected by its owner, written as a whole."""

import hashlib
import uuid
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.files.written import note
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.core.text import fold
from khuyencong.law.documents.actions import editions as documents
from khuyencong.law.documents.importing import data, proposal, queries
from khuyencong.law.documents.importing.models import DocumentImport
from khuyencong.law.documents.models import Edition, LegalDocument, Provision, Relation
from khuyencong.law.documents.reading import files
from khuyencong.law.documents.reading.text import Progress
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission

_CODE_LETTERS = 70


def receive(
    user: User,
    name: str,
    content: bytes,
    progress: Progress = lambda share: None,
    key: uuid.UUID | None = None,
    keep_letters: bool = False,
) -> DocumentImport:
    """Read a file and keep it with what it proposes, under a key when one is given. Raises Unreadable."""
    require(user, Permission.LAW_DRAFT)
    kind = files.kind_of(content)
    if kind == "json":
        text, proposed = data.propose(content)
    else:
        extracted = files.extract(content, progress, keep_letters)
        text, proposed = extracted.text, proposal.propose(extracted)
    kept = DocumentImport(
        id=key or uuid.uuid4(),
        owner=user,
        file_name=PurePosixPath(name).name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        text=text,
        proposal=proposed,
    )
    with audit.writing(user):
        kept.file.save(f"{kept.id.hex}.{kind}", ContentFile(content), save=False)
        note(kept.file)
        kept.save()
    return kept


def keep(user: User, pk: uuid.UUID, proposed: Mapping[str, Any], revision: int) -> DocumentImport:
    """Keep what the owner has corrected so far. Raises ChangedMeanwhile when another window did so too."""
    with audit.writing(user):
        found = _open(user, pk)
        if found.revision != revision:
            raise ChangedMeanwhile
        found.proposal, found.revision = dict(proposed), revision + 1
        found.save(update_fields=["proposal", "revision"])
    return found


def discard(user: User, pk: uuid.UUID) -> None:
    """Throw an import away, with its file."""
    with audit.writing(user):
        found = _open(user, pk)
        _drop_file(found)
        found.delete()


def finish(user: User, pk: uuid.UUID, values: Mapping[str, Any]) -> Edition:
    """Write the corrected proposal as a draft: a new document, or a correction of one that the library holds.

    ``values``: what ``EditionForm`` gave. All or nothing. Raises ValidationError, ChangedMeanwhile.
    """
    with audit.writing(user):
        found = _open(user, pk)
        proposed = found.proposal
        faults = [*(reason for _key, reason in proposal.faults(proposed)), *proposal.relation_faults(proposed)]
        if faults:
            raise ValidationError(faults)
        draft = _draft(user, found, values)
        if proposed["rows"]:
            documents.replace_provisions(draft, proposal.nodes(proposed))
            _validity(draft, proposed["rows"])
        _relations(draft, proposed["relations"])
        _drop_file(found)
        found.edition, found.finished_at = draft, clock.now()
        found.file, found.text, found.proposal = "", "", {}
        found.save()
    return draft


def _open(user: User, pk: uuid.UUID) -> DocumentImport:
    require(user, Permission.LAW_DRAFT)
    queries.mine(user, pk)
    found = DocumentImport.objects.select_for_update().get(pk=pk)
    if found.finished_at is not None:
        raise ChangedMeanwhile
    return found


def _drop_file(found: DocumentImport) -> None:
    storage, name = found.file.storage, found.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _draft(user: User, found: DocumentImport, values: Mapping[str, Any]) -> Edition:
    values = {**values, "text": found.text}
    upload = _upload(found)
    province = values["province"]
    adopted, draft = queries.held(values["number"], values["level"], province.pk if province else None)
    if draft is not None:
        raise ValidationError(
            _(
                "%(who)s đang soạn một bản dự thảo của văn bản này. Hãy duyệt hoặc bỏ bản ấy rồi lưu lại; "
                "phần bạn đã sửa ở đây vẫn còn."
            ),
            params={"who": draft.drafted_by},
        )
    if adopted is None:
        return documents.add_document(user, values, upload)
    copy = documents.copy_edition(user, adopted)
    return documents.change_edition(user, copy.pk, values, version_of(copy), upload)


def _upload(found: DocumentImport) -> documents.Upload | None:
    suffix = PurePosixPath(found.file.name or "").suffix
    if suffix == ".json":
        return None  # a record of ours, not the document itself
    with found.file.open("rb") as file:
        return documents.Upload(found.file_name, suffix, file.read(), found.text)


def _validity(draft: Edition, rows: list[dict[str, Any]]) -> None:
    """From when to when each text holds and who amended it: known only to a record of ours."""
    if not any(row.get(name) for row in rows for name in data.KEPT):
        return
    stored = list(draft.provisions.order_by("position", "pk"))
    for one, row in zip(stored, rows, strict=True):
        one.valid_from, one.valid_to = row.get("valid_from") or None, row.get("valid_to") or None
        one.is_summary = bool(row.get("is_summary"))
        one.amended_by = queries.target(row["amended_by"]) if row.get("amended_by") else None
    Provision.objects.bulk_update(stored, ["valid_from", "valid_to", "is_summary", "amended_by"])
    audit.record([audit.Change("validity", draft, None, {"provisions": documents.told_provisions(stored)})])


def _relations(draft: Edition, rows: list[dict[str, Any]]) -> None:
    """Write the ticked relations that the draft does not have yet; documents nobody knew get a name in the library."""
    wanted = [row for row in rows if row["on"]]
    known = {one: _target(one) for one in dict.fromkeys(row["number"] for row in wanted)}
    present = {(one.kind, one.target_id, one.source_path, one.target_path) for one in draft.relations.all()}
    new = []
    for row in wanted:
        target = known[row["number"]]
        key = (row["kind"], target.pk, row["source_path"], row["target_path"])
        if key in present or target.pk == draft.document_id:
            continue
        present.add(key)
        new.append(
            Relation(
                edition=draft, kind=row["kind"], target=target, source_path=row["source_path"],
                target_path=row["target_path"], effective_from=row.get("effective_from") or None,
                effective_to=row.get("effective_to") or None, certainty=row.get("certainty") or draft.certainty,
                source=row.get("source") or "",
            )
        )  # fmt: skip
    Relation.objects.bulk_create(new)
    audit.record([audit.Change("create", one, None, audit.snapshot(one), draft.document) for one in new])


def _target(number: str) -> LegalDocument:
    number = "".join(number.split())
    found = queries.target(number)
    if found is not None:
        return found
    several = queries.candidates(number)
    if several:
        raise ValidationError(
            _("Có nhiều văn bản mang số %(number)s. Hãy ghi mã của văn bản thay cho số: %(codes)s."),
            params={"number": number, "codes": ", ".join(one.code for one in several)},
        )
    document = LegalDocument(code=_free_code(number), number=number[:80])
    document.save()
    audit.record([audit.Change("create", document, None, audit.snapshot(document))])
    return document


def _free_code(number: str) -> str:
    base = fold(number).replace(" ", "-")[:_CODE_LETTERS] or "van-ban"
    taken = set(LegalDocument.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if code not in taken)
