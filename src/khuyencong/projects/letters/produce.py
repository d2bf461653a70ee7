"""Making a letter: number it, fill the template in, keep it as produced with its hash."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from khuyencong.core import audit, clock, written_files
from khuyencong.people.models import User
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.models import LetterCounter, ProducedDocument
from khuyencong.projects.letters.render import render
from khuyencong.projects.record.models import Project, Step


def produce(
    user: User | None, project: Project, kind: str, step: Step | None = None, extra: dict[str, Any] | None = None
) -> ProducedDocument:
    """Make a letter of a project; runs inside the caller's transaction, so a number is never lost or given twice.

    ``extra``: fields that only a room above knows, such as an inspection. Put ``files_with_the_transaction`` around
    the transaction: a letter whose transaction fails leaves no file.
    """
    entry = KINDS[kind]
    day = step.day if step else clock.today()
    counter, _new = LetterCounter.objects.get_or_create(book=entry.book, year=day.year)
    counter = LetterCounter.objects.select_for_update().get(pk=counter.pk)
    counter.last += 1
    counter.save(update_fields=["last"])
    letter = ProducedDocument(
        project=project,
        step=step,
        kind=kind,
        book=entry.book,
        number=counter.last,
        symbol=f"{counter.last:02d}/{entry.suffix}",
        day=day,
        produced_by=user,
        produced_at=clock.now(),
    )
    content, letter.template = render(letter, extra)
    letter.sha256 = hashlib.sha256(content).hexdigest()
    letter.file.save(f"{project.pk}-{kind}-{day.year}-{counter.last}.docx", ContentFile(content), save=False)
    written_files.note(letter.file)
    letter.save()
    audit.record(user, [audit.Change("create", letter, None, audit.snapshot(letter), subject=project)])
    return letter
