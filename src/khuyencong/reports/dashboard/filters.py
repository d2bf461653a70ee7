"""What the dashboard is narrowed to: years, a place, a content."""

from dataclasses import dataclass

from django.db.models import Min
from django.utils.translation import gettext as _

from khuyencong.core.addresses import year_in
from khuyencong.core.listing.beside import Asked, select
from khuyencong.core.listing.filters import Choice, Control
from khuyencong.establishments.queries import communes_of_registry
from khuyencong.indicators.asked import Where
from khuyencong.law.eligibility import wording
from khuyencong.people.models import User
from khuyencong.people.rules import Permission
from khuyencong.places.queries import district_of_communes
from khuyencong.projects.models import Project

YEARS_BACK = 9


@dataclass(frozen=True)
class Filters(Asked):
    """As in the address bar. ``place``: a commune's code, or ``district:`` and the name of an old district."""

    first: str = ""
    last: str = ""
    place: str = ""
    content: str = ""


@dataclass(frozen=True)
class Narrowed:
    """The same, understood: years from, to (both counted), and conditions on the facts."""

    first: int
    last: int
    where: Where

    @property
    def years(self) -> range:
        """Every year."""
        return range(self.first, self.last + 1)

    def only(self, *columns: str) -> Where:
        """The conditions on these columns alone."""
        return tuple(one for one in self.where if one[0] in columns)


def narrowed(filters: Filters, this_year: int) -> Narrowed:
    """Understand the address bar; what makes no sense is left out. By default the last ten years."""
    last = _year(filters.last, this_year)
    first = min(_year(filters.first, last - YEARS_BACK), last)
    where: list[tuple[str, tuple[str | bool, ...]]] = []
    if filters.place:
        district = filters.place.removeprefix("district:")
        where.append(("commune", (filters.place,)) if district == filters.place else ("district", (district,)))
    if filters.content:
        where.append(("content", (filters.content,)))
    return Narrowed(first, last, tuple(where))


def selects(user: User, filters: Filters, found: Narrowed, this_year: int) -> list[Control]:
    """The choices above the dashboard."""
    begun = dict(Project.objects.order_by().values_list("activity__code").annotate(Min("accepted_year")))
    start = min([found.first, *(year for year in begun.values() if year)])
    years = [(str(year), str(year)) for year in range(this_year, start - 1, -1)]
    contents = [(code, name) for code, name in wording.contents().items() if code in begun]
    return [
        select("first", _("Từ năm"), years, str(found.first)),
        select("last", _("Đến năm"), years, str(found.last)),
        select("place", _("Địa bàn"), _places(user), filters.place),
        select("content", _("Nội dung"), contents, filters.content),
    ]


def _places(user: User) -> list[Choice]:
    communes = communes_of_registry(user, Permission.REPORTS_VIEW)
    provinces = {one.parent.code for one in communes if one.parent}
    old = {pk: unit for code in provinces for pk, unit in district_of_communes(code).items()}
    districts = sorted({old[one.pk] for one in communes if one.pk in old}, key=lambda unit: unit.folded)
    return [
        *((f"district:{one.name}", _("%(name)s (cũ)") % {"name": one.name}) for one in districts),
        *((one.code, one.name) for one in communes),
    ]


def _year(text: str, otherwise: int) -> int:
    told = year_in(text)
    return told if told and told >= 1990 else otherwise
