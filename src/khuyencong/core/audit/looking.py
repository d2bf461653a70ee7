"""Looks at personal data: nothing changes, and yet the trail tells who looked and why."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from khuyencong.core.audit.changes import Change
from khuyencong.core.audit.writing import record, writing

LOOK = "look"  # the action of such records


def looked(actor: models.Model, subject: models.Model, why: str) -> None:
    """Record that a person looked at the personal data of the subject; told in its history.

    Called before the data are shown: a look that cannot be recorded is none. Raises ValidationError without a reason.
    """
    reason = why.strip()
    if not reason:
        raise ValidationError(_("Cần ghi lý do xem dữ liệu cá nhân."))
    with writing(actor, (type(subject), subject.pk)):
        record([Change(LOOK, subject, {}, {"said": reason})])
