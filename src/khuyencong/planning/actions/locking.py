"""Locking a plan while something of it is written."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.planning.models import AnnualPlan, PeriodPlan


def require_preparing(user: User) -> None:
    """Drafts are worked on by officers of the province; its leaders may put their hand to them."""
    if not may_prepare(user):
        raise PermissionDenied(_("Tài khoản của bạn không có quyền soạn kế hoạch."))


def may_prepare(user: User) -> bool:
    """The question that ``require_preparing`` enforces."""
    return may(user, Permission.PLAN_DRAFT) or may(user, Permission.PLAN_EDIT)


def locked(pk: int) -> AnnualPlan:
    """The plan of a year, held to the end of the transaction."""
    return AnnualPlan.objects.select_for_update().get(pk=pk)


def locked_draft(user: User, pk: int) -> AnnualPlan:
    """The same while it is a draft, for whoever may work on drafts. Raises ValidationError once it is adopted."""
    require_preparing(user)
    plan = locked(pk)
    refuse_adopted(plan)
    return plan


def refuse_adopted(plan: AnnualPlan | PeriodPlan) -> None:
    """An adopted plan is not edited."""
    if plan.adopted:
        raise ValidationError(_("%(plan)s đã được ban hành; chỉ sửa bằng quyết định điều chỉnh.") % {"plan": plan})
