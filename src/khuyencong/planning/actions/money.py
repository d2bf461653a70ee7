"""The money of plan lines: committed to projects, spent. Always under the line's lock."""

from typing import Any

from django.db.models import Sum

from khuyencong.core import audit
from khuyencong.people.models import User
from khuyencong.planning.models import Commitment, PlanLine


def commit_to_line(user: User | None, line_pk: int, project: int, amount: int) -> PlanLine:
    """Set what a line holds for a project (its key); the database refuses more than the line has.

    Runs inside the step's own transaction.
    """
    with audit.writing(user):
        earlier = Commitment.objects.filter(project=project).exclude(line=line_pk).values_list("line", flat=True)
        lines = PlanLine.objects.select_for_update().filter(pk__in=[line_pk, *earlier]).order_by("pk")
        found = {line.pk: line for line in lines}
        before = {pk: _told(line) for pk, line in found.items()}
        Commitment.objects.filter(project=project).exclude(line=line_pk).delete()
        Commitment.objects.update_or_create(project=project, defaults={"line": found[line_pk], "amount": amount})
        for line in found.values():
            line.committed = line.commitments.aggregate(total=Sum("amount"))["total"] or 0
            line.save(update_fields=["committed"])
        audit.record([audit.Change("update", line, before[pk], _told(line)) for pk, line in found.items()])
    return found[line_pk]


def _told(line: PlanLine) -> dict[str, Any]:
    """The line, with what it holds for each project."""
    held = {str(one.project): one.amount for one in line.commitments.order_by("project")}
    return audit.snapshot(line) | {"commitments": held}


def spend_from_line(user: User | None, line_pk: int, amount: int) -> PlanLine:
    """Add to what was spent from a line; a negative amount came back. The database refuses more than committed."""
    with audit.writing(user):
        line = PlanLine.objects.select_for_update().get(pk=line_pk)
        before = audit.snapshot(line)
        line.disbursed += amount
        line.save(update_fields=["disbursed"])
        audit.record([audit.Change("update", line, before, audit.snapshot(line))])
    return line
