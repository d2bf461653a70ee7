"""The money of a project: contract, payments, invoices, recovery. Every sum moves under the locks of its rows.

What the rules refuse is told with its bound; what got past them the database refuses: running sums on the
contract and on the plan line have constraints of their own.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.money import vnd
from khuyencong.law.models import Parameter
from khuyencong.people.models import User
from khuyencong.planning.actions.money import spend_from_line
from khuyencong.planning.models import PlanLine
from khuyencong.projects.lifecycle.table import PAYABLE, RECOVERABLE, State
from khuyencong.projects.money.models import Contract, Invoice, Payment
from khuyencong.projects.money.queries import advance_limit, ledger_of
from khuyencong.projects.money.rules import Refusal, payment_refusal, recovery_refusal
from khuyencong.projects.record.locking import locked
from khuyencong.projects.record.models import Project

_CONTRACTING = (State.PLANNED, State.CONTRACTED, State.IN_PROGRESS, State.ADJUSTED)


def record_contract(user: User, pk: int, values: Mapping[str, Any], version: str | None = None) -> Contract:
    """Enter the contract of a project, or change it; never below what was paid, never above the support.

    Raises ValidationError by field, ChangedMeanwhile.
    """
    with audit.writing(user, (Project, pk)):
        project = locked(user, pk)
        if State(project.state) not in _CONTRACTING:
            raise ValidationError(_("Chỉ ghi hợp đồng sau khi đề án được giao kế hoạch và trước khi nghiệm thu."))
        contract = Contract.objects.select_for_update().filter(project=project).first()
        unchanged(contract, version)
        before = audit.snapshot(contract) if contract else None
        contract = contract or Contract(project=project)
        for name, given in values.items():
            setattr(contract, name, given)
        if contract.amount > project.support_amount:
            raise ValidationError({"amount": _("Nhiều nhất %(most)s, là kinh phí hỗ trợ được duyệt.") % {
                "most": vnd(project.support_amount)}})  # fmt: skip
        if contract.amount < contract.paid - contract.recovered:
            raise ValidationError({"amount": _("Đã chi %(paid)s, hợp đồng không thể thấp hơn.") % {
                "paid": vnd(contract.paid - contract.recovered)}})  # fmt: skip
        limit = advance_limit(project, contract.signed_on)
        if limit is not None and contract.advance_percent > limit.whole:
            raise ValidationError({"advance_percent": above_advance(limit)})
        contract.full_clean()
        contract.save()
        change = audit.Change("update" if before else "create", contract, before, audit.snapshot(contract), project)
        audit.record([change])
    return contract


def pay(
    user: User,
    pk: int,
    kind: str,
    amount: int,
    paid_on: dt.date,
    key: UUID,
    voucher: str = "",
    invoices: Iterable[int] = (),
) -> Payment:
    """Pay the establishment: an advance, or a payment against invoices (their keys).

    The same ``key`` pays once: a form sent twice gives the payment that is there. Raises ValidationError with the
    bound when the amount is above contract, ceiling, plan line or advance, and while an inspection's hold stands.
    """
    with audit.writing(user, (Project, pk)):
        project = locked(user, pk)
        done = Payment.objects.filter(key=key, contract__project=project).first()
        if done is not None:
            return done
        contract = _contract(project)
        if State(project.state) not in PAYABLE:
            raise ValidationError(_("Đề án ở trạng thái “%(state)s” nên không chi được.") % {
                "state": project.get_state_display()})  # fmt: skip
        _refuse_holds(project, paid_on)
        advance = contract.advance_percent if kind == Payment.Kind.ADVANCE else None
        refusal = payment_refusal(ledger_of(project, contract), amount, advance)
        if refusal is not None:
            raise ValidationError({"amount": refusal_words(refusal)})
        chosen = list(project.invoices.select_for_update().filter(pk__in=list(invoices), payment=None))
        if kind == Payment.Kind.PAYMENT and not chosen:
            raise ValidationError({"invoices": _("Cần chọn ít nhất một hóa đơn chưa thanh toán.")})
        if kind == Payment.Kind.PAYMENT and project.total_cost and amount > sum(one.amount for one in chosen):
            raise ValidationError({"amount": _("Hóa đơn đã chọn cộng lại chỉ có %(sum)s.") % {
                "sum": vnd(sum(one.amount for one in chosen))}})  # fmt: skip
        payment = _write(user, project, contract, kind, amount, paid_on, key=key, voucher=voucher)
        for one in chosen:
            before = audit.snapshot(one)
            one.payment = payment
            one.save(update_fields=["payment"])
            audit.record([audit.Change("update", one, before, audit.snapshot(one), project)])
    return payment


def recover(user: User, pk: int, amount: int, paid_on: dt.date, key: UUID, reason: str, voucher: str = "") -> Payment:
    """Take money back, with the reason; never more than the establishment holds."""
    if not reason.strip():
        raise ValidationError({"reason": _("Cần ghi lý do thu hồi.")})
    with audit.writing(user, (Project, pk)):
        project = locked(user, pk)
        done = Payment.objects.filter(key=key, contract__project=project).first()
        if done is not None:
            return done
        contract = _contract(project)
        if State(project.state) not in RECOVERABLE:
            raise ValidationError(_("Đề án ở trạng thái “%(state)s” nên không thu hồi được.") % {
                "state": project.get_state_display()})  # fmt: skip
        refusal = recovery_refusal(ledger_of(project, contract), amount)
        if refusal is not None:
            raise ValidationError({"amount": refusal_words(refusal)})
        kind = Payment.Kind.RECOVERY
        return _write(user, project, contract, kind, amount, paid_on, key=key, voucher=voucher, reason=reason.strip())


def add_invoice(user: User, pk: int, values: Mapping[str, Any]) -> Invoice:
    """Enter an invoice; the same one cannot prove a cost twice, in any project."""
    with audit.writing(user, (Project, pk)):
        project = locked(user, pk)
        twin = Invoice.objects.filter(
            seller_tax_code=values["seller_tax_code"], number=values["number"], issued_on=values["issued_on"]
        ).first()
        if twin is not None:
            raise ValidationError({"number": _("Hóa đơn này đã ghi cho đề án %(code)s.") % {"code": twin.project.code}})
        invoice = Invoice(project=project, **values)
        invoice.full_clean()
        invoice.save()
        audit.record([audit.Change("create", invoice, None, audit.snapshot(invoice), project)])
    return invoice


def above_advance(limit: Parameter) -> str:
    """Why a share to advance is refused, with the rule."""
    facts = {"most": limit.whole, "what": limit.name, "document": limit.document}
    if limit.document is None:
        return _("Nhiều nhất %(most)s %% (%(what)s).") % facts
    return _("Nhiều nhất %(most)s %% (%(what)s; %(document)s).") % facts


def refusal_words(refusal: Refusal) -> str:
    """Why an amount is refused, with what would be taken."""
    bound = vnd(max(refusal.bound, 0))
    return {
        "not-positive": _("Số tiền phải lớn hơn 0."),
        "above-contract": _("Chỉ còn chi được %(bound)s theo hợp đồng."),
        "above-ceiling": _("Chỉ còn chi được %(bound)s trong mức hỗ trợ tối đa."),
        "above-plan-line": _("Chỉ còn chi được %(bound)s trong dòng kế hoạch."),
        "above-advance": _("Chỉ còn tạm ứng được %(bound)s theo hợp đồng."),
        "above-paid": _("Cơ sở chỉ đang giữ %(bound)s."),
    }[refusal.code] % {"bound": bound}


def _write(
    user: User, project: Project, contract: Contract, kind: str, amount: int, paid_on: dt.date, **more: Any
) -> Payment:
    payment = Payment.objects.create(
        contract=contract,
        kind=kind,
        fund=project.fund,
        amount=amount,
        paid_on=paid_on,
        made_by=user,
        made_at=clock.now(),
        **more,
    )
    before = audit.snapshot(contract)
    back = kind == Payment.Kind.RECOVERY
    if back:
        contract.recovered += amount
    else:
        contract.paid += amount
    contract.save(update_fields=["paid", "recovered"])
    if project.plan_line_id:
        spend_from_line(user, project.plan_line_id, -amount if back else amount)
    audit.record(
        [
            audit.Change("create", payment, None, audit.snapshot(payment), project),
            audit.Change("update", contract, before, audit.snapshot(contract), project),
        ],
    )
    return payment


def _refuse_holds(project: Project, day: dt.date) -> None:
    reasons = list(
        project.holds.filter(lifted_at=None, blocks_from__lte=max(day, clock.today())).values_list("reason", flat=True)
    )
    if reasons:
        raise ValidationError(_("Tạm thời không chi: %(why)s.") % {"why": "; ".join(reasons)})


def _contract(project: Project) -> Contract:
    contract = Contract.objects.select_for_update().filter(project=project).first()
    if contract is None:
        raise ValidationError(_("Chưa ghi hợp đồng."))
    return contract


def choose_line(user: User, pk: int, line: PlanLine) -> Project:
    """Choose which line pays for an approved project; the money is committed when the plan is assigned."""
    with audit.writing(user, (Project, pk)):
        project = locked(user, pk)
        if project.state != State.APPROVED:
            raise ValidationError(_("Chỉ chọn dòng kế hoạch khi đề án đã được phê duyệt và chưa giao kế hoạch."))
        if line.fund != project.fund or line.activity_id not in (None, project.activity_id):
            raise ValidationError({"line": _("Dòng này không dành cho nguồn hoặc nội dung của đề án.")})
        before = audit.snapshot(project)
        project.plan_line = line
        project.save(update_fields=["plan_line"])
        audit.record([audit.Change("update", project, before, audit.snapshot(project))])
    return project
