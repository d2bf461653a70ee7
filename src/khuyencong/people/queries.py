"""What a person may do today, and how reads are narrowed to it."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.validity import valid_on
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.rules import Access, Grant, Permission, Role, ScopeKind
from khuyencong.places.models import Unit


def access_of(user: User) -> Access:
    """The person's access today, read once per user object (so once per request)."""
    if not user.is_authenticated or not user.is_active:
        return Access(())
    if not hasattr(user, "_access"):
        user._access = Access(tuple(_grant(row) for row in current_grants(user)))
    return user._access


def read_access(users: Iterable[User]) -> None:
    """Read the grants of many people at once; ``access_of`` each of these objects then asks no more."""
    asked = [one for one in users if not hasattr(one, "_grants")]
    if not asked:
        return
    held: dict[int, list[RoleGrant]] = defaultdict(list)
    today = clock.today()
    rows = RoleGrant.objects.filter(valid_on(today), user__in={one.pk for one in asked})
    for row in rows.select_related("unit__parent"):
        held[row.user_id].append(row)
    for one in asked:
        one._grants = held[one.pk]


def current_grants(user: User) -> list[RoleGrant]:
    """The grants that hold today, with their places; read once per user object."""
    if not hasattr(user, "_grants"):
        user._grants = list(user.role_grants.filter(valid_on(clock.today())).select_related("unit__parent"))
    return user._grants


def within(user: User, permission: Permission, commune: str = "commune") -> Q:
    """The filter that narrows a query to the person's reach; ``commune`` is the path to the commune."""
    reach = access_of(user).reach(permission)
    return Q(**{f"{commune}__parent_id__in": reach.provinces}) | Q(**{f"{commune}_id__in": reach.communes})


def require(user: User, permission: Permission, commune: Unit | None = None) -> None:
    """Refuse (PermissionDenied) unless the person holds the permission, in this commune if one is given."""
    reach = access_of(user).reach(permission)
    allowed = bool(reach) if commune is None else reach.covers(commune.pk, commune.parent_id)
    if not allowed:
        where = f" ({commune.name})" if commune is not None else ""
        raise PermissionDenied(_("Tài khoản của bạn không có quyền làm việc này%(where)s.") % {"where": where})


def may(user: User, permission: Permission, commune: Unit | None = None) -> bool:
    """The question that ``require`` enforces."""
    reach = access_of(user).reach(permission)
    return bool(reach) if commune is None else reach.covers(commune.pk, commune.parent_id)


def over_a_province(user: User, permission: Permission) -> bool:
    """Whether the person holds it over a whole province, not in single communes only."""
    return bool(access_of(user).reach(permission).provinces)


def _grant(row: RoleGrant) -> Grant:
    kind = ScopeKind.PROVINCE if row.unit.parent_id is None else ScopeKind.COMMUNE
    return Grant(Role(row.role), kind, row.unit_id)
