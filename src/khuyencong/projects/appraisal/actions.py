"""The appraisal council: naming it, each member's sheet, declared conflicts of interest, dated criteria."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, changed_meanwhile, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.law.documents.queries.parameters import value
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.appraisal.models import AppraisalCriterion, Council, Member, Score
from khuyencong.projects.appraisal.queries import criteria_of
from khuyencong.projects.appraisal.rules import FEWEST_MEMBERS, Criterion, sheet_problems
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.locking import locked
from khuyencong.projects.record.models import Project

_NAMING = (State.SUBMITTED, State.DEPARTMENT_APPRAISAL)
_SCORING = (State.DEPARTMENT_APPRAISAL,)


def version_of(council: Council) -> str:
    """A mark of the council and who sits in it."""
    seats = council.members.order_by("pk").values_list("pk", "user", "role")
    return audit.digest(audit.snapshot(council) | {"members": list(map(list, seats))})


def name_council(
    user: User,
    pk: int,
    members: Sequence[tuple[User, str]],
    decision: str,
    meets_on: dt.date | None,
    version: str | None = None,
) -> Council:
    """Name the council of a project, or change it; once a sheet is handed in, members may only be added.

    Whoever drafted the project may not sit in judgement of it. The threshold is the one that holds today.
    """
    with audit.writing(user, (Project, pk)):
        project = locked(user, pk)
        if State(project.state) not in _NAMING:
            raise ValidationError(_("Chỉ lập hội đồng khi đề án đã nộp và chưa thẩm định xong."))
        _check_members(project, members)
        council = Council.objects.select_for_update().filter(project=project).first()
        unchanged(council, version, version_of)
        before = audit.snapshot(council) if council else None
        if council and council.members.filter(handed_in_at__isnull=False).exists():
            sitting = {(one.user_id, str(one.role)) for one in council.members.all()}
            if not sitting <= {(one.pk, str(role)) for one, role in members}:
                raise ValidationError(_("Đã có thành viên nộp phiếu nên chỉ thêm được thành viên, không đổi ai khác."))
        council = council or Council(project=project, threshold=value("appraisal-threshold", clock.today()) or 0)
        council.decision, council.meets_on = decision, meets_on
        council.named_by, council.named_at = user, clock.now()
        council.save()
        changes = [audit.Change("update" if before else "create", council, before, audit.snapshot(council), project)]
        for old in council.members.exclude(user__in=[one for one, _role in members]):
            changes.append(audit.Change("delete", old, audit.snapshot(old), None, project))
            old.delete()
        for one, role in members:
            seat = council.members.filter(user=one).first()
            was = audit.snapshot(seat) if seat else None
            seat = seat or Member(council=council, user=one)
            seat.role = role
            seat.save()
            changes.append(audit.Change("update" if was else "create", seat, was, audit.snapshot(seat), project))
        audit.record(changes)
    return council


def open_again(user: User, project: Project) -> None:
    """Sheets handed in on a proposal that goes back no longer count: each member looks at the new text once more.

    What they gave stands in their sheets as a draft. Part of the step that sends the proposal back.
    """
    changes = []
    for seat in Member.objects.filter(council__project=project, handed_in_at__isnull=False):
        before = audit.snapshot(seat)
        seat.handed_in_at = None
        seat.save(update_fields=["handed_in_at"])
        changes.append(audit.Change("open-again", seat, before, audit.snapshot(seat), project))
    audit.record(changes)


def declare_conflict(user: User, pk: int, reason: str) -> Member:
    """A member says that they have an interest in the project: from then on their scores do not count."""
    with audit.writing(user, (Project, pk)):
        seat = _seat(user, pk)
        if not reason.strip():
            raise ValidationError({"reason": _("Cần ghi lợi ích liên quan là gì.")})
        before = audit.snapshot(seat) | {"points": _points(seat)}
        seat.conflict, seat.conflict_reason, seat.comment, seat.handed_in_at = True, reason.strip(), "", None
        seat.save()
        seat.scores.all().delete()
        after = audit.snapshot(seat) | {"points": {}}
        audit.record([audit.Change("conflict", seat, before, after, seat.council.project)])
    return seat


def sheet_version(seat: Member) -> str:
    """A mark of a member's sheet: the seat and its points."""
    return changed_meanwhile.version_of(seat, seat.scores.order_by("pk"))


