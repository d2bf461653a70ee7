"""Handing all work of one person to another: seen first, then done in one transaction."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.law.models import Edition, Record, ReviewItem
from khuyencong.people import assignments
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.queries import may, require
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import ENDED
from khuyencong.projects.models import Member, Project
from khuyencong.projects.record.queries import projects
from khuyencong.supervision.models import Visit


@dataclass(frozen=True)
class Holding:
    """One kind of work: its name, the rows, the field that names the person, and what they must be allowed to do."""

    name: str
    rows: models.QuerySet
    field: str
    permission: Permission


def holdings(user: User) -> list[Holding]:
    """All work that hangs on a person."""
    live = Project.objects.exclude(state__in=[one.value for one in ENDED])
    return [
        Holding(_("Đề án phụ trách"), live.filter(responsible=user), "responsible", Permission.PROJECTS_DRAFT),
        Holding(
            _("Đề án đang soạn"),
            live.filter(drafted_by=user, state__in=["draft", "returned"]),
            "drafted_by",
            Permission.PROJECTS_DRAFT,
        ),
        Holding(
            _("Lần kiểm tra chưa làm"),
            Visit.objects.filter(inspector=user, state="planned").select_related("project"),
            "inspector",
            Permission.SUPERVISION_EDIT,
        ),
        Holding(
            _("Việc rà soát văn bản"),
            ReviewItem.objects.filter(owner=user, status__in=["open", "in-progress"]),
            "owner",
            Permission.LAW_VIEW,
        ),
        Holding(
            _("Văn bản theo dõi"),
            Edition.objects.filter(responsible=user, state=Record.State.ADOPTED).select_related("document"),
            "responsible",
            Permission.LAW_DRAFT,
        ),
    ]


def unfit(new: User, found: list[Holding]) -> list[str]:
    """What of this work the new person may not do, in words."""
    told = []
    for one in found:
        rows = list(one.rows)
        if rows and not may(new, one.permission):
            told.append(_("%(what)s: %(who)s không có quyền làm việc này.") % {"what": one.name, "who": new})
        elif one.rows.model is Project:
            reached = set(projects(new, one.permission).values_list("pk", flat=True))
            told += [
                _("%(what)s nằm ngoài địa bàn của %(who)s.") % {"what": row, "who": new}
                for row in rows
                if row.pk not in reached
            ]
        elif one.rows.model is Visit:
            told += [
                _("%(who)s soạn hoặc phụ trách %(what)s nên không được kiểm tra đề án đó.")
                % {"who": new, "what": row.project}
                for row in rows
                if new.pk in (row.project.drafted_by_id, row.project.responsible_id)
            ]
    return told


def sheets(user: User) -> models.QuerySet[Member]:
    """Appraisal sheets not handed in: a seat is a person's own and is not handed over, only told."""
    return Member.objects.filter(user=user, handed_in_at=None, conflict=False).select_related("council__project")


def hand_over(actor: User, old: User, new: User, leaving: bool) -> int:
    """Give everything to the new person, each with its audit record; ``leaving`` ends roles and locks the account.

    Returns how many things were moved. Raises ValidationError, and moves nothing, when the two are one or when the
    new person may not do some of it.
    """
    if old.pk == new.pk:
        raise ValidationError(_("Hãy chọn hai người khác nhau."))
    if not new.is_active:
        raise ValidationError(_("Tài khoản của người nhận đang bị khóa."))
    if leaving and actor.pk == old.pk:
        raise ValidationError(_("Không ai tự khóa tài khoản của mình; hãy nhờ một lãnh đạo hoặc quản trị viên khác."))
    moved = 0
    with transaction.atomic():
        require(actor, Permission.WORK_HAND_OVER)
        audit.lock()
        today = clock.today()
        found = holdings(old)
        if problems := unfit(new, found):
            raise ValidationError(problems)
        for holding in found:
            for row in holding.rows.select_for_update(of=("self",)):
                before = audit.snapshot(row)
                setattr(row, holding.field, new)
                row.save(update_fields=[holding.field])
                audit.record(actor, [audit.Change("hand-over", row, before, audit.snapshot(row))])
                moved += 1
        moved += len(assignments.move(actor, old, new, today))
        if leaving:
            _let_go(actor, old)
    return moved


def _let_go(actor: User, old: User) -> None:
    today = clock.today()
    for grant in RoleGrant.objects.select_for_update().filter(user=old, valid_to=None):
        before = audit.snapshot(grant)
        grant.valid_to = max(today, grant.valid_from)
        grant.save(update_fields=["valid_to"])
        audit.record(actor, [audit.Change("update", grant, before, audit.snapshot(grant), old)])
    old.is_active = False
    old.save(update_fields=["is_active"])
    audit.record(actor, [audit.Change("lock", old, {"is_active": True}, {"is_active": False})])
