"""Ordering a letter, with a step or by hand: what it is to say is kept at that moment, the Word file comes after it."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.people.models import User
from khuyencong.projects.appraisal.queries import summary_of
from khuyencong.projects.letters import background
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.contexts.whole import frozen
from khuyencong.projects.letters.models import ProducedDocument
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.money.models import Payment
from khuyencong.projects.record.locking import locked
from khuyencong.projects.record.models import Project, Step


def make_letter(user: User, pk: int, kind: str) -> ProducedDocument:
    """Order a letter by hand. Raises ValidationError when this is not the moment for it."""
    with audit.writing(user, (Project, pk)):
        project = locked(user, pk)
        problem = not_now(project, kind)
        if problem:
            raise ValidationError(problem)
        return order(user, project, kind)


def order(
    user: User, project: Project, kind: str, step: Step | None = None, extra: dict[str, Any] | None = None
) -> ProducedDocument:
    """Order a letter of a project: no number yet and no file, but all that it will say, as it is now.

    Belongs into the writing of its step; a step that fails leaves nothing. Once that is written, a job gives the
    number and fills the template in. ``extra``: fields that only a room above knows, such as an inspection.
    """
    with audit.writing(user):
        letter = ProducedDocument(
            project=project,
            step=step,
            kind=kind,
            book=KINDS[kind].book,
            day=step.day if step else clock.today(),
            produced_by=user,
            produced_at=clock.now(),
        )
        letter.facts = frozen(letter, extra)
        letter.save()
        told = audit.snapshot(letter) | {"facts": audit.digest({"facts": letter.facts})}
        audit.record([audit.Change("create", letter, None, told, subject=project)])
        # Robust: the step is written, whatever the queue says; what it never came to know of is found (owed).
        transaction.on_commit(partial(background.begin, user, letter.pk), robust=True)
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
