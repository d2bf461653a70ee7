"""Who of the registry a document goes to, and how they can be reached."""

from collections.abc import Mapping

from django.db.models import QuerySet

from khuyencong.establishments.listing import registry_list
from khuyencong.establishments.models import Establishment
from khuyencong.law.dissemination.queries import Recipient
from khuyencong.people.models import User


def chosen(user: User, params: Mapping[str, str]) -> QuerySet[Establishment]:
    """The establishments of the list as it is filtered, those at work only."""
    found: QuerySet[Establishment] = registry_list(user).found({**params, "status": Establishment.Status.ACTIVE})
    return found


def recipients(found: QuerySet[Establishment]) -> list[Recipient]:
    """Each establishment by its register number; the address of a mail before a telephone number."""
    return [
        Recipient(f"{one.name}, {one.commune.name}", party=one.code, contact=one.email or one.phone) for one in found
    ]
