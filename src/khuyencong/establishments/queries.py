"""Reads of the registry, narrowed to the person asking."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import PermissionDenied
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.core import lists
from khuyencong.core.text import fold
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.people.models import User
from khuyencong.people.queries import may, within
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import communes_of_district

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Told(TypedDict):
        first_supported: int | None
        latest_revenue: int | None
        latest_year: int | None

    Listed = WithAnnotations[Establishment, _Told]

# By what, and then by what; an expression may be empty, and then comes last.
SORTS: dict[str, tuple[str | F, *tuple[str, ...]]] = {
    "name": ("folded_name",),
    "commune": ("commune__folded", "folded_name"),
    "industry": (F("industry__code"), "folded_name"),
    "form": ("legal_form", "folded_name"),
    "workers": (F("workers"), "folded_name"),
    "revenue": (F("latest_revenue"), "folded_name"),
    "supported": (F("first_supported"), "folded_name"),
}


@dataclass(frozen=True)
class Filters(lists.Filters):
    """What the list is narrowed to."""

    commune: str = ""
    district: str = ""
    industry: str = ""
    form: str = ""
    supported: str = ""
    status: str = ""
    missing: str = ""
    sort: str = "name"


def registry(user: User) -> QuerySet[Establishment]:
    """All establishments within the person's reach."""
    return Establishment.objects.filter(within(user, Permission.REGISTRY_VIEW))


def located_in(unit: Unit) -> Q:
    """The establishments of one commune, or of one province."""
    return Q(commune=unit) if unit.kind == Unit.Kind.COMMUNE else Q(commune__parent=unit)


def listing(user: User, filters: Filters) -> QuerySet["Listed"]:
    """The list with ``first_supported``, ``latest_revenue`` and ``latest_year``; sorted as asked."""
    latest = YearlyResult.objects.filter(establishment=OuterRef("pk"), revenue__isnull=False).order_by("-year")
    found = registry(user).select_related("commune", "industry")
    found = found.annotate(
        first_supported=Min("projects__accepted_year"),
        latest_revenue=Subquery(latest.values("revenue")[:1]),
        latest_year=Subquery(latest.values("year")[:1]),
    )
    found = found.filter(matching(user, filters.q))
    simple = {
        "commune__code": filters.commune,
        "industry__code__startswith": filters.industry,
        "legal_form": filters.form,
        "status": filters.status,
    }
    found = found.filter(**{name: value for name, value in simple.items() if value})
    if filters.district:
        found = found.filter(commune_id__in=communes_of_district(filters.district))
    if filters.supported in ("yes", "no"):
        found = found.filter(first_supported__isnull=filters.supported == "no")
    if filters.missing.isdecimal():
        reported = YearlyResult.objects.filter(year=int(filters.missing)).values("establishment_id")
        found = found.exclude(pk__in=reported)
    return _sorted(found, filters.sort)


def matching(user: User, text: str) -> Q:
    """Every word of the text, marks ignored; in owner and phone only where the person may see these."""
    contact = within(user, Permission.HISTORY_VIEW)
    every = Q()
    for word in fold(text).split():
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


def _sorted(found: QuerySet["Listed"], sort: str) -> QuerySet["Listed"]:
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    down = sort.startswith("-")
    if isinstance(first, F):
        return found.order_by(first.desc(nulls_last=True) if down else first.asc(nulls_last=True), *rest, "pk")
    return found.order_by(f"-{first}" if down else first, *rest, "pk")
