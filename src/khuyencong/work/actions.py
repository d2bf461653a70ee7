"""Handing all work of one person to another, and reminding people of theirs."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock, mails
from khuyencong.people.actions import assignments
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.work.handover import charges, unfit
from khuyencong.work.models import Reminder
from khuyencong.work.reminders import Due, letter, subject


def hand_over(actor: User, old: User, new: User, leaving: bool) -> int:
    """Give everything to the new person, each with its audit record; ``leaving`` ends roles and locks the account.

    Returns how many things were moved. Raises ValidationError, and moves nothing, when the two are one or when the
    new person may not do some of it.
    """
    if old.pk == new.pk:
        raise ValidationError(_("Hãy chọn hai người khác nhau."))
    if not new.is_active:
        raise ValidationError(_("Tài khoản của người nhận đang bị khóa."))
    if leaving and actor.pk == old.pk:
        raise ValidationError(_("Không ai tự khóa tài khoản của mình; hãy nhờ một lãnh đạo hoặc quản trị viên khác."))
    moved = 0
    with audit.writing(actor):
        require(actor, Permission.WORK_HAND_OVER)
        audit.alone()
        today = clock.today()
        found = charges(old)
        if problems := unfit(new, found):
            raise ValidationError(problems)
        for charge in found:
            for row in charge.rows.select_for_update(of=("self",)):
                before = audit.snapshot(row)
                setattr(row, charge.field, new)
                row.save(update_fields=[charge.field])
                audit.record([audit.Change("hand-over", row, before, audit.snapshot(row))])
                moved += 1
        moved += len(assignments.move(actor, old, new, today))
        if leaving:
            _let_go(old)
    return moved


def _let_go(old: User) -> None:
    today = clock.today()
    for grant in RoleGrant.objects.select_for_update().filter(user=old, valid_to=None):
        before = audit.snapshot(grant)
        grant.valid_to = max(today, grant.valid_from)
        grant.save(update_fields=["valid_to"])
        audit.record([audit.Change("update", grant, before, audit.snapshot(grant), old)])
    old.is_active = False
    old.save(update_fields=["is_active"])
    audit.record([audit.Change("lock", old, {"is_active": True}, {"is_active": False})])


def remind(one: Due, today: dt.date) -> str:
    """Send the mail and note it, once a day; what went wrong, or nothing.

    The day is claimed first, so that two runs at once send one mail. A mail that could not go leaves why, and is sent
    by the next run. It is sent outside any transaction: a slow mail server holds up nobody.
    """
    claimed = _claim(one, today)
    if claimed is None:
        return ""
    problem = mails.trouble(lambda: _send(one))
    with audit.writing(None):
        claimed.problem = problem
        claimed.save(update_fields=["problem"])
        action = "mail-failed" if problem else "remind"
        audit.record([audit.Change(action, claimed, None, audit.snapshot(claimed), one.user)])
    return problem


def _claim(one: Due, today: dt.date) -> Reminder | None:
    """The day's reminder of the person, for this run alone; None when it was sent or another run is at it."""
    claim = {"items": len(one.work.pressing), "at": clock.now()}
    with audit.writing(None):
        reminder, new = Reminder.objects.get_or_create(user=one.user, day=today, defaults=claim)
        again = Reminder.objects.filter(pk=reminder.pk).exclude(problem="").update(problem="", **claim)
    return reminder if new or again else None


def _send(one: Due) -> None:
    with translation.override("vi"):
        send_mail(subject(one), letter(one), settings.DEFAULT_FROM_EMAIL, [one.user.email])
