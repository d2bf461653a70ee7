"""Reads of the room."""

from khuyencong.planning.queries.basis import basis_on
from khuyencong.planning.queries.content import content_of
from khuyencong.planning.queries.plans import (
    adjusted_by,
    annual_plans,
    basis_of,
    by_fund,
    differences,
    get_period,
    get_plan,
    goals_of,
    sums_by_plan,
)

__all__ = [
    "adjusted_by",
    "annual_plans",
    "basis_of",
    "basis_on",
    "by_fund",
    "content_of",
    "differences",
    "get_period",
    "get_plan",
    "goals_of",
    "sums_by_plan",
]
