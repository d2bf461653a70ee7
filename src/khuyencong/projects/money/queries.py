"""The money of a project as it stands, and the check that every sum agrees to the dong."""

import datetime as dt
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext

from khuyencong.law.documents.queries.parameters import for_case
from khuyencong.law.models import Parameter
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.planning.models import Commitment, PlanLine
from khuyencong.projects.lifecycle.table import EDITABLE, PAYABLE, RECOVERABLE, State
from khuyencong.projects.money.models import Contract, Payment
from khuyencong.projects.money.rules import Ledger
from khuyencong.projects.record.models import Project


def ledger_of(project: Project, contract: Contract) -> Ledger:
    """The bounds and sums of a contract so far."""
    return Ledger(
        contract=contract.amount,
        ceiling=project.ceiling,
        line_left=_line_left(project, contract),
        paid=contract.paid,
        recovered=contract.recovered,
    )


def advance_limit(project: Project, day: dt.date) -> Parameter | None:
    """The largest share that may be advanced under a contract of the day.

    For money of the national fund circular 36/2013/TT-BCT says it for each kind of content.
    """
    codes = ("national-advance", "advance-percent")
    return for_case(codes, day, project.fund, project.activity.code, project.variant)


def card(user: User, project: Project) -> dict[str, Any]:
    """The tab: contract, what is left of every bound, payments, invoices, and what may be done now."""
    contract = getattr(project, "contract", None)
    ledger = ledger_of(project, contract) if contract else None
    invoices = list(project.invoices.select_related("payment"))
    editing = may(user, Permission.PROJECTS_EDIT)
    state = State(project.state)
    return {
        "contract": contract,
        "ledger": ledger,
        "line": project.plan_line,
        "payments": list(contract.payments.select_related("made_by")) if contract else [],
        "invoices": invoices,
        "invoiced": sum(one.amount for one in invoices),
        "holds": list(project.holds.filter(lifted_at=None)),
        "may_choose_line": editing and state in (State.APPROVED,),
        "may_contract": editing and state in (State.PLANNED, State.CONTRACTED, State.IN_PROGRESS, State.ADJUSTED),
        "may_pay": editing and contract is not None and state in PAYABLE and ledger is not None and ledger.left > 0,
        "may_recover": editing and contract is not None and state in RECOVERABLE and bool(ledger and ledger.net > 0),
        "may_invoice": editing and state in (*PAYABLE, State.PLANNED),
    }


def imbalances() -> list[str]:
    """Every running sum that does not agree with its parts: what it is of, kept, counted; nothing when all agree."""
    found = []
    paid = Sum("payments__amount", filter=~Q(payments__kind=Payment.Kind.RECOVERY), default=0)
    back = Sum("payments__amount", filter=Q(payments__kind=Payment.Kind.RECOVERY), default=0)
    for one in Contract.objects.annotate(counted_paid=paid, counted_back=back).select_related("project"):
        if (one.paid, one.recovered) != (one.counted_paid, one.counted_back):
            kept, counted = f"{one.paid}/{one.recovered}", f"{one.counted_paid}/{one.counted_back}"
            found.append(_told(one.project.code, gettext("đã chi và đã thu hồi"), kept, counted))
    for line in PlanLine.objects.annotate(counted=Sum("commitments__amount", default=0)):
        if line.committed != line.counted:
            found.append(_told(line, gettext("đã dành cho đề án"), line.committed, line.counted))
        held = Contract.objects.filter(project__plan_line=line).aggregate(p=Sum("paid"), r=Sum("recovered"))
        spent = (held["p"] or 0) - (held["r"] or 0)
        if line.disbursed != spent:
            found.append(_told(line, gettext("đã giải ngân"), line.disbursed, spent))
    # An estimate may be half written, and may stay so when the project was given up.
    unfinished = Q(state__in=EDITABLE | {State.TERMINATED}) | Q(state=State.ARCHIVED, accepted_year=None)
    for project in Project.objects.exclude(unfinished).annotate(planned=Sum("cost_lines__amount")):
        if project.planned is not None and project.planned != project.total_cost:
            found.append(_told(project.code, gettext("dự toán"), project.total_cost, project.planned))
    return found


def _told(of: object, what: str, kept: object, counted: object) -> str:
    return gettext("%(of)s, %(what)s: ghi %(kept)s, cộng lại được %(counted)s") % {
        "of": of,
        "what": what,
        "kept": kept,
        "counted": counted,
    }


def _line_left(project: Project, contract: Contract) -> int | None:
    """What the plan line holds for this project; None while it is tied to none."""
    if not project.plan_line_id:
        return None
    held = Commitment.objects.filter(project=project.pk).first()
    return held.amount if held else 0
