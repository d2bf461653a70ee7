"""Putting officers in charge of communes, ending it, handing it on."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.people.assignments import assigned_on, not_ended, officers
from khuyencong.people.models import OfficerAssignment, User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit


def assign(actor: User, user: User, unit: Unit, valid_from: dt.date, alone: bool = True) -> OfficerAssignment:
    """Put an officer in charge of a commune from a day on; ``alone``: whoever was before ends the day before.

    Raises ValidationError for someone whose role does not reach the commune.
    """
    with audit.writing(actor):
        require(actor, Permission.WORK_HAND_OVER, unit)
        audit.alone()
        if not officers(valid_from, unit).filter(pk=user.pk).exists():
            raise ValidationError(_("%(who)s không có vai trò cán bộ khuyến công ở %(unit)s.") % {
                "who": user, "unit": unit.name})  # fmt: skip
        changes = []
        if alone:
            for old in assigned_on(valid_from).select_for_update().filter(unit=unit).exclude(user=user):
                changes += _end(old, valid_from - dt.timedelta(days=1))
        if OfficerAssignment.objects.filter(not_ended(valid_from), unit=unit, user=user).exists():
            raise ValidationError(_("%(who)s đang phụ trách %(unit)s rồi.") % {"who": user, "unit": unit.name})
        new = OfficerAssignment(user=user, unit=unit, valid_from=valid_from)
        new.full_clean()
        new.save()
        changes.append(audit.Change("create", new, None, audit.snapshot(new), user))
        audit.record(changes)
    return new


def assign_all(actor: User, user: User, units: Iterable[Unit], valid_from: dt.date) -> None:
    """Several communes at once: all of them, or none."""
    with audit.writing(actor):
        for unit in units:
            assign(actor, user, unit, valid_from)


def end(actor: User, pk: int, last: dt.date) -> OfficerAssignment:
    """Let an assignment end on a day; one that has ended before stays as it is."""
    with audit.writing(actor):
        one = OfficerAssignment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
        require(actor, Permission.WORK_HAND_OVER, one.unit)
        if one.valid_to is None or last < one.valid_to:
            audit.record(_end(one, last))
    return one


def move(actor: User, old: User, new: User, day: dt.date) -> list[str]:
    """Hand all communes of one officer to another from a day on, each to its own last day; what was moved, in words."""
    with audit.writing(actor):
        moved = []
        held = OfficerAssignment.objects.filter(not_ended(day), user=old)
        for one in held.select_for_update(of=("self",)).select_related("unit"):
            first, last = max(day, one.valid_from), one.valid_to
            audit.record(_end(one, day - dt.timedelta(days=1)))
            if officers(first, one.unit).filter(pk=new.pk).exists() and not _meets(new, one.unit, first, last):
                made = OfficerAssignment.objects.create(user=new, unit=one.unit, valid_from=first, valid_to=last)
                audit.record([audit.Change("create", made, None, audit.snapshot(made), new)])
            moved.append(_("Phụ trách %(unit)s") % {"unit": one.unit.name})
    return moved


def _meets(user: User, unit: Unit, first: dt.date, last: dt.date | None) -> bool:
    """Whether the person is in charge of the commune on any of these days."""
    found = OfficerAssignment.objects.filter(not_ended(first), user=user, unit=unit)
    return found.filter(valid_from__lte=last).exists() if last else found.exists()


def _end(one: OfficerAssignment, last: dt.date) -> list[audit.Change]:
    """End an assignment; one that would end before it began never was."""
    before = audit.snapshot(one)
    if last < one.valid_from:
        change = audit.Change("delete", one, before, None, one.user)
        one.delete()
        return [change]
    one.valid_to = last
    one.save(update_fields=["valid_to"])
    return [audit.Change("update", one, before, audit.snapshot(one), one.user)]
