"""Reads of the registry, narrowed to the person asking."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.core.per_request import once
from khuyencong.core.text import fold, words
from khuyencong.establishments.models import Establishment, EstablishmentStanding, Industry, RegistryCount
from khuyencong.establishments.standings import search_index
from khuyencong.people.models import User
from khuyencong.people.queries import access_of, may, within
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit


def reached(user: User, permission: Permission, establishment: str = "") -> Q:
    """The filter that narrows a query to establishments within the person's reach; ``establishment``: the path to one.

    As ``people.queries.within``, but asked of the standing: there a province can be walked in the order of a list.
    """
    reach, standing = access_of(user).reach(permission), f"{establishment}__standing" if establishment else "standing"
    return Q(**{f"{standing}__province_id__in": reach.provinces}) | Q(**{f"{standing}__commune_id__in": reach.communes})


def reaches_all(user: User, permission: Permission) -> bool:
    """Whether the person reaches every establishment there is, as most people of the only province do."""
    reach = access_of(user).reach(permission)
    return all(reach.covers(one.pk, one.parent_id) for one in _communes_in_use())


def communes_of_registry(user: User, permission: Permission = Permission.REGISTRY_VIEW) -> list[Unit]:
    """The communes within reach in which there are establishments, with their provinces, by name."""
    reach = access_of(user).reach(permission)
    return [one for one in _communes_in_use() if reach.covers(one.pk, one.parent_id)]


def counted_within(user: User, permission: Permission) -> Q:
    """The filter that narrows kept sums (``RegistryCount``, ``ResultSum``) to the communes within reach."""
    return Q() if reaches_all(user, permission) else within(user, permission)


@once
def _communes_in_use() -> list[Unit]:
    counted = RegistryCount.objects.values("commune").annotate(all=Sum("n")).filter(all__gt=0)
    return list(Unit.objects.filter(pk__in=counted.values("commune")).select_related("parent").order_by("folded"))


def registry(user: User) -> QuerySet[Establishment]:
    """All establishments within the person's reach."""
    return Establishment.objects.filter(reached(user, Permission.REGISTRY_VIEW))


def standings(user: User, permission: Permission) -> QuerySet[EstablishmentStanding]:
    """How the establishments within the person's reach stand."""
    reach = access_of(user).reach(permission)
    return EstablishmentStanding.objects.filter(Q(province_id__in=reach.provinces) | Q(commune_id__in=reach.communes))


def number_of(user: User) -> int:
    """How many establishments are within the person's reach."""
    kept = RegistryCount.objects.filter(counted_within(user, Permission.REGISTRY_VIEW))
    return kept.aggregate(all=Sum("n"))["all"] or 0


def industries_of_registry(user: User) -> set[str]:
    """The codes of the divisions that the establishments within reach belong to."""
    reach = access_of(user).reach(Permission.REGISTRY_VIEW)
    there = EstablishmentStanding.objects.filter(industry_id=OuterRef("pk"))  # an index leads to the first of each
    held = Exists(there.filter(province__in=reach.provinces)) | Exists(there.filter(commune__in=reach.communes))
    return {code[:2] for code in Industry.objects.filter(held).values_list("code", flat=True)}


def located_in(unit: Unit) -> Q:
    """The establishments of one commune, or of one province."""
    return Q(commune=unit) if unit.kind == Unit.Kind.COMMUNE else Q(commune__parent=unit)


def matching(user: User, text: str) -> Q:
    """Every word of the text, marks ignored; in owner and phone only where the person may see these.

    A text without a word (``???``) matches nothing.
    """
    contact = reached(user, Permission.HISTORY_VIEW)
    asked = words(text)
    few = search_index.few_with(asked) if asked else []
    every = Q() if few is None else Q(pk__in=few)
    if few is not None and reaches_all(user, Permission.HISTORY_VIEW):  # else the index knows owners they may not see
        asked = search_index.untested(asked)
    for word in asked:
        every &= Q(search__contains=word) | (Q(contact_search__contains=word) & contact)
    return every


def by_number(text: str) -> str:
    """``number`` where too many hold the words to be sorted by name: then they stand by number in the registry."""
    asked = words(text)
    return "number" if asked and search_index.few_with(asked) is None else ""


def counted(user: User, text: str, limit: int) -> int | None:
    """How many establishments hold the words, where the index alone can tell: all are within the person's reach."""
    if not all(reaches_all(user, one) for one in (Permission.REGISTRY_VIEW, Permission.HISTORY_VIEW)):
        return None
    return search_index.count(words(text), limit)


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
