"""Who is in charge of industrial promotion in which commune: who may be, who was."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from khuyencong.core import validity
from khuyencong.people.models import OfficerAssignment, RoleGrant, User
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_communes


@dataclass(frozen=True)
class Charge:
    """A commune, who is in charge of it on the day, and who was before."""

    unit: Unit
    now: tuple[OfficerAssignment, ...]
    before: tuple[OfficerAssignment, ...]


def assigned_on(day: dt.date) -> QuerySet[OfficerAssignment]:
    """The assignments that hold on a day."""
    return OfficerAssignment.objects.filter(validity.valid_on(day))


def in_charge(communes: Iterable[int], day: dt.date) -> dict[int, set[int]]:
    """Key of each commune -> the keys of the people in charge of it on the day."""
    found: dict[int, set[int]] = defaultdict(set)
    for unit, user in assigned_on(day).filter(unit_id__in=set(communes)).values_list("unit_id", "user_id"):
        found[unit].add(user)
    return found


def charges(day: dt.date) -> list[Charge]:
    """Every commune of the province, those without anybody first."""
    units = list(current_communes(settings.PROVINCE_CODE))
    now: dict[int, list[OfficerAssignment]] = defaultdict(list)
    before: dict[int, list[OfficerAssignment]] = defaultdict(list)
    for one in OfficerAssignment.objects.filter(unit__in=units).select_related("user").order_by("-valid_from"):
        (now if validity.holds(one, day) else before)[one.unit_id].append(one)
    found = [Charge(unit, tuple(now[unit.pk]), tuple(before[unit.pk])) for unit in units]
    return sorted(found, key=lambda one: bool(one.now))


def officers(day: dt.date, unit: Unit | None = None) -> QuerySet[User]:
    """Officers of promotion whose role has not ended by the day; with ``unit`` those whose role reaches it."""
    held = RoleGrant.objects.filter(not_ended(day), role=RoleGrant.RoleName.OFFICER)
    if unit is not None:
        held = held.filter(Q(unit=unit) | Q(unit=unit.parent_id))
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("full_name", "username")


def not_ended(day: dt.date) -> Q:
    """What has not ended before a day, begun or not."""
    return Q(valid_to=None) | Q(valid_to__gte=day)
