"""Who was sent what, who has received, opened and understood it, and who has not been reached."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.core.validity import valid_on
from khuyencong.law.dissemination.models import Delivery, Dispatch
from khuyencong.people.models import RoleGrant, User
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_communes

# How far a delivery has come -> the moment that is still missing for those who have not come so far.
STAGES = {"delivered": "delivered_at", "opened": "opened_at", "confirmed": "confirmed_at"}


@dataclass(frozen=True)
class Recipient:
    """Who is to receive a document: an account, or a party that is known by number and name only."""

    name: str
    user: User | None = None
    party: str = ""
    contact: str = ""

    @property
    def key(self) -> tuple[str, object]:
        """One key, one delivery."""
        return ("user", self.user.pk) if self.user else ("party", self.party)


def dispatches() -> QuerySet[Dispatch]:
    """Everything sent, newest first, with ``sent``, ``delivered``, ``opened`` and ``confirmed`` counted."""
    counted = {name: Count("deliveries", filter=Q(**{f"deliveries__{moment}__isnull": False}))
               for name, moment in STAGES.items()}  # fmt: skip
    found = Dispatch.objects.select_related("document", "sent_by")
    return found.annotate(sent=Count("deliveries"), **counted).order_by("-sent_at", "-pk")


def get(pk: int) -> Dispatch:
    """One dispatch with its counts. Raises Http404."""
    found = dispatches().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def deliveries(dispatch: Dispatch) -> QuerySet[Delivery]:
    """The recipients of a dispatch."""
    return dispatch.deliveries.select_related("user", "recorded_by")


def inbox(user: User) -> QuerySet[Delivery]:
    """What was sent to the person, newest first."""
    return (
        Delivery.objects.filter(user=user)
        .select_related("dispatch__document", "dispatch__sent_by")
        .order_by("-dispatch__sent_at", "-pk")
    )


def waiting(user: User) -> QuerySet[Delivery]:
    """What the person has still to read or to confirm; with the name of the document, and when it was sent."""
    unread = Delivery.objects.filter(user=user, confirmed_at=None).select_related("dispatch__document")
    return unread.only("dispatch__sent_at", "dispatch__document__number", "dispatch__document__code")


def own(user: User, pk: int) -> Delivery:
    """One delivery to the person. Raises Http404 when there is none, PermissionDenied when it is another's."""
    found = Delivery.objects.select_related("dispatch__document", "dispatch__sent_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.user_id != user.pk:
        raise PermissionDenied(_("Văn bản này được gửi cho người khác."))
    return found


def by_token(token: UUID) -> Delivery:
    """The delivery of a link. Raises Http404."""
    found = Delivery.objects.select_related("dispatch__document", "dispatch__sent_by").filter(token=token).first()
    if found is None:
        raise Http404
    return found


def officers(province: Unit, day: dt.date, but: User | None = None) -> list[Recipient]:
    """The promotion officers of the province, without the one who sends."""
    grants = _held(day).filter(unit=province)
    found = {grant.user_id: grant.user for grant in grants if but is None or grant.user_id != but.pk}
    return [Recipient(str(user), user=user, contact=user.email) for user in found.values()]


def commune_officers(province: Unit, day: dt.date, only: frozenset[str] = frozenset()) -> list[Recipient]:
    """The officers of each commune; a commune without an account is reached as such, by telephone or by link.

    ``only``: codes of communes; empty means all.
    """
    held: dict[int, list[User]] = {}
    for grant in _held(day).filter(unit__parent=province):
        held.setdefault(grant.unit_id, []).append(grant.user)
    found = []
    for unit in current_communes(province.code):
        if only and unit.code not in only:
            continue
        users = held.get(unit.pk, [])
        found += [Recipient(f"{user}, {unit.name}", user=user, contact=user.email) for user in users]
        if not users:
            found.append(Recipient(unit.name, party=unit.code))
    return found


def _held(day: dt.date) -> QuerySet[RoleGrant]:
    return (
        RoleGrant.objects.filter(valid_on(day), role=RoleGrant.RoleName.OFFICER, user__is_active=True)
        .select_related("user")
        .order_by("user__full_name", "user_id")
    )
