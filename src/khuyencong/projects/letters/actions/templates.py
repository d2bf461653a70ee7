"""The province's own templates: tried before they are used, and kept when others take their place."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from khuyencong.core import audit, clock
from khuyencong.core.files import sentences, written
from khuyencong.core.files.intake import Intake
from khuyencong.core.files.kinds import WORD
from khuyencong.core.files.opening import Refused
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.letters.fields import example
from khuyencong.projects.letters.models import LetterTemplate
from khuyencong.projects.letters.render import fill_foreign, why_not

TEMPLATES = Intake((WORD,), 5, sentences.template_too_heavy, sentences.template_refused)


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
