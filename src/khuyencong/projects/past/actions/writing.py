"""Writing down projects that ran before this system: their state, their real days, their contract, what was paid."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.money import vnd
from khuyencong.law.documents.queries.parameters import value
from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import Fund, State
from khuyencong.projects.money.models import Contract, Payment
from khuyencong.projects.past import rules as past
from khuyencong.projects.past import wording as past_wording
from khuyencong.projects.past.rules import Event, Past
from khuyencong.projects.proposal.models import BlendedFunding
from khuyencong.projects.record.models import Project, Step


@dataclass(frozen=True)
class Told:
    """What somebody tells of a project's past beside its own fields; what is None was not told."""

    state: State | None = None
    days: Mapping[Event, dt.date] = field(default_factory=dict)
    blended: int | None = None
    contract_number: str = ""
    paid: int | None = None


def known_of(project: Project) -> Told:
    """What is already written down."""
    contract = Contract.objects.filter(project=project).first()
    events = {step.transition: step.day for step in project.steps.order_by("position")}
    days = {one: events[name] for name, one in _EVENTS.items() if name in events}
    if contract is not None:
        days.setdefault(Event.CONTRACTED, contract.signed_on)
    if project.accepted_on is not None:
        days.setdefault(Event.ACCEPTED, project.accepted_on)
    return Told(
        State(project.state), days, None, contract.number if contract else "", contract.paid if contract else None
    )


def complete(values: Mapping[str, Any], told: Told, known: Told | None, today: dt.date) -> Past:
    """What was told over what was known; the state follows from the days when nobody tells it.

    ``values``: the project's own fields. What the parts leave of the total is money of other programmes.
    """
    known = known or Told()
    days = {**known.days, **told.days}
    support, counterpart, total = values["support_amount"], values["counterpart"], values["total_cost"]
    made = Past(
        Fund(values["fund"]),
        told.state or known.state or State.DRAFT,
        values.get("accepted_year"),
        days,
        support,
        counterpart,
        told.blended if told.blended is not None else total - support - counterpart,
        total,
        told.contract_number or known.contract_number,
        told.paid if told.paid is not None else known.paid or 0,
    )
    if told.state is None and (known.state is None or past.state_faults(made, today)):
        years = value("results-years", today) or 0
        state = past.state_by_days(made.accepted_year, days, today, years)
        made = Past(**{**made.__dict__, "state": state})
    return made


def refusals(made: Past, told: Told, known: Told | None, today: dt.date) -> dict[str, str]:
    """What cannot be so, by field, in words that say what is expected."""
    found = {name: str(past_wording.FAULTS[fault]) for name, fault in past.faults(made, today).items()}
    if known is not None and told.paid is not None and told.paid < (known.paid or 0):
        found["paid"] = _("cần ít nhất %(paid)s đã ghi; muốn giảm thì ghi thu hồi") % {"paid": vnd(known.paid)}
    return found


def apply(project: Project, made: Past) -> None:
    """Put the past into the project's own columns, before it is saved."""
    project.state, project.state_since, project.due_on = made.state.value, made.since, None
    project.accepted_on, project.accepted_year = made.days.get(Event.ACCEPTED), made.year
    project.blended = made.blended


def write(user: User | None, project: Project, made: Past) -> list[audit.Change]:
    """Write the steps, the contract and what was paid of a saved project, and give what to record of it."""
    return [*_write_steps(user, project, made), *_write_blended(project, made), *_write_contract(user, project, made)]


# Money of other programmes of which nobody said which.
UNNAMED = "other"

_EVENTS = {
    "approve": Event.APPROVED,
    "approve-national": Event.APPROVED,
    "contract": Event.CONTRACTED,
    "accept": Event.ACCEPTED,
    "settle": Event.SETTLED,
}


def _write_steps(user: User | None, project: Project, made: Past) -> list[audit.Change]:
    """Only steps that were written down are written anew; those that were taken here stand."""
    wanted = past.steps(made.fund, made.days)
    present = list(project.steps.order_by("position").values_list("transition", "day"))
    if present == [(one.transition, one.day) for one in wanted]:
        return []
    gone = [audit.Change("delete", one, audit.snapshot(one), None) for one in project.steps.filter(recorded=True)]
    project.steps.filter(recorded=True).delete()
    made_anew = Step.objects.bulk_create(
        Step(
            project=project,
            position=position,
            transition=one.transition,
            source=one.source.value,
            target=one.target.value,
            taken_by=user,
            taken_at=clock.now(),
            day=one.day,
            recorded=True,
        )
        for position, one in enumerate(wanted, start=1)
    )
    return [*gone, *(audit.Change("create", one, None, audit.snapshot(one)) for one in made_anew)]


def _write_blended(project: Project, made: Past) -> list[audit.Change]:
    """One line of unnamed money of other programmes, unless its lines are known and agree."""
    lines = list(project.blended_funding.all())
    if sum(one.amount for one in lines) == made.blended:
        return []
    changes = [audit.Change("delete", one, audit.snapshot(one), None, subject=project) for one in lines]
    project.blended_funding.all().delete()
    if made.blended:
        one = BlendedFunding.objects.create(project=project, programme_id=UNNAMED, amount=made.blended)
        changes.append(audit.Change("create", one, None, audit.snapshot(one), subject=project))
    return changes


def _write_contract(user: User | None, project: Project, made: Past) -> list[audit.Change]:
    if not made.contract_number:
        return []
    contract = Contract.objects.select_for_update().filter(project=project).first()
    before = audit.snapshot(contract) if contract else None
    contract = contract or Contract(project=project)
    contract.number, contract.signed_on = made.contract_number, made.days[Event.CONTRACTED]
    contract.amount = made.support
    more = made.paid - contract.paid
    changes = []
    contract.save()
    if more > 0:
        payment = Payment.objects.create(
            contract=contract,
            kind=Payment.Kind.PAYMENT,
            fund=project.fund,
            amount=more,
            paid_on=made.days.get(Event.SETTLED) or made.days.get(Event.ACCEPTED) or contract.signed_on,
            made_by=user,
            made_at=clock.now(),
        )
        contract.paid += more
        contract.save(update_fields=["paid"])
        changes.append(audit.Change("create", payment, None, audit.snapshot(payment), subject=project))
    action = "create" if before is None else "update"
    return [audit.Change(action, contract, before, audit.snapshot(contract), subject=project), *changes]
