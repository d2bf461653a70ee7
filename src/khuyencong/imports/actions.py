"""Planning and confirming an import, for the browser and for the command line alike."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File

from khuyencong.core import audit, clock
from khuyencong.core.files.written import files_with_the_transaction, note
from khuyencong.core.tables.columns import in_every_language
from khuyencong.core.tables.planning import Decision, Fate, Importer, Plan, Progress
from khuyencong.core.tables.reading import read_table
from khuyencong.establishments.importing.registry import EstablishmentImporter
from khuyencong.establishments.importing.results import ResultImporter
from khuyencong.imports.models import ImportBatch
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.past.importing import ProjectImporter

IMPORTERS: dict[str, Importer] = {
    one.kind: one for one in (EstablishmentImporter(), ResultImporter(), ProjectImporter())
}


class PlanChanged(Exception):
    """The database changed since the plan was shown: what would happen now is not what the person saw."""


class HasErrors(Exception):
    """Some rows are wrong and nobody said to take only the good ones."""


@dataclass(frozen=True)
class Choice:
    """What the person decided: take the good rows only, and what to do with possible duplicates."""

    only_good: bool = False
    default: Decision = Decision.SKIP
    decisions: dict[int, Decision] = field(default_factory=dict)


def plan_file(kind: str, path: Path, user: User | None, name: str = "", sheets: Sequence[str] = ()) -> Plan:
    """Read a file and say what would become of each row. Raises TableError and PermissionDenied.

    ``sheets``: titles; none means every visible one with the headings.
    """
    if user is not None:
        _require(user, kind)
    importer = IMPORTERS[kind]
    return importer.plan(read_table(path, in_every_language(importer.columns), name, sheets), user)


def receive(user: User, kind: str, upload: "File[bytes]") -> ImportBatch:
    """Keep an uploaded file as a batch that waits for confirmation."""
    _require(user, kind)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    name = Path(upload.name or "tep.xlsx").name[:200]
    batch = ImportBatch(kind=kind, owner=user, file_name=name, sha256=digest.hexdigest())
    with files_with_the_transaction():
        batch.file.save(f"{batch.id}{Path(name).suffix.lower()}", upload, save=False)
        note(batch.file)
        with audit.writing(user):
            batch.save()
            audit.record([audit.Change("create", batch, None, audit.snapshot(batch))])
    return batch


def confirm(
    kind: str,
    path: Path,
    user: User | None,
    choice: Choice,
    progress: Progress,
    name: str = "",
    sheets: Sequence[str] = (),
    seen: str | None = None,
) -> dict[str, int]:
    """Plan again under the lock of all writers, and write; all in one transaction, all or nothing.

    ``seen`` is the fingerprint of the plan the person saw. Returns counts by fate, with "written".
    Raises PlanChanged, HasErrors, TableError.
    """
    importer = IMPORTERS[kind]
    progress(0.0, "")
    with audit.writing(user):
        audit.alone()
        plan = plan_file(kind, path, user, name, sheets)
        if seen is not None and plan.fingerprint() != seen:
            raise PlanChanged
        counts = plan.counts()
        if counts[Fate.ERROR] and not choice.only_good:
            raise HasErrors
        rows = plan.to_write(choice.decisions, choice.default)
        counts["written"] = len(rows)
        if rows:
            importer.write(rows, user, lambda share, words: progress(0.3 + 0.7 * share, words))
    return counts


def confirm_batch(
    batch: ImportBatch, user: User, choice: Choice, progress: Progress, seen: str, sheets: Sequence[str] = ()
) -> dict[str, int]:
    """Confirm a batch once, with a record of it in the audit trail. ``seen`` as above."""
    with audit.writing(user):
        audit.alone()
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.state == ImportBatch.State.DONE:
            raise PlanChanged
        path = Path(batch.file.path)
        before = audit.snapshot(batch)
        counts = confirm(batch.kind, path, user, choice, progress, batch.file_name, sheets, seen)
        batch.state, batch.outcome, batch.confirmed_at = (
            ImportBatch.State.DONE,
            counts | ({"sheets": list(sheets)} if sheets else {}),
            clock.now(),
        )
        batch.fingerprint = seen
        batch.save()
        audit.record([audit.Change("import", batch, before, audit.snapshot(batch))])
    return counts


def forget_files(before: dt.datetime) -> None:
    """Delete the files of batches that were brought before this moment; what the batches did stays told."""
    for batch in ImportBatch.objects.filter(created_at__lt=before).exclude(file=""):
        with audit.writing(None):
            was, file = audit.snapshot(batch), batch.file.name
            batch.file = ""
            batch.save(update_fields=["file"])
            audit.record([audit.Change("forget-file", batch, was, audit.snapshot(batch))])
        batch.file.storage.delete(file)


def _require(user: User, kind: str) -> None:
    require(user, Permission.DATA_IMPORT)
    if kind == ProjectImporter.kind:
        require(user, Permission.PROJECTS_EDIT)
