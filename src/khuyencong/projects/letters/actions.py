"""Letters of a project, made with a step or by hand, and the province's own templates."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.files import sentences, written
from khuyencong.core.files.intake import Intake
from khuyencong.core.files.kinds import WORD
from khuyencong.core.files.opening import Refused
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.appraisal.queries import summary_of
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.fields import example
from khuyencong.projects.letters.models import LetterCounter, LetterTemplate, ProducedDocument
from khuyencong.projects.letters.render import fill_foreign, render, why_not
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.money.models import Payment
from khuyencong.projects.record.locking import locked
from khuyencong.projects.record.models import Project, Step

TEMPLATES = Intake((WORD,), 5, sentences.template_too_heavy, sentences.template_refused)


def make_letter(user: User, pk: int, kind: str) -> ProducedDocument:
    """Make a letter by hand. Raises ValidationError when this is not the moment for it."""
    with audit.writing(user, (Project, pk)):
        project = locked(user, pk)
        problem = not_now(project, kind)
        if problem:
            raise ValidationError(problem)
        return produce(user, project, kind)


def produce(
    user: User | None, project: Project, kind: str, step: Step | None = None, extra: dict[str, Any] | None = None
) -> ProducedDocument:
    """Make a letter of a project: number it, fill the template in, keep it as produced with its hash.

    Belongs into the writing of its step, so a number is never lost or given twice, and a step that fails leaves no
    file. ``extra``: fields that only a room above knows, such as an inspection.
    """
    with audit.writing(user):
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
        written.note(letter.file)
        letter.save()
        audit.record([audit.Change("create", letter, None, audit.snapshot(letter), subject=project)])
    return letter


def not_now(project: Project, kind: str) -> str:
    """Why this letter cannot be made by hand now; nothing when it can."""
    entry = KINDS[kind]
    if State(project.state) not in entry.on_demand:
        return _("Văn bản “%(kind)s” không lập ở trạng thái này.") % {"kind": entry.name}
    if kind == "appraisal-minutes":
        summary = summary_of(project)
        if summary is None or not summary.complete:
            return _("Hội đồng chưa nộp đủ phiếu nên chưa lập được biên bản.")
    if kind == "recovery" and not Payment.objects.filter(contract__project=project, kind="recovery").exists():
        return _("Chưa ghi khoản thu hồi nào.")
    return ""


def replace_template(user: User, kind: str, name: str, content: bytes) -> LetterTemplate:
    """Put the province's own template in use; the one before it is kept. ValidationError says what is wrong with it."""
    check_template(content)
    with audit.writing(user):
        require(user, Permission.PROJECTS_EDIT)
        _retire(kind)
        own = LetterTemplate(
            kind=kind,
            name=name[:200],
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=user,
            uploaded_at=clock.now(),
        )
        own.file.save(f"{kind}.docx", ContentFile(content), save=False)
        written.note(own.file)
        own.save()
        audit.record([audit.Change("create", own, None, audit.snapshot(own))])
    return own


def use_builtin(user: User, kind: str) -> None:
    """Go back to the template that comes with the product."""
    with audit.writing(user):
        require(user, Permission.PROJECTS_EDIT)
        _retire(kind)


def check_template(content: bytes) -> None:
    """Try a template with example fields. Raises ValidationError in words."""
    try:
        fill_foreign(content, example(), strict=True)
    except Refused as refused:
        raise ValidationError(why_not(refused)) from refused


def _retire(kind: str) -> None:
    for old in LetterTemplate.objects.select_for_update().filter(kind=kind, active=True):
        before = audit.snapshot(old)
        old.active = False
        old.save(update_fields=["active"])
        audit.record([audit.Change("supersede", old, before, audit.snapshot(old))])
