"""The numbers of the map, by commune, within the reach of the person asking."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q

from khuyencong.core.addresses import year_in
from khuyencong.core.listing import beside
from khuyencong.establishments.eligibility import facts_of
from khuyencong.establishments.models import Establishment
from khuyencong.indicators.facts.sharing import shares
from khuyencong.law.eligibility.queries import rules
from khuyencong.law.eligibility.rules import Judge
from khuyencong.people.models import User
from khuyencong.people.queries import access_of, within
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.projects.eligibility.queries import contents_on
from khuyencong.projects.models import Project

_Through = Project.establishments.through


class What(StrEnum):
    """What the map counts."""

    ESTABLISHMENTS = "establishments"
    SUPPORTED = "supported"
    SUPPORT = "support"
    NEED = "need"


@dataclass(frozen=True)
class Asked(beside.Asked):
    """What the page is asked for, as text from the address bar. Empty: every year, every content."""

    what: str = What.ESTABLISHMENTS
    since: str = ""
    until: str = ""
    content: str = ""
    districts: str = ""

    @property
    def measure(self) -> What:
        """What is counted; establishments when it is not understood."""
        return What(self.what) if self.what in set(What) else What.ESTABLISHMENTS

    @property
    def years(self) -> tuple[int | None, int | None]:
        """First and last year of acceptance, in order; None: open."""
        first, last = year_in(self.since), year_in(self.until)
        if first and last and first > last:
            return last, first
        return first, last


def by_commune(user: User, asked: Asked, today: dt.date, commune: Unit | None = None) -> dict[int, int]:
    """Key of each commune -> its number; communes with nought are left out. ``commune``: only this one."""
    reach = within(user, Permission.REPORTS_VIEW)
    registry = Establishment.objects.filter(reach)
    if commune is not None:
        registry = registry.filter(commune=commune)
    match asked.measure:
        case What.ESTABLISHMENTS:
            rows = registry.order_by().values("commune_id").annotate(n=Count("pk"))
            return {row["commune_id"]: row["n"] for row in rows}
        case What.NEED:
            return dict(Counter(one.commune_id for one in in_need(user, asked.content, today, commune)))
        case What.SUPPORTED:
            pairs = {(row.establishment, row.commune) for row in _supports(user, asked, commune)}
            return dict(Counter(commune_id for _establishment, commune_id in pairs))
        case What.SUPPORT:
            sums: Counter[int] = Counter()
            for row in _supports(user, asked, commune):
                sums[row.commune] += row.share
            return dict(sums)


def in_need(user: User, content: str, today: dt.date, commune: Unit | None = None) -> list[Establishment]:
    """Establishments that could be supported today, with this content or with any, and never were."""
    registry = Establishment.objects.filter(within(user, Permission.REPORTS_VIEW), status=Establishment.Status.ACTIVE)
    if commune is not None:
        registry = registry.filter(commune=commune)
    supported = _Through.objects.filter(project__accepted_year__isnull=False).values("establishment_id")
    waiting = list(registry.exclude(pk__in=supported).select_related("commune", "eligible_group"))
    codes = [one.code for one in contents_on(today) if content in ("", one.code)]
    judging, facts = Judge(rules(), codes, today), facts_of(waiting)
    return [one for one in waiting if any(answer.eligible is True for answer in judging.answers(facts[one.pk]))]


@dataclass(frozen=True)
class _Support:
    establishment: int
    commune: int
    share: int


def _supports(user: User, asked: Asked, commune: Unit | None) -> list[_Support]:
    """Each establishment's part of each project asked for; parts out of reach are reckoned and left out."""
    first, last = asked.years
    wanted = Q(accepted_year__isnull=False)
    wanted &= Q(accepted_year__gte=first) if first else Q()
    wanted &= Q(accepted_year__lte=last) if last else Q()
    wanted &= Q(activity__code=asked.content) if asked.content else Q()
    rows = _Through.objects.filter(project__in=Project.objects.filter(wanted).values("pk")).order_by("establishment_id")
    parts: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for project, amount, establishment, place, province in rows.values_list(
        "project_id",
        "project__support_amount",
        "establishment_id",
        "establishment__commune_id",
        "establishment__commune__parent_id",
    ):
        if province is not None:
            parts[project].append((amount, establishment, place, province))
    reach = access_of(user).reach(Permission.REPORTS_VIEW)
    return [
        _Support(establishment, place, share)
        for those in parts.values()
        for (_amount, establishment, place, province), share in zip(those, shares(those[0][0], len(those)), strict=True)
        if reach.covers(place, province) and (commune is None or commune.pk == place)
    ]


def years(user: User) -> list[int]:
    """The years in which projects within reach were accepted, newest first."""
    mine = Establishment.objects.filter(within(user, Permission.REPORTS_VIEW)).values("pk")
    through = _Through.objects.filter(establishment_id__in=mine, project__accepted_year__isnull=False)
    found = through.values_list("project__accepted_year", flat=True).distinct()
    return sorted((year for year in found if year is not None), reverse=True)
