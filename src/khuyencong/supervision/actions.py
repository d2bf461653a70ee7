"""The writes of the room: plan, visits, findings, remedies. Who carries a project through does not inspect it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db.models import Sum
from django.utils.translation import gettext as _

from khuyencong.core import audit, changed_meanwhile, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.files.intake import Checked
from khuyencong.core.files.written import note
from khuyencong.people.models import User
from khuyencong.people.queries import may, require
from khuyencong.people.rules import Permission
from khuyencong.projects.letters.actions.orders import order
from khuyencong.projects.models import Hold, Project
from khuyencong.supervision import decisions
from khuyencong.supervision.minutes import facts as minutes_facts
from khuyencong.supervision.models import Answer, Finding, InspectionPlan, Photo, Visit
from khuyencong.supervision.queries import checklist, proposal
from khuyencong.supervision.rules import unanswered


def draft_plan(user: User, year: int, number: int) -> InspectionPlan:
    """Draft the plan of a year from the risks; drafting again replaces the visits of an unapproved plan."""
    with audit.writing(user):
        require(user, Permission.SUPERVISION_EDIT)
        audit.alone()
        plan = InspectionPlan.objects.select_for_update().filter(year=year).first()
        if plan and plan.approved_at:
            raise ValidationError(_("Kế hoạch năm này đã được duyệt; hãy thêm từng lần kiểm tra."))
        before = audit.snapshot(plan) if plan else None
        plan = plan or InspectionPlan(year=year)
        plan.drafted_by = user
        plan.full_clean()
        plan.save()
        audit.record([audit.Change("draft", plan, before, audit.snapshot(plan))])
        # What was seen at a visit that has begun stays, and with it what stops payment.
        for old in plan.visits.filter(state=Visit.State.PLANNED, answers=None, photos=None, findings=None):
            audit.record([audit.Change("delete", old, audit.snapshot(old), None, old.project)])
            old.delete()
        kept = set(plan.visits.exclude(state=Visit.State.CANCELLED).values_list("project", flat=True))
        today = clock.today()
        chosen = [one for one in proposal(user, year, number, today) if one[0].pk not in kept]
        for position, (project, choice) in enumerate(chosen):
            _refuse_own(user, project)
            day = _spread(year, position, len(chosen), today)
            parts = [{"risk": part.risk.value, "points": part.points, "most": part.most} for part in choice.score.parts]
            visit = Visit(project=project, plan=plan, planned_for=day, inspector=user, risk=choice.score.points)
            visit.risk_parts = parts + ([{"risk": "chance", "points": 0, "most": 0}] if choice.by_chance else [])
            _save_visit(user, visit, "create", None)
    return plan


def approve_plan(user: User, pk: int, decision: str) -> InspectionPlan:
    """Approve the plan; not by whoever had a hand in it."""
    with audit.writing(user):
        require(user, Permission.SUPERVISION_APPROVE)
        plan = InspectionPlan.objects.select_for_update().get(pk=pk)
        if plan.approved_at:
            raise ValidationError(_("Kế hoạch này đã được duyệt."))
        decisions.PLAN.refuse(user, plan)
        before = audit.snapshot(plan)
        plan.decision, plan.approved_by, plan.approved_at = decision, user, clock.now()
        plan.save()
        audit.record([audit.Change("adopt", plan, before, audit.snapshot(plan))])
    return plan


def plan_visit(
    user: User, project: Project, day: dt.date, inspector: User, again_after: Finding | None = None
) -> Visit:
    """Put one more inspection into the calendar."""
    with audit.writing(user):
        _require_inspecting(user, project)
        if again_after is not None and again_after.visit.project_id != project.pk:
            raise ValidationError({"again_after": _("Phát hiện này thuộc đề án khác.")})
        _refuse_inspector(inspector, project)
        visit = Visit(project=project, planned_for=day, inspector=inspector, again_after=again_after)
        _save_visit(user, visit, "create", None)
    return visit


def change_visit(
    user: User, pk: int, day: dt.date, inspector: User, cancelled: bool, version: str | None = None
) -> Visit:
    """Move a planned visit, give it to somebody else, or call it off. Raises ValidationError, ChangedMeanwhile."""
    with audit.writing(user):
        visit = Visit.objects.select_for_update(of=("self",)).select_related("project").get(pk=pk)
        _require_inspecting(user, visit.project)
        if visit.state != Visit.State.PLANNED:
            raise ValidationError(_("Chỉ sửa được lần kiểm tra chưa làm."))
        unchanged(visit, version)
        if not cancelled:
            _refuse_inspector(inspector, visit.project)
        before = audit.snapshot(visit)
        visit.planned_for, visit.inspector = day, inspector
        visit.state = Visit.State.CANCELLED if cancelled else Visit.State.PLANNED
        _save_visit(user, visit, "update", before)
    return visit


def version_of(visit: Visit) -> str:
    """A mark of the visit and what was answered so far."""
    return changed_meanwhile.version_of(visit, visit.answers.order_by("pk"))


def save_answers(
    user: User,
    pk: int,
    answers: Mapping[str, tuple[str, str]],
    conclusion: str,
    place: tuple[float, float] | None,
    version: str | None = None,
) -> Visit:
    """Keep what was seen so far; can be called again until the visit is finished. Raises ChangedMeanwhile."""
    with audit.writing(user):
        visit = _mine(user, pk)
        unchanged(visit, version, version_of)
        before = audit.snapshot(visit)
        changes = _answer(visit, answers)
        visit.conclusion = conclusion.strip()
        if place is not None:
            visit.latitude, visit.longitude = place
        _save_visit(user, visit, "update", before)
        audit.record(changes)
    return visit


def _answer(visit: Visit, answers: Mapping[str, tuple[str, str]]) -> list[audit.Change]:
    """Write down the answers that are new or another than before, and give what to record of them."""
    known = {one.item_id: one for one in visit.answers.select_for_update()}
    changes = []
    for item in checklist(clock.today()):
        value, remark = answers.get(item.code, ("", ""))
        one = known.get(item.pk) or Answer(visit=visit, item=item)
        if not value or (one.value, one.note) == (value, remark[:300]):
            continue
        before = audit.snapshot(one) if one.pk else None
        one.value, one.note = value, remark[:300]
        one.clean_fields(exclude=["visit", "item"])
        one.save()
        changes.append(audit.Change("update" if before else "create", one, before, audit.snapshot(one), visit.project))
    return changes


def add_photos(user: User, pk: int, files: Iterable[Checked], caption: str) -> list[Photo]:
    """Keep photos taken at the visit, all or none: each as it is, with its hash, and the copy that is shown."""
    with audit.writing(user):
        visit = _mine(user, pk)
        made = [_photo(visit, one, caption) for one in files]
        audit.record([audit.Change("create", one, None, audit.snapshot(one), visit.project) for one in made])
    return made


def _photo(visit: Visit, file: Checked, caption: str) -> Photo:
    name = f"{visit.pk}-{file.sha256[:12]}{file.suffix}"
    photo = Photo(visit=visit, caption=caption[:200], uploaded_at=clock.now(), sha256=file.sha256)
    photo.file.save(name, file.file, save=False)
    note(photo.file)
    if file.copy is not None:
        photo.copy.save(f"ban-sao-{name}", ContentFile(file.copy), save=False)
        note(photo.copy)
    photo.save()
    return photo


def add_finding(user: User, pk: int, values: Mapping[str, Any]) -> Finding:
    """Record something wrong. From the day after its deadline it stops payment until it is closed."""
    with audit.writing(user):
        visit = _mine(user, pk)
        finding = Finding(visit=visit, **values)
        finding.full_clean()
        if finding.deadline < clock.today():
            raise ValidationError({"deadline": _("Hạn khắc phục không thể ở quá khứ.")})
        finding.save()
        hold = Hold.objects.create(
            project=visit.project,
            reason=_("quá hạn khắc phục: %(what)s") % {"what": finding.text[:200]},
            blocks_from=finding.deadline + dt.timedelta(days=1),
            source=_source(finding),
        )
        audit.record(
            [
                audit.Change("create", finding, None, audit.snapshot(finding), visit.project),
                audit.Change("create", hold, None, audit.snapshot(hold), visit.project),
            ],
        )
    return finding


def finish_visit(user: User, pk: int, day: dt.date) -> Visit:
    """The visit is done: every question answered, a conclusion written; its minutes are made."""
    with audit.writing(user):
        visit = _mine(user, pk)
        answers = dict(visit.answers.values_list("item__code", "value"))
        missing = unanswered([one.code for one in checklist(clock.today())], answers)
        if missing:
            raise ValidationError(_("Còn %(n)s câu chưa trả lời.") % {"n": len(missing)})
        if not visit.conclusion:
            raise ValidationError({"conclusion": _("Cần ghi kết luận.")})
        if day > clock.today():
            raise ValidationError({"done_on": _("Ngày kiểm tra không thể ở tương lai.")})
        before = audit.snapshot(visit)
        visit.state, visit.done_on = Visit.State.DONE, day
        _save_visit(user, visit, "update", before)
        order(user, visit.project, "inspection", extra=minutes_facts(visit))
    return visit


def report_remedy(user: User, pk: int, text: str) -> Finding:
    """The officer in charge says how it was put right; the inspector looks again."""
    if not text.strip():
        raise ValidationError({"remedy_note": _("Cần ghi đã khắc phục thế nào.")})
    with audit.writing(user):
        finding = Finding.objects.select_for_update().select_related("visit__project").get(pk=pk)
        _require(user, Permission.PROJECTS_DRAFT, finding.visit.project)
        if finding.state == Finding.State.CLOSED:
            raise ValidationError(_("Phát hiện này đã đóng."))
        before = audit.snapshot(finding)
        finding.state, finding.remedy_note = Finding.State.REMEDIED, text.strip()
        finding.save()
        audit.record([audit.Change("update", finding, before, audit.snapshot(finding), finding.visit.project)])
    return finding


def close_finding(user: User, pk: int) -> Finding:
    """The inspector has seen that it was put right: payment may go on. Money to be taken back must be back."""
    with audit.writing(user):
        finding = Finding.objects.select_for_update().select_related("visit__project").get(pk=pk)
        _require_inspecting(user, finding.visit.project)
        if finding.state == Finding.State.CLOSED:
            return finding
        if finding.state == Finding.State.OPEN:
            raise ValidationError(_("Cán bộ phụ trách chưa báo khắc phục."))
        project = finding.visit.project
        contract = getattr(project, "contract", None)
        back = contract.recovered if contract else 0
        if finding.to_recover and back < _used(project) + finding.to_recover:
            raise ValidationError(_("Số tiền phải thu hồi chưa thu đủ."))
        before = audit.snapshot(finding)
        finding.state, finding.closed_at = Finding.State.CLOSED, clock.now()
        finding.save()
        changes = [audit.Change("close", finding, before, audit.snapshot(finding), project)]
        for hold in Hold.objects.select_for_update().filter(source=_source(finding), lifted_at=None):
            was = audit.snapshot(hold)
            hold.lifted_at = clock.now()
            hold.save(update_fields=["lifted_at"])
            changes.append(audit.Change("update", hold, was, audit.snapshot(hold), project))
        audit.record(changes)
    return finding


def _used(project: Project) -> int:
    """What came back and was counted for findings that are closed."""
    closed = Finding.objects.filter(visit__project=project, state=Finding.State.CLOSED)
    return closed.aggregate(total=Sum("to_recover"))["total"] or 0


def _mine(user: User, pk: int) -> Visit:
    visit = Visit.objects.select_for_update(of=("self",)).select_related("project").get(pk=pk)
    _require_inspecting(user, visit.project)
    if visit.state != Visit.State.PLANNED:
        raise ValidationError(_("Lần kiểm tra này đã xong nên không sửa được."))
    return visit


def _require(user: User, permission: Permission, project: Project) -> None:
    """For a person who reaches every establishment of the project."""
    require(user, permission)
    for one in project.establishments.select_related("commune"):
        require(user, permission, one.commune)


def _require_inspecting(user: User, project: Project) -> None:
    """For an inspector of the place who neither drafted the project nor carries it."""
    _require(user, Permission.SUPERVISION_EDIT, project)
    _refuse_own(user, project)


def _own(user: User, project: Project) -> bool:
    return user.pk in (project.drafted_by_id, project.responsible_id)


def _refuse_own(user: User, project: Project) -> None:
    if _own(user, project):
        raise PermissionDenied(_("Người soạn hoặc phụ trách đề án không được kiểm tra đề án đó."))


def _refuse_inspector(inspector: User, project: Project) -> None:
    """Whoever is to go may inspect, and neither drafted the project nor carries it."""
    if not may(inspector, Permission.SUPERVISION_EDIT):
        raise ValidationError({"inspector": _("%(who)s không có quyền kiểm tra đề án.") % {"who": inspector}})
    if _own(inspector, project):
        raise ValidationError({"inspector": _("Người soạn hoặc phụ trách đề án không được kiểm tra đề án đó.")})


def _save_visit(user: User, visit: Visit, action: str, before: dict[str, Any] | None) -> None:
    visit.full_clean(exclude=["risk_parts"])
    visit.save()
    audit.record([audit.Change(action, visit, before, audit.snapshot(visit), visit.project)])


def _spread(year: int, position: int, number: int, today: dt.date) -> dt.date:
    """Days spread evenly over what is left of the year."""
    first = max(today, dt.date(year, 1, 1))
    last = max(dt.date(year, 12, 15), first)
    return first + (last - first) * (position + 1) / (number + 1)


def _source(finding: Finding) -> str:
    return f"finding:{finding.pk}"
