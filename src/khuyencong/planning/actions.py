"""The money of plan lines: given, committed to projects, spent. Always under the line's lock."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.core.money import vnd
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.planning.models import Commitment, PlanLine


def save_line(user: User, pk: int | None, values: Mapping[str, Any]) -> PlanLine:
    """Enter a line of the annual budget, or change it; never below what is committed already."""
    with transaction.atomic():
        require(user, Permission.PLAN_EDIT)
        line = PlanLine.objects.select_for_update().get(pk=pk) if pk else PlanLine()
        before = audit.snapshot(line) if pk else None
        for name, value in values.items():
            setattr(line, name, value)
        if line.amount < line.committed:
            raise ValidationError(
                {"amount": _("Đã giao cho đề án %(sum)s, không thể thấp hơn.") % {"sum": vnd(line.committed)}}
            )
        line.full_clean()
        line.save()
        audit.record(user, [audit.Change("update" if pk else "create", line, before, audit.snapshot(line))])
    return line


def commit_to_line(user: User, line_pk: int, project: int, amount: int) -> PlanLine:
    """Set what a line holds for a project (its key); the database refuses more than the line has.

    Runs inside the step's own transaction.
    """
    earlier = Commitment.objects.filter(project=project).exclude(line=line_pk).values_list("line", flat=True)
    lines = PlanLine.objects.select_for_update().filter(pk__in=[line_pk, *earlier]).order_by("pk")
    found = {line.pk: line for line in lines}
    before = {pk: audit.snapshot(line) for pk, line in found.items()}
    Commitment.objects.filter(project=project).exclude(line=line_pk).delete()
    Commitment.objects.update_or_create(project=project, defaults={"line": found[line_pk], "amount": amount})
    for line in found.values():
        line.committed = line.commitments.aggregate(total=Sum("amount"))["total"] or 0
        line.save(update_fields=["committed"])
    audit.record(user, [audit.Change("update", line, before[pk], audit.snapshot(line)) for pk, line in found.items()])
    return found[line_pk]


def spend_from_line(user: User | None, line_pk: int, amount: int) -> PlanLine:
    """Add to what was spent from a line; a negative amount came back. The database refuses more than committed."""
    line = PlanLine.objects.select_for_update().get(pk=line_pk)
    before = audit.snapshot(line)
    line.disbursed += amount
    line.save(update_fields=["disbursed"])
    audit.record(user, [audit.Change("update", line, before, audit.snapshot(line))])
    return line
