"""Reads of the registry, narrowed to the person asking."""

from django.core.exceptions import PermissionDenied
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.core.text import fold, words_of
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.people.models import User
from khuyencong.people.queries import may, within
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit


def registry(user: User) -> QuerySet[Establishment]:
    """All establishments within the person's reach."""
    return Establishment.objects.filter(within(user, Permission.REGISTRY_VIEW))


def located_in(unit: Unit) -> Q:
    """The establishments of one commune, or of one province."""
    return Q(commune=unit) if unit.kind == Unit.Kind.COMMUNE else Q(commune__parent=unit)


def with_latest(found: QuerySet[Establishment]) -> QuerySet[Establishment]:
    """Each with ``first_supported``, and ``latest_revenue`` of ``latest_year``; nothing where it is not known."""
    latest = YearlyResult.objects.filter(establishment=OuterRef("pk"), revenue__isnull=False).order_by("-year")
    # Sub-queries, not joins: a page is cut and counted without grouping the whole registry first.
    same = Establishment.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    return found.annotate(
        first_supported=Subquery(same.annotate(first=Min("projects__accepted_year")).values("first")),
        latest_revenue=Subquery(latest.values("revenue")[:1]),
        latest_year=Subquery(latest.values("year")[:1]),
    )


def matching(user: User, text: str) -> Q:
    """Every word of the text, marks ignored; in owner and phone only where the person may see these."""
    contact = within(user, Permission.HISTORY_VIEW)
    every = Q()
    for word in words_of(text):
        every &= Q(search__contains=word) | (Q(contact_search__contains=word) & contact)
    return every


def get(user: User, pk: int, permission: Permission = Permission.REGISTRY_VIEW) -> Establishment:
    """One establishment. Raises Http404 when there is none, PermissionDenied when it is out of reach."""
    found = Establishment.objects.select_related("commune", "industry", "eligible_group").filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may(user, permission, found.commune):
        raise PermissionDenied(
            _("Cơ sở này thuộc %(commune)s, ngoài phạm vi của bạn.") % {"commune": found.commune.name}
        )
    return found


def sees_contact(user: User, establishment: Establishment) -> bool:
    """Phone and mail of an owner are for those who work with them: officers of the place and leaders."""
    return may(user, Permission.HISTORY_VIEW, establishment.commune)


def similar(user: User, name: str, commune_id: int | None, tax_code: str, but: int | None) -> list[Establishment]:
    """Possible duplicates: the same tax code, or the same folded name in the same commune."""
    same = Q(pk=None)
    if name and commune_id:
        same |= Q(folded_name=fold(name)[:200], commune_id=commune_id)
    if tax_code:
        same |= Q(tax_code=tax_code)
    others = registry(user).filter(same) if but is None else registry(user).filter(same).exclude(pk=but)
    return list(others.select_related("commune")[:5])
