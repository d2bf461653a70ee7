"""Reads of official reports, narrowed to the person asking."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from django.core.exceptions import PermissionDenied
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.core.periods import Period
from khuyencong.core.text import fold
from khuyencong.core.validity import valid_on
from khuyencong.establishments.models import Establishment
from khuyencong.indicators.compute import Store
from khuyencong.indicators.facts.load import load
from khuyencong.law.eligibility import wording
from khuyencong.people.models import User
from khuyencong.people.queries import access_of, current_grants
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.planning.models import GoalTarget, PlanState
from khuyencong.projects.models import Project
from khuyencong.reports.official import snapshot
from khuyencong.reports.official.definition import Form
from khuyencong.reports.official.fill import Filled, fill
from khuyencong.reports.official.models import Report, ReportDefinition

Namer = Callable[[str, str], str]


def reports(user: User, permission: Permission = Permission.REPORTS_VIEW) -> QuerySet[Report]:
    """The reports of units within reach: of the province and its communes, or of single communes."""
    reach = access_of(user).reach(permission)
    near = Q(unit__in=reach.provinces) | Q(unit__parent__in=reach.provinces) | Q(unit__in=reach.communes)
    return Report.objects.filter(near).select_related("kind", "unit", "drafted_by", "signed_by")


def latest(user: User) -> QuerySet[Report]:
    """Of every report its newest version."""
    same = Report.objects.filter(
        kind=OuterRef("kind"), unit=OuterRef("unit"), period_kind=OuterRef("period_kind"),
        year=OuterRef("year"), number=OuterRef("number"),
    )  # fmt: skip
    newest = same.order_by().values("kind").annotate(newest=Max("version")).values("newest")
    return reports(user).filter(version=Subquery(newest))


def get(user: User, pk: int, permission: Permission = Permission.REPORTS_VIEW) -> Report:
    """One report. Raises Http404 when there is none, PermissionDenied when it is out of reach."""
    found = reports(user, permission).filter(pk=pk).first()
    if found is None:
        if Report.objects.filter(pk=pk).exists():
            raise PermissionDenied(_("Báo cáo này ngoài phạm vi của bạn."))
        raise Http404
    return found


def units(user: User) -> list[Unit]:
    """For which units the person may write reports: the province first."""
    reach = access_of(user).reach(Permission.REPORTS_DRAFT)
    known = {row.unit_id: row.unit for row in current_grants(user) if row.unit_id in reach.provinces | reach.communes}
    return sorted(known.values(), key=lambda one: (one.parent_id is not None, one.folded))


def kinds(day: dt.date, level: str = "") -> QuerySet[ReportDefinition]:
    """The kinds of report that are written on the day; of one level ("province", "commune") when it is named."""
    found = ReportDefinition.objects.filter(valid_on(day), sort=ReportDefinition.Sort.KIND)
    return (found.filter(data__level=level) if level else found).order_by("position")


def holds(user: User, permission: Permission, unit: Unit) -> bool:
    """Whether the person may do this for the reports of this very unit: not a province's for its communes."""
    reach = access_of(user).reach(permission)
    return unit.pk in (reach.provinces if unit.parent_id is None else reach.communes)


def newer(report: Report) -> Report | None:
    """The next version of a report, if one was begun."""
    same = {name: getattr(report, name) for name in ("kind", "unit", "period_kind", "year", "number")}
    return Report.objects.filter(**same, version=report.version + 1).first()


def file_name(report: Report) -> str:
    """A name for files made of it, without marks."""
    period = report.period
    return f"bao-cao-{fold(report.unit.short_name).replace(' ', '-')}-{period.year}-{period.kind}-{period.number}"


def present_forms(report: Report) -> list[Form]:
    """The forms of a report: as signed, else as they hold."""
    return [one.form for one in snapshot.filled_of(report.snapshot)] if report.snapshot else forms_of(report)


def forms_of(report: Report) -> list[Form]:
    """The forms of a report by the definitions that held on the last day of its period."""
    codes = report.kind.kind().forms[report.period_kind]
    held = ReportDefinition.objects.filter(
        valid_on(report.period.last_day), sort=ReportDefinition.Sort.FORM, code__in=codes
    )
    known = {one.code: one for one in held}
    return [known[code].form() for code in codes if code in known]


def store_of(user: User, report: Report) -> Store:
    """The facts that a report is counted from: those of its unit."""
    return Store(load(user, report.unit))


def filled(user: User, report: Report) -> list[Filled]:
    """The forms of a report: as signed, or while it is not signed as of now."""
    return snapshot.filled_of(report.snapshot) if report.snapshot else computed(user, report, forms_of(report))


def computed(user: User, report: Report, forms: list[Form]) -> list[Filled]:
    """These forms as the records stand now."""
    with store_of(user, report) as store:
        return fill(forms, store, report.period, targets(report.period, report.unit), namer())


def corrections(user: User, report: Report) -> list[snapshot.Difference]:
    """What has changed in the records since a report was signed, cell by cell."""
    if not report.snapshot:
        return []
    signed = snapshot.filled_of(report.snapshot)
    return snapshot.differences(signed, computed(user, report, [one.form for one in signed]))


def targets(period: Period, unit: Unit) -> dict[str, Decimal]:
    """What the year's adopted plan wants, by indicator; a commune has no plan of its own."""
    if unit.kind != Unit.Kind.PROVINCE:
        return {}
    wanted = GoalTarget.objects.filter(
        goal__annual__year=period.year, goal__annual__state=PlanState.ADOPTED, year=period.year
    )
    return dict(wanted.values_list("goal__indicator", "value"))


def namer() -> Namer:
    """Words for the values of the columns that forms are broken down by; those of a column are read when asked for."""
    words = cache(_words)
    return lambda column, value: words(column).get(value) or value or _("Chưa phân loại")


def _words(column: str) -> dict[str, str]:
    match column:
        case "fund":
            return {value: str(label) for value, label in Project.Fund.choices}
        case "form":
            return {value: str(label) for value, label in Establishment.LegalForm.choices}
        case "content":
            return wording.contents()
        case "group":
            return wording.groups()
        case "commune" | "province":  # named like the kinds of units
            return dict(Unit.objects.filter(kind=column, valid_to=None).values_list("code", "name"))
    return {}
