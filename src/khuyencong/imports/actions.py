"""Planning an import, and what is told of a file before it is confirmed; for the browser and the command line alike."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.files.written import files_with_the_transaction, note
from khuyencong.core.tables.asking import KEPT, LETTERS, Answers
from khuyencong.core.tables.columns import in_every_language
from khuyencong.core.tables.planning import Decision, Fate, Importer, Plan, Planned
from khuyencong.core.tables.reading import Table, TableError, read_table
from khuyencong.establishments.importing.registry import EstablishmentImporter
from khuyencong.establishments.importing.results import ResultImporter
from khuyencong.imports.models import ImportBatch, KnownHeading
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


def plan_file(
    kind: str,
    path: Path,
    user: User | None,
    name: str = "",
    sheets: Sequence[str] = (),
    answers: Answers | None = None,
) -> Plan:
    """Read a file and say what would become of each row. Raises TableError and PermissionDenied.

    ``sheets``: titles; none means every visible one with the headings. ``answers``: what was answered of this file;
    without them what the person told of headings before.
    """
    return _planned(kind, read(kind, path, name, sheets, answers or answers_for(user, kind)), user)


def read(kind: str, path: Path, name: str, sheets: Sequence[str], answers: Answers) -> Table:
    return read_table(path, in_every_language(IMPORTERS[kind].columns), name, sheets, answers)


def _planned(kind: str, table: Table, user: User | None) -> Plan:
    require_kind(user, kind)
    return IMPORTERS[kind].plan(table, user)


def path_of(batch: ImportBatch) -> Path:
    """Where its file lies. Raises TableError when it was let go."""
    if not batch.file:
        raise TableError(_("Tệp này đã được xóa vì để quá lâu. Hãy đưa lại tệp."))
    return Path(batch.file.path)


def receive(user: User | None, kind: str, upload: "File[bytes]") -> ImportBatch:
    """Keep a file as a batch that waits for confirmation; ``user`` None: the system itself."""
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


def answers_for(user: User | None, kind: str, batch: ImportBatch | None = None) -> Answers:
    """What a person told of headings, in this file or an earlier one, and what they answered of this file alone."""
    known = dict(KnownHeading.objects.filter(owner=user, kind=kind).values_list("heading", "column")) if user else {}
    told = batch.answers if batch else {}
    return Answers(known, told.get("questions", {}), frozenset(told.get("kept", ())))


def answer(user: User, batch: ImportBatch, headings: Mapping[str, str], questions: Mapping[str, str]) -> None:
    """Keep what was answered of a file: its headings for all files of this person, the rest for this file."""
    require_kind(user, batch.kind)
    with audit.writing(user):
        changes = []
        for heading, column in headings.items():
            one = KnownHeading.objects.filter(owner=user, kind=batch.kind, heading=heading).first()
            before = audit.snapshot(one) if one else None
            one = one or KnownHeading(owner=user, kind=batch.kind, heading=heading)
            if before is None or one.column != column:
                one.column, one.told_at = column, clock.now()
                one.save()
                changes.append(audit.Change("change" if before else "create", one, before, audit.snapshot(one)))
        audit.record([*changes, *_answered(batch, {"questions": dict(questions)})])


def keep_odd_numbers(user: User, batch: ImportBatch, marks: Sequence[str]) -> None:
    """Say of numbers of a file that looked odd that they are right."""
    require_kind(user, batch.kind)
    with audit.writing(user):
        audit.record(_answered(batch, {"kept": sorted({*batch.answers.get("kept", ()), *marks})}))


def keep_letters(user: User, batch: ImportBatch, keep: bool) -> None:
    """Say that the letters of a file are right as they stand, or that they are not after all."""
    require_kind(user, batch.kind)
    told = batch.answers.get("questions", {}) | {LETTERS: KEPT if keep else ""}
    with audit.writing(user):
        audit.record(_answered(batch, {"questions": told}))


def _answered(batch: ImportBatch, told: dict[str, Any]) -> list[audit.Change]:
    before = audit.snapshot(batch)
    answers = batch.answers | told
    if answers == batch.answers:
        return []
    batch.answers = answers
    batch.save(update_fields=["answers"])
    return [audit.Change("change", batch, before, audit.snapshot(batch))]


def decided(
    kind: str, table: Table, user: User | None, choice: Choice, seen: str | None
) -> tuple[list[Planned], dict[str, int]]:
    """The rows that are to be written, as things stand now, and counts by fate. Raises PlanChanged, HasErrors."""
    plan = _planned(kind, table, user)
    if seen is not None and plan.fingerprint() != seen:
        raise PlanChanged
    counts = plan.counts()
    if counts[Fate.ERROR] and not choice.only_good:
        raise HasErrors
    rows = plan.to_write(choice.decisions, choice.default)
    return rows, counts | {"written": len(rows)}


def forget_files(before: dt.datetime) -> None:
    """Delete the files of batches that were brought before this moment; what the batches did stays told."""
    for batch in ImportBatch.objects.filter(created_at__lt=before).exclude(file=""):
        with audit.writing(None):
            was, file = audit.snapshot(batch), batch.file.name
            batch.file = ""
            batch.save(update_fields=["file"])
            audit.record([audit.Change("forget-file", batch, was, audit.snapshot(batch))])
        batch.file.storage.delete(file)


def require_kind(user: User | None, kind: str) -> None:
    """Raise PermissionDenied for whoever may not bring in such a table; the system itself may."""
    if user is None:
        return
    require(user, Permission.DATA_IMPORT)
    if kind == ProjectImporter.kind:
        require(user, Permission.PROJECTS_EDIT)
