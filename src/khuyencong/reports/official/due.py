"""Which reports are due: for the latest ended period of each length, what is there and what is not."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from khuyencong.core.models import SET_UP, InstallationFact
from khuyencong.core.periods import Kind, Period, last_ended, named
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.reports.official import queries
from khuyencong.reports.official.models import Report, ReportDefinition


@dataclass(frozen=True)
class Due:
    """A report that a unit owes for an ended period; ``report``: what there is of it."""

    kind: ReportDefinition
    unit: Unit
    period: Period
    by: dt.date
    report: Report | None

    @property
    def words(self) -> str:
        """The period in words."""
        return named(self.period)

    @property
    def address(self) -> str:
        """Where it is begun, with everything filled in."""
        told = {"unit": self.unit.pk, "kind": self.kind.pk, "period_kind": self.period.kind.value,
                "number": self.period.number, "year": self.period.year}  # fmt: skip
        return f"{reverse('official:add')}?{urlencode(told)}"

    @property
    def done(self) -> bool:
        """Whether it went out."""
        return self.report is not None and self.report.state == Report.State.SIGNED


@dataclass(frozen=True)
class Sent:
    """How many communes have signed their report of a period, and which have not."""

    period: Period
    signed: int
    missing: tuple[Unit, ...]

    @property
    def words(self) -> str:
        """The period in words."""
        return named(self.period)

    @property
    def all(self) -> int:
        """How many communes there are."""
        return self.signed + len(self.missing)


def owed(user: User, today: dt.date) -> list[Due]:
    """What the units that the person writes for owe, the soonest first."""
    return sorted(_owed(user, today), key=lambda one: (one.by, one.unit.folded, one.kind.position))


def from_communes(user: User, today: dt.date) -> Sent | None:
    """The communes' reports of the last ended quarter; None for whoever does not look over a province."""
    provinces = access_of(user).reach(Permission.REPORTS_VIEW).provinces
    period = last_ended(Kind.QUARTER, today)
    communes = list(Unit.objects.filter(parent__in=provinces, kind=Unit.Kind.COMMUNE, valid_to=None).order_by("folded"))
    if not communes:
        return None
    signed = set(
        Report.objects.filter(
            state=Report.State.SIGNED, unit__in=communes, period_kind=period.kind.value, year=period.year,
            number=period.number,
        ).values_list("unit_id", flat=True)
    )  # fmt: skip
    return Sent(period, len(signed), tuple(one for one in communes if one.pk not in signed))


def _owed(user: User, today: dt.date) -> Iterator[Due]:
    units = queries.units(user)
    if not units:
        return
    begun = InstallationFact.read(SET_UP)
    kinds = [(one, one.kind()) for one in queries.kinds(today)]
    ended = {length: last_ended(Kind(length), today) for _kind, told in kinds for length in told.forms}
    written = _written(units, [kind for kind, _told in kinds], {period.year for period in ended.values()})
    for unit in units:
        level = "province" if unit.parent_id is None else "commune"
        for kind, told in kinds:
            for length in told.forms if told.level == level else ():
                period = ended[length]
                if period.last_day.isoformat() < begun:  # it was told, or not, before there was this system
                    continue
                by = period.last_day + dt.timedelta(days=told.days)
                yield Due(kind, unit, period, by, written.get((kind.pk, unit.pk, period)))


def _written(
    units: list[Unit], kinds: list[ReportDefinition], years: set[int]
) -> dict[tuple[int, int, Period], Report]:
    """The latest version of each report of these years: kind, unit and period -> report."""
    found = Report.objects.filter(year__in=years, kind__in=kinds, unit__in=units).order_by("version")
    return {
        (one.kind_id, one.unit_id, Period(Kind(one.period_kind), one.year, one.number)): one
        for one in found.defer("snapshot", "sections")
    }
