"""What is decided about plans, by other eyes than those that prepared it."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.four_eyes import Decision

_MONEY_AND_GOALS = {"planning.planbudget", "planning.goal", "planning.goaltarget"}

PLAN = Decision(
    _("Ban hành kế hoạch năm"),
    frozenset({"planning.annualplan", "planning.planline", *_MONEY_AND_GOALS}),
)
PERIOD = Decision(
    _("Ban hành kế hoạch giai đoạn và điều chỉnh của nó"),
    frozenset({"planning.periodplan", "planning.periodcontent", *_MONEY_AND_GOALS}),
)
ADJUSTMENT = Decision(
    _("Ban hành điều chỉnh kế hoạch năm"),
    frozenset({"planning.planadjustment"}),
    card=lambda one: one.plan,
)
