"""What the programme has done, and the state of its data, within the reach of the person asking."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.establishments.queries import registry
from khuyencong.people.models import User
from khuyencong.people.queries import within
from khuyencong.people.rules import Permission
from khuyencong.projects.models import Project
from khuyencong.projects.record.queries import projects


@dataclass(frozen=True)
class Programme:
    """The headline figures. Money in VND; ``jobs_year`` is None when no year has results."""

    establishments: int
    communes: int
    supported: int
    projects: int
    support: int
    counterpart: int
    jobs: int | None
    jobs_counted: int
    jobs_year: int | None


@dataclass(frozen=True)
class FundYear:
    """Support of one year by fund, in VND, and the number of projects."""

    year: int
    national: int
    local: int
    projects: int


@dataclass(frozen=True)
class DataState:
    """How complete the data are: counts of what is missing, and the coverage of each year by results."""

    active: int
    without_tax_code: int
    without_industry: int
    without_coordinates: int
    supported_without_result: int
    result_year: int | None
    coverage: list[tuple[int, int]]


def programme(user: User) -> Programme:
    """The headline figures."""
    mine, done = registry(user), projects(user).filter(accepted_year__isnull=False)  # a proposal is no support
    money = done.aggregate(n=Count("pk"), support=Sum("support_amount"), counterpart=Sum("counterpart"))
    year = _last_year(user)
    jobs = _in_year(_results(user), year).filter(workers__isnull=False).aggregate(n=Count("pk"), total=Sum("workers"))
    return Programme(
        establishments=mine.count(),
        communes=mine.values("commune_id").distinct().count(),
        supported=_supported(mine).count(),
        projects=money["n"],
        support=money["support"] or 0,
        counterpart=money["counterpart"] or 0,
        jobs=jobs["total"],
        jobs_counted=jobs["n"],
        jobs_year=year,
    )


def support_by_year(user: User) -> list[FundYear]:
    """Support by year of acceptance and fund, oldest first; projects not yet accepted are left out."""
    rows = (
        projects(user)
        .filter(accepted_year__isnull=False)
        .values("accepted_year")
        .annotate(
            national=Sum("support_amount", filter=Q(fund=Project.Fund.NATIONAL), default=0),
            local=Sum("support_amount", filter=Q(fund=Project.Fund.LOCAL), default=0),
            projects=Count("pk"),
        )
        .order_by("accepted_year")
    )
    return [FundYear(row["accepted_year"], row["national"], row["local"], row["projects"]) for row in rows]


def data_state(user: User) -> DataState:
    """What is missing from the data, so that every other figure can be read with the right caution."""
    active = registry(user).filter(status=Establishment.Status.ACTIVE)
    counts = active.aggregate(
        active=Count("pk"),
        without_tax_code=Count("pk", filter=Q(tax_code="")),
        without_industry=Count("pk", filter=Q(industry=None)),
        without_coordinates=Count("pk", filter=Q(latitude=None)),
    )
    coverage = list(_results(user).values_list("year").annotate(Count("pk")).order_by("year"))
    year = coverage[-1][0] if coverage else None
    reported = _in_year(YearlyResult.objects.all(), year).values("establishment_id")
    return DataState(
        **counts,
        supported_without_result=_supported(active).exclude(pk__in=reported).count() if year else 0,
        result_year=year,
        coverage=coverage,
    )


def _supported(among: QuerySet[Establishment]) -> QuerySet[Establishment]:
    return among.filter(projects__accepted_year__isnull=False).distinct()


def _results(user: User) -> QuerySet[YearlyResult]:
    return YearlyResult.objects.filter(within(user, Permission.REGISTRY_VIEW, "establishment__commune"))


def _in_year(results: QuerySet[YearlyResult], year: int | None) -> QuerySet[YearlyResult]:
    return results.none() if year is None else results.filter(year=year)


def _last_year(user: User) -> int | None:
    return _results(user).order_by("-year").values_list("year", flat=True).first()
