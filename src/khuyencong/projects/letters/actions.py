"""Letters made by hand, and the province's own templates."""

import hashlib
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, TemplateError

from khuyencong.core import audit, clock, written_files
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.appraisal.queries import summary_of
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.fields import example
from khuyencong.projects.letters.models import LetterTemplate, ProducedDocument
from khuyencong.projects.letters.produce import produce
from khuyencong.projects.letters.render import fill
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.money.models import Payment
from khuyencong.projects.record.locking import locked
from khuyencong.projects.record.models import Project

MOST_BYTES = 5 * 1024 * 1024


def make_letter(user: User, pk: int, kind: str) -> ProducedDocument:
    """Make a letter by hand. Raises ValidationError when this is not the moment for it."""
    with written_files.files_with_the_transaction(), transaction.atomic():
        project = locked(user, pk)
        problem = not_now(project, kind)
        if problem:
            raise ValidationError(problem)
        return produce(user, project, kind)


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
    with written_files.files_with_the_transaction(), transaction.atomic():
        require(user, Permission.PROJECTS_EDIT)
        _retire(user, kind)
        own = LetterTemplate(
            kind=kind,
            name=name[:200],
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=user,
            uploaded_at=clock.now(),
        )
        own.file.save(f"{kind}.docx", ContentFile(content), save=False)
        written_files.note(own.file)
        own.save()
        audit.record(user, [audit.Change("create", own, None, audit.snapshot(own))])
    return own


def use_builtin(user: User, kind: str) -> None:
    """Go back to the template that comes with the product."""
    with transaction.atomic():
        require(user, Permission.PROJECTS_EDIT)
        _retire(user, kind)


def check_template(content: bytes) -> None:
    """Try a template with example fields. Raises ValidationError in words."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("Tệp mẫu nặng hơn 5 MB."))
    try:
        fill(content, example(), StrictUndefined)
    except (TemplateError, TypeError, ArithmeticError) as error:
        raise ValidationError(
            _("Mẫu dùng trường không có, hoặc viết sai: %(problem)s.") % {"problem": str(error)}
        ) from error
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise ValidationError(_("Tệp này không phải tài liệu Word (.docx).")) from error


def _retire(user: User, kind: str) -> None:
    for old in LetterTemplate.objects.select_for_update().filter(kind=kind, active=True):
        before = audit.snapshot(old)
        old.active = False
        old.save(update_fields=["active"])
        audit.record(user, [audit.Change("supersede", old, before, audit.snapshot(old))])
