"""Composing an ordered letter: its number, its Word file, kept as produced with its hash."""

import hashlib

from django.core.files.base import ContentFile

from khuyencong.core import audit
from khuyencong.core.files import written
from khuyencong.people.models import User
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.models import LetterCounter, LetterTemplate, ProducedDocument
from khuyencong.projects.letters.render import render
from khuyencong.projects.record.models import Project


def compose(user: User, pk: int) -> ProducedDocument:
    """Number the letter, fill the template in, keep the file. Once, however often it is called.

    The file is made in between two writings, so it holds up nobody. Letters of the project that were ordered before
    get their numbers first: this one may name them. Raises ValidationError when the template does not work with what
    the letter is to say; its number stays with it.
    """
    letter = ProducedDocument.objects.get(pk=pk)
    for before in ProducedDocument.objects.filter(project=letter.project_id, number=None, pk__lte=pk).order_by("pk"):
        number(user, before)
    letter.refresh_from_db()
    return letter if letter.file else _keep(user, letter, *render(letter))


def number(user: User, letter: ProducedDocument) -> None:
    """Give the letter the next number of its book; one that has a number keeps it. None is lost or given twice."""
    with audit.writing(user, (Project, letter.project_id)):
        letter = ProducedDocument.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        if letter.number is not None:
            return
        before = audit.snapshot(letter)
        counter, _new = LetterCounter.objects.get_or_create(book=letter.book, year=letter.day.year)
        counter = LetterCounter.objects.select_for_update().get(pk=counter.pk)
        counter.last += 1
        counter.save(update_fields=["last"])
        letter.number, letter.symbol = counter.last, f"{counter.last:02d}/{KINDS[letter.kind].suffix}"
        letter.save(update_fields=["number", "symbol"])
        audit.record([audit.Change("number", letter, before, audit.snapshot(letter), subject=letter.project)])


def _keep(user: User, letter: ProducedDocument, content: bytes, template: LetterTemplate | None) -> ProducedDocument:
    with audit.writing(user, (Project, letter.project_id)):
        letter = ProducedDocument.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        if letter.file:  # another worker was faster
            return letter
        before = audit.snapshot(letter)
        letter.template, letter.sha256 = template, hashlib.sha256(content).hexdigest()
        name = f"{letter.project_id}-{letter.kind}-{letter.day.year}-{letter.number}.docx"
        letter.file.save(name, ContentFile(content), save=False)
        written.note(letter.file)
        letter.save(update_fields=["template", "sha256", "file"])
        audit.record([audit.Change("compose", letter, before, audit.snapshot(letter), subject=letter.project)])
    return letter
