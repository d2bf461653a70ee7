"""Planning and confirming an import, for the browser and for the command line alike."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File

from khuyencong.core import audit, clock
from khuyencong.core.files.written import files_with_the_transaction, note
from khuyencong.core.tables import touching
from khuyencong.core.tables.columns import in_every_language
from khuyencong.core.tables.planning import Decision, Fate, Importer, Plan, Progress
from khuyencong.core.tables.reading import Table, read_table
from khuyencong.establishments.importing.registry import EstablishmentImporter
from khuyencong.establishments.importing.results import ResultImporter
from khuyencong.imports.models import ImportBatch, ImportTouch
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
    return _planned(kind, _read(kind, path, name, sheets), user)


def _read(kind: str, path: Path, name: str, sheets: Sequence[str]) -> Table:
    return read_table(path, in_every_language(IMPORTERS[kind].columns), name, sheets)


def _planned(kind: str, table: Table, user: User | None) -> Plan:
    if user is not None:
        require_kind(user, kind)
    return IMPORTERS[kind].plan(table, user)


def receive(user: User, kind: str, upload: "File[bytes]") -> ImportBatch:
    """Keep an uploaded file as a batch that waits for confirmation."""
    require_kind(user, kind)
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
    """Plan again while nobody else writes, and write; all in one transaction, all or nothing. The file is read before.

    ``seen`` is the fingerprint of the plan the person saw. Returns counts by fate, with "written".
    Raises PlanChanged, HasErrors, TableError.
    """
    progress(0.0, "")
    return _write(kind, _read(kind, path, name, sheets), user, choice, progress, seen)


def _write(
    kind: str, table: Table, user: User | None, choice: Choice, progress: Progress, seen: str | None
) -> dict[str, int]:
    importer = IMPORTERS[kind]
    with audit.writing(user):
        audit.alone()
        plan = _planned(kind, table, user)
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
    """Confirm a batch once, with a record of it and of all it touched in the audit trail. ``seen`` as above."""
    path = Path(batch.file.path)
    progress(0.0, "")
    table = _read(batch.kind, path, batch.file_name, sheets)
    with audit.writing(user), touching.gathering() as touched:
        audit.alone()
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != ImportBatch.State.PLANNED:
            raise PlanChanged
        before = audit.snapshot(batch)
        counts = _write(batch.kind, table, user, choice, progress, seen)
        batch.state, batch.outcome, batch.confirmed_at = (
            ImportBatch.State.DONE,
            counts | ({"sheets": list(sheets)} if sheets else {}),
            clock.now(),
        )
        batch.fingerprint = seen
        batch.save()
        ImportTouch.objects.bulk_create([ImportTouch(batch=batch, **vars(one)) for one in touched], batch_size=1000)
        told = audit.snapshot(batch) | {"touched": hash_of(touched)}
        audit.record([audit.Change("import", batch, before, told)])
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


def hash_of(touched: Iterable[touching.Touched | ImportTouch]) -> str:
    """One hash over all that an import touched, in its order."""
    whole = hashlib.sha256()
    for one in touched:
        whole.update(f"{one.model}:{one.key}:{one.after}\n".encode())
    return whole.hexdigest()


def require_kind(user: User, kind: str) -> None:
    """Raise PermissionDenied for whoever may not bring in such a table."""
    require(user, Permission.DATA_IMPORT)
    if kind == ProjectImporter.kind:
        require(user, Permission.PROJECTS_EDIT)
