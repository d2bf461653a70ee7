"""What plans want from a person: adjustments that wait for a leader."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.waiting import Item
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.planning import decisions
from khuyencong.planning.models import PlanAdjustment, PlanState


def waiting(user: User, today: dt.date) -> Iterator[Item]:
    """Everything of this room that waits for the person."""
    if not may(user, Permission.PLAN_EDIT):
        return
    drafts = PlanAdjustment.objects.filter(state=PlanState.DRAFT).select_related("plan")
    for one in decisions.ADJUSTMENT.open_to(user, drafts):
        yield Item(
            _("Ban hành điều chỉnh"),
            str(one.plan),
            reverse("planning:adjustment", args=[one.pk]),
            why=one.reason[:120],
            since=clock.day_of(one.drafted_at),
        )
