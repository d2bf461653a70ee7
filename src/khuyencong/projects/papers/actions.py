"""Papers that people bring to a project: added, replaced by a newer version, withdrawn when brought by mistake."""

import uuid
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.files import written
from khuyencong.core.files.intake import Checked
from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import ENDED, Actor, State
from khuyencong.projects.papers.models import Attachment
from khuyencong.projects.record.authors import person
from khuyencong.projects.record.models import Project


def add_papers(user: User, pk: int, kind: str, files: Iterable[Checked]) -> list[Attachment]:
    """Keep files of one kind; each is a paper of its own (the photos of an acceptance)."""
    with audit.writing(user, (Project, pk)):
        project = _locked(user, pk)
        made = [_keep(user, Attachment(project=project, kind=Attachment.Kind(kind)), file) for file in files]
        audit.record([audit.Change("bring", one, None, audit.snapshot(one), subject=project) for one in made])
    return made


def replace_paper(user: User, pk: int, paper: int, file: Checked) -> Attachment:
    """Put a newer version in the place of a paper; the older one is kept."""
    with audit.writing(user, (Project, pk)):
        project = _locked(user, pk)
        old = _present(project, paper)
        new = _keep(user, Attachment(project=project, kind=old.kind, version=old.version + 1), file)
        before = audit.snapshot(old)
        old.replaced_by = new
        old.save(update_fields=["replaced_by"])
        audit.record(
            [
                audit.Change("bring", new, None, audit.snapshot(new), subject=project),
                audit.Change("replace", old, before, audit.snapshot(old), subject=project),
            ],
        )
    return new


def withdraw_paper(user: User, pk: int, paper: int, reason: str) -> Attachment:
    """A paper that was brought by mistake counts no more; its file stays for the record."""
    with audit.writing(user, (Project, pk)):
        project = _locked(user, pk)
        found = _present(project, paper)
        if not reason.strip():
            raise ValidationError(_("Cần ghi lý do."))
        before = audit.snapshot(found)
        found.withdrawn_at, found.withdrawn_reason = clock.now(), reason.strip()[:300]
        found.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        audit.record([audit.Change("withdraw", found, before, audit.snapshot(found), subject=project)])
    return found


def _locked(user: User, pk: int) -> Project:
    project = Project.objects.select_for_update().get(pk=pk)
    if Actor.OFFICER not in person(user, project).actors:
        raise PermissionDenied(_("Đề án này nằm ngoài phạm vi của bạn, hoặc do cán bộ khác soạn."))
    if State(project.state) in ENDED:
        raise ValidationError(_("Đề án đã lưu trữ, hồ sơ không thêm bớt được nữa."))
    return project


def _present(project: Project, paper: int) -> Attachment:
    found = project.attachments.get(pk=paper)
    if found.replaced_by_id is not None:
        raise ValidationError(_("Giấy tờ này đã có bản mới thay; hãy thay hoặc rút bản mới nhất."))
    if found.withdrawn_at is not None:
        raise ValidationError(_("Giấy tờ này đã được rút."))
    return found


def _keep(user: User, paper: Attachment, file: Checked) -> Attachment:
    paper.name, paper.content_type = file.name, file.type.content_type
    paper.size, paper.sha256 = file.size, file.sha256
    paper.uploaded_by, paper.uploaded_at = user, clock.now()
    # A name that nobody can guess and that no name of a person's choosing can reach.
    paper.file.save(f"{paper.project_id}-{uuid.uuid4().hex}{file.suffix}", file.file, save=False)
    written.note(paper.file)
    if file.copy is not None:
        paper.copy.save(f"{paper.project_id}-{uuid.uuid4().hex}{file.suffix}", ContentFile(file.copy), save=False)
        written.note(paper.copy)
    paper.save()
    return paper