def save_sheet(
    user: User,
    pk: int,
    points: Mapping[str, int | None],
    remarks: Mapping[str, str],
    comment: str,
    hand_in: bool,
    version: str | None = None,
) -> Member:
    """Keep a member's sheet; handed in, it is final.

    Raises ValidationError by criterion code for bad points, ChangedMeanwhile when another window was faster.
    """
    with audit.writing(user, (Project, pk)):
        seat = _seat(user, pk)
        unchanged(seat, version, sheet_version)
        if seat.conflict:
            raise ValidationError(_("Bạn đã khai có lợi ích liên quan nên không chấm đề án này."))
        lines = {one.code: one for one in criteria_of(seat.council)}
        problems = sheet_problems([Criterion(c.code, c.name, c.most, c.least) for c in lines.values()], points)
        if not hand_in:
            problems = {code: problem for code, problem in problems.items() if problem != "missing"}
        if problems:
            raise ValidationError({code: _problem(problem, lines[code].most) for code, problem in problems.items()})
        before = audit.snapshot(seat) | {"points": _points(seat)}
        for code, line in lines.items():
            given = points.get(code)
            if given is None:
                seat.scores.filter(criterion=line).delete()
            else:
                Score.objects.update_or_create(
                    member=seat, criterion=line, defaults={"points": given, "comment": remarks.get(code, "")[:300]}
                )
        seat.comment = comment.strip()
        if hand_in:
            seat.handed_in_at = clock.now()
        seat.save()
        after = audit.snapshot(seat) | {"points": _points(seat)}
        # The sheet's own trail is the member's alone; the card of the project tells only that it was handed in.
        changes = [audit.Change("update", seat, before, after)]
        if hand_in:
            told = {"handed_in_at": seat.handed_in_at}
            changes.append(audit.Change("hand-in", seat, None, told, seat.council.project))
        audit.record(changes)
    return seat


def _points(seat: Member) -> dict[str, list[Any]]:
    """What the seat's record carries of its sheet: points and remark of each line."""
    lines = seat.scores.order_by("criterion__code").values_list("criterion__code", "points", "comment")
    return {code: [points, comment] for code, points, comment in lines}


def add_criterion(user: User, values: Mapping[str, Any]) -> AppraisalCriterion:
    """Enter a line of the sheet from a day on; it takes over from the line of the same code."""
    with audit.writing(user):
        require(user, Permission.PROJECTS_DECIDE)
        new = AppraisalCriterion(**values)
        new.full_clean()
        changes = []
        for old in AppraisalCriterion.objects.select_for_update().filter(code=new.code, valid_to=None):
            if old.valid_from >= new.valid_from:
                raise ValidationError({"valid_from": _("Phải sau ngày bắt đầu của tiêu chí đang áp dụng.")})
            before = audit.snapshot(old)
            old.valid_to = new.valid_from - dt.timedelta(days=1)
            old.save(update_fields=["valid_to"])
            changes.append(audit.Change("supersede", old, before, audit.snapshot(old)))
        new.save()
        audit.record([*changes, audit.Change("create", new, None, audit.snapshot(new))])
    return new


def end_criterion(user: User, pk: int, last: dt.date) -> AppraisalCriterion:
    """Let a line of the sheet hold for the last time on a day."""
    with audit.writing(user):
        require(user, Permission.PROJECTS_DECIDE)
        old = AppraisalCriterion.objects.select_for_update().get(pk=pk)
        if last < old.valid_from:
            raise ValidationError({"valid_to": _("Không thể trước ngày bắt đầu áp dụng.")})
        before = audit.snapshot(old)
        old.valid_to = last
        old.save(update_fields=["valid_to"])
        audit.record([audit.Change("update", old, before, audit.snapshot(old))])
    return old


def _check_members(project: Project, members: Sequence[tuple[User, str]]) -> None:
    people = [one.pk for one, _role in members]
    if len(set(people)) < len(people):
        raise ValidationError(_("Một người chỉ có một ghế trong hội đồng."))
    if len(people) < FEWEST_MEMBERS:
        raise ValidationError(_("Hội đồng cần ít nhất %(n)s thành viên.") % {"n": FEWEST_MEMBERS})
    roles = [role for _one, role in members]
    if roles.count(Member.Role.CHAIR) != 1 or roles.count(Member.Role.SECRETARY) != 1:
        raise ValidationError(_("Hội đồng có đúng một chủ tịch và một thư ký."))
    if project.drafted_by_id in people:
        raise ValidationError(_("Người soạn đề án không được ngồi trong hội đồng thẩm định đề án đó."))


def _seat(user: User, pk: int) -> Member:
    """The person's own seat, while the council still sits and their sheet is not handed in."""
    seat = (
        Member.objects.select_for_update(of=("self",))
        .select_related("council__project")
        .filter(council__project_id=pk, user=user)
        .first()
    )
    if seat is None:
        raise PermissionDenied(_("Bạn không ở trong hội đồng thẩm định đề án này."))
    if State(seat.council.project.state) not in _SCORING:
        raise ValidationError(_("Đề án không ở bước thẩm định nên không chấm được."))
    if seat.handed_in_at is not None:
        raise ValidationError(_("Phiếu của bạn đã nộp và không sửa được nữa."))
    return seat


def _problem(code: str, most: int) -> str:
    return {
        "missing": _("Chưa cho điểm."),
        "negative": _("Điểm không thể âm."),
        "above": _("Nhiều nhất %(most)s điểm.") % {"most": most},
    }[code]
