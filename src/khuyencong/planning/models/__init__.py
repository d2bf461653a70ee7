"""The tables of the room."""

from khuyencong.planning.models.changes import PlanAdjustment, PlanVersion
from khuyencong.planning.models.goals import Goal, GoalTarget
from khuyencong.planning.models.lines import Commitment, PlanLine
from khuyencong.planning.models.plans import AnnualPlan, Fund, PeriodContent, PeriodPlan, PlanBudget, PlanState
from khuyencong.planning.models.programmes import OtherProgramme

__all__ = [
    "AnnualPlan",
    "Commitment",
    "Fund",
    "Goal",
    "GoalTarget",
    "OtherProgramme",
    "PeriodContent",
    "PeriodPlan",
    "PlanAdjustment",
    "PlanBudget",
    "PlanLine",
    "PlanState",
    "PlanVersion",
]
