"""Who is in charge of industrial promotion in which commune: reads and writes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khuyencong.core import audit, validity
from khuyencong.people.models import OfficerAssignment, RoleGrant, User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_communes


@dataclass(frozen=True)
class Charge:
    """A commune, who is in charge of it on the day, and who was before."""

    unit: Unit
    now: tuple[OfficerAssignment, ...]
    before: tuple[OfficerAssignment, ...]


def holding(day: dt.date) -> QuerySet[OfficerAssignment]:
    """The assignments that hold on a day."""
    return OfficerAssignment.objects.filter(validity.holding(day))


def in_charge(communes: Iterable[int], day: dt.date) -> dict[int, set[int]]:
    """Key of each commune -> the keys of the people in charge of it on the day."""
    found: dict[int, set[int]] = defaultdict(set)
    for unit, user in holding(day).filter(unit_id__in=set(communes)).values_list("unit_id", "user_id"):
        found[unit].add(user)
    return found


def charges(day: dt.date) -> list[Charge]:
    """Every commune of the province, those without anybody first."""
    units = list(current_communes(settings.PROVINCE_CODE))
    now, before = defaultdict(list), defaultdict(list)
    for one in OfficerAssignment.objects.filter(unit__in=units).select_related("user").order_by("-valid_from"):
        (now if validity.holds(one, day) else before)[one.unit_id].append(one)
    found = [Charge(unit, tuple(now[unit.pk]), tuple(before[unit.pk])) for unit in units]
    return sorted(found, key=lambda one: bool(one.now))


def officers(day: dt.date, unit: Unit | None = None) -> QuerySet[User]:
    """Officers of promotion whose role has not ended by the day; with ``unit`` those whose role reaches it."""
    held = RoleGrant.objects.filter(_not_ended(day), role=RoleGrant.RoleName.OFFICER)
    if unit is not None:
        held = held.filter(Q(unit=unit) | Q(unit=unit.parent_id))
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("full_name", "username")


def assign(actor: User, user: User, unit: Unit, valid_from: dt.date, alone: bool = True) -> OfficerAssignment:
    """Put an officer in charge of a commune from a day on; ``alone``: whoever was before ends the day before.

    Raises ValidationError for someone whose role does not reach the commune.
    """
    with transaction.atomic():
        require(actor, Permission.WORK_HAND_OVER, unit)
        audit.lock()
        if not officers(valid_from, unit).filter(pk=user.pk).exists():
            raise ValidationError(_("%(who)s không có vai trò cán bộ khuyến công ở %(unit)s.") % {
                "who": user, "unit": unit.name})  # fmt: skip
        changes = []
        if alone:
            for old in holding(valid_from).select_for_update().filter(unit=unit).exclude(user=user):
                changes += _end(old, valid_from - dt.timedelta(days=1))
        if OfficerAssignment.objects.filter(_not_ended(valid_from), unit=unit, user=user).exists():
            raise ValidationError(_("%(who)s đang phụ trách %(unit)s rồi.") % {"who": user, "unit": unit.name})
        new = OfficerAssignment(user=user, unit=unit, valid_from=valid_from)
        new.full_clean()
        new.save()
        changes.append(audit.Change("create", new, None, audit.snapshot(new), user))
        audit.record(actor, changes)
    return new


def assign_all(actor: User, user: User, units: Iterable[Unit], valid_from: dt.date) -> None:
    """Several communes at once: all of them, or none."""
    with transaction.atomic():
        for unit in units:
            assign(actor, user, unit, valid_from)


def end(actor: User, pk: int, last: dt.date) -> OfficerAssignment:
    """Let an assignment end on a day; one that has ended before stays as it is."""
    with transaction.atomic():
        one = OfficerAssignment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
        require(actor, Permission.WORK_HAND_OVER, one.unit)
        if one.valid_to is None or last < one.valid_to:
            audit.record(actor, _end(one, last))
    return one


def move(actor: User, old: User, new: User, day: dt.date) -> list[str]:
    """Hand all communes of one officer to another from a day on, each to its own last day; what was moved, in words."""
    moved = []
    held = OfficerAssignment.objects.filter(_not_ended(day), user=old)
    for one in held.select_for_update(of=("self",)).select_related("unit"):
        first, last = max(day, one.valid_from), one.valid_to
        audit.record(actor, _end(one, day - dt.timedelta(days=1)))
        if officers(first, one.unit).filter(pk=new.pk).exists() and not _meets(new, one.unit, first, last):
            made = OfficerAssignment.objects.create(user=new, unit=one.unit, valid_from=first, valid_to=last)
            audit.record(actor, [audit.Change("create", made, None, audit.snapshot(made), new)])
        moved.append(_("Phụ trách %(unit)s") % {"unit": one.unit.name})
    return moved


def _not_ended(day: dt.date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=day)


def _meets(user: User, unit: Unit, first: dt.date, last: dt.date | None) -> bool:
    """Whether the person is in charge of the commune on any of these days."""
    found = OfficerAssignment.objects.filter(_not_ended(first), user=user, unit=unit)
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
