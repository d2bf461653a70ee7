"""What the programme has done, and the state of its data, within the reach of the person asking."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from khuyencong.core.per_request import once
from khuyencong.establishments.models import RegistryCount, ResultSum
from khuyencong.establishments.queries import counted_within
from khuyencong.people.models import User
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
    """Support of one year by fund, in VND, the number of projects, and what the establishments put in."""

    year: int
    national: int
    local: int
    projects: int
    counterpart: int = 0


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


def support_by_year(user: User) -> list[FundYear]:
    """Support by year of acceptance and fund, oldest first; projects not yet accepted are left out."""
    rows = (
        projects(user)
        .filter(accepted_year__isnull=False)
        .values("accepted_year")
        .annotate(
            national=Sum("support_amount", filter=Q(fund=Project.Fund.NATIONAL), default=0),
            local=Sum("support_amount", filter=Q(fund=Project.Fund.LOCAL), default=0),
            counterpart=Sum("counterpart"),
            projects=Count("pk"),
        )
        .order_by("accepted_year")
    )
    return [
        FundYear(row["accepted_year"], row["national"], row["local"], row["projects"], row["counterpart"])
        for row in rows
    ]


def programme(user: User, years: list[FundYear] | None = None) -> Programme:
    """The headline figures; ``years``: the support of each year, where it was asked for already."""
    years = support_by_year(user) if years is None else years
    mine = _counts(user)
    latest = next(reversed(_by_year(user)), None)
    return Programme(
        establishments=sum(one["all"] for one in mine),
        communes=len({one["commune"] for one in mine}),
        supported=sum(one["all"] for one in mine if one["supported"]),
        projects=sum(one.projects for one in years),
        support=sum(one.national + one.local for one in years),
        counterpart=sum(one.counterpart for one in years),
        jobs=latest["jobs"] if latest and latest["jobs_counted"] else None,
        jobs_counted=latest["jobs_counted"] if latest else 0,
        jobs_year=latest["year"] if latest else None,
    )


def data_state(user: User) -> DataState:
    """What is missing from the data, so that every other figure can be read with the right caution."""
    active = [one for one in _counts(user) if one["active"]]
    years = _by_year(user)
    supported = sum(one["all"] for one in active if one["supported"])
    return DataState(
        active=sum(one["all"] for one in active),
        without_tax_code=sum(one["without_tax_code"] for one in active),
        without_industry=sum(one["without_industry"] for one in active),
        without_coordinates=sum(one["without_coordinates"] for one in active),
        supported_without_result=supported - years[-1]["supported"] if years else 0,
        result_year=years[-1]["year"] if years else None,
        coverage=[(one["year"], one["told"]) for one in years],
    )


@once
def _counts(user: User) -> list[dict[str, Any]]:
    """The establishments within reach, by commune, and by whether they work and were ever supported."""
    counted = RegistryCount.objects.filter(counted_within(user, Permission.REGISTRY_VIEW))
    return list(
        counted.values("commune", "active", "supported")
        .annotate(
            all=Sum("n"),
            without_tax_code=Sum("no_tax_code"),
            without_industry=Sum("no_industry"),
            without_coordinates=Sum("no_place"),
        )
        .filter(all__gt=0)
    )


@once
def _by_year(user: User) -> list[dict[str, Any]]:
    """What was told of each year, the oldest first; ``supported``: by those that work and were ever supported."""
    known = ResultSum.objects.filter(counted_within(user, Permission.REGISTRY_VIEW))
    ever = Q(active=True) & ~Q(support=ResultSum.Support.NEVER)
    return list(
        known.values("year")
        .annotate(
            told=Sum("n"),
            supported=Sum("n", filter=ever, default=0),
            jobs=Sum("workers"),
            jobs_counted=Sum("told_workers"),
        )
        .filter(told__gt=0)
        .order_by("year")
    )
