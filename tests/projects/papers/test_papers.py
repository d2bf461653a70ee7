"""Papers of a project: checked by what is in them, kept with every version, shown only to those who may see them."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from docx import Document

from khuyencong.core import audit, clock
from khuyencong.core.files import intake
from khuyencong.core.models import AuditRecord
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Attachment
from khuyencong.projects.papers.actions import add_papers, replace_paper, withdraw_paper
from khuyencong.projects.papers.queries import papers, papers_of
from tests.factories.establishments import make_establishment
from tests.factories.life import make_live_project
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = picture("PNG")


@pytest.fixture
def project(commune):
    return make_live_project(make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001"), "DA-1", "draft")


@pytest.fixture
def client(commune_officer):
    client = Client()
    client.force_login(commune_officer)
    return client


def brought(name="Đơn đăng ký.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def checked(name="Đơn đăng ký.pdf", content=PDF):
    return intake.check(brought(name, content))


def text(response):
    return response.content.decode()


def files(settings):
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def word():
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def test_papers_are_brought_listed_and_read_again(client, project, commune_officer, settings):
    address = f"/projects/{project.pk}/papers/add/"
    assert 'value="quotation" selected' in text(client.get(f"{address}?kind=quotation"))
    sent = {"kind": "registration", "files": [brought(), brought("Cam kết.docx", word())]}
    page = text(client.post(address, sent, follow=True))
    one, two = Attachment.objects.order_by("pk")
    assert (one.name, one.content_type, one.size, one.version) == ("Đơn đăng ký.pdf", "application/pdf", len(PDF), 1)
    assert (one.sha256, one.uploaded_by) == (hashlib.sha256(PDF).hexdigest(), commune_officer)
    for shown in ("Đơn đăng ký.pdf", "Cam kết.docx", one.sha256, "Hợp đồng đã ký", "chưa có"):
        assert shown in page, shown
    assert papers_of(project) == {"registration"}
    assert all("ng k" not in name for name in files(settings)), "the name of a person's choosing reaches no disk"
    response = client.get(f"/projects/{project.pk}/papers/{one.pk}/")
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("inline")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    other = client.get(f"/projects/{project.pk}/papers/{two.pk}/")
    assert other["Content-Disposition"].startswith("attachment")
    assert [entry.action for entry in AuditRecord.objects.all()] == ["bring", "bring"]
    assert "đã đưa lên Đơn đăng ký, cam kết đối ứng: Đơn đăng ký.pdf." in page


def test_one_file_that_is_refused_keeps_the_others_out(client, project, settings):
    sent = {"kind": "quotation", "files": [brought(), brought("trang.pdf", b"<script>alert(1)</script>")]}
    page = text(client.post(f"/projects/{project.pk}/papers/add/", sent))
    assert "trang.pdf" in page
    assert "bên trong không phải loại" in page
    assert not Attachment.objects.exists()
    assert not files(settings)
    assert "bắt buộc" in text(client.post(f"/projects/{project.pk}/papers/add/", {"kind": "quotation"}))
    assert "bắt buộc" in text(client.post(f"/projects/{project.pk}/papers/add/", {"files": [brought()]}))


def test_a_newer_version_keeps_the_older_one(client, project, commune_officer):
    (old,) = add_papers(commune_officer, project.pk, "quotation", [checked("cũ.pdf")])
    address = f"/projects/{project.pk}/papers/{old.pk}/replace/"
    page = text(client.post(address, {"file": brought("mới.png", PNG)}, follow=True))
    new = Attachment.objects.latest("pk")
    old.refresh_from_db()
    assert (old.replaced_by, new.version, new.kind) == (new, 2, "quotation")
    for shown in ("mới.png", "phiên bản 2, xem bản cũ", "cũ.pdf", "đã thay Báo giá: cũ.pdf bằng bản mới hơn."):
        assert shown in page, shown
    (paper,) = papers(project)
    assert (paper.now, paper.before) == (new, (old,))
    assert b"".join(client.get(f"/projects/{project.pk}/papers/{old.pk}/").streaming_content) == PDF
    third = replace_paper(commune_officer, project.pk, new.pk, checked("ba.pdf"))
    (paper,) = papers(project)
    assert (third.version, [one.name for one in paper.before]) == (3, ["mới.png", "cũ.pdf"])
    assert "đã có bản mới thay" in text(client.post(address, {"file": brought()}))
    with pytest.raises(ValidationError):
        withdraw_paper(commune_officer, project.pk, old.pk, "Nhầm")


def test_brought_by_mistake_it_counts_no_more_and_stays_for_the_record(client, project, commune_officer, settings):
    (one,) = add_papers(commune_officer, project.pk, "registration", [checked()])
    address = f"/projects/{project.pk}/papers/{one.pk}/withdraw/"
    assert "bắt buộc" in text(client.post(address, {"reason": "  "}))
    page = text(client.post(address, {"reason": "Tệp của đề án khác"}, follow=True))
    assert papers_of(project) == frozenset()
    assert papers(project) == []
    for shown in ("1 giấy tờ đã rút", "Tệp của đề án khác", "đã rút Đơn đăng ký, cam kết đối ứng"):
        assert shown in page, shown
    assert len(files(settings)) == 1
    assert b"".join(client.get(f"/projects/{project.pk}/papers/{one.pk}/").streaming_content) == PDF
    assert "đã được rút" in text(client.post(address, {"reason": "Lần nữa"}))
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=one.pk).update(withdrawn_reason="")


def test_a_file_that_is_no_longer_what_was_brought_is_not_handed_out(client, project, commune_officer, settings):
    (one,) = add_papers(commune_officer, project.pk, "registration", [checked()])
    stored = Path(one.file.path)
    stored.write_bytes(PDF.replace(b"1.7", b"1.4"))
    response = client.get(f"/projects/{project.pk}/papers/{one.pk}/", follow=True)
    assert "không còn như lúc đưa lên" in text(response)
    stored.unlink()
    page = text(client.get(f"/projects/{project.pk}/papers/{one.pk}/", follow=True))
    assert "không còn như lúc đưa lên" in page
    assert "tệp bị mất" in page


def test_only_who_may_see_the_project_sees_its_papers(project, commune_officer, person, province, other_commune):
    (one,) = add_papers(commune_officer, project.pk, "registration", [checked()])
    address = f"/projects/{project.pk}/papers/{one.pk}/"
    for user, status in (
        (person("officer", other_commune, "xa-khac"), 403),
        (person("administrator", province, "quan-tri"), 403),
        (person("leader", province, "lanh-dao"), 200),
        (person("viewer", province, "xem"), 200),
    ):
        client = Client()
        client.force_login(user)
        assert client.get(address).status_code == status, user
    assert Client().get(address).status_code == 302


def test_a_paper_is_found_only_under_its_own_project(client, project, commune_officer, commune):
    other = make_live_project(make_establishment(commune, "Khác", "CB-00002"), "DA-2", "draft")
    (one,) = add_papers(commune_officer, project.pk, "registration", [checked()])
    for tail in ("", "replace/", "withdraw/"):
        assert client.get(f"/projects/{other.pk}/papers/{one.pk}/{tail}").status_code == 404


@pytest.mark.parametrize("role", ["leader", "analyst", "viewer", "inspector", "administrator"])
def test_only_officers_bring_papers(person, province, project, commune_officer, settings, role):
    (one,) = add_papers(commune_officer, project.pk, "registration", [checked()])
    user = person(role, province, "other")
    before = files(settings)
    for do in (
        lambda: add_papers(user, project.pk, "registration", [checked()]),
        lambda: replace_paper(user, project.pk, one.pk, checked()),
        lambda: withdraw_paper(user, project.pk, one.pk, "Nhầm"),
    ):
        with pytest.raises(PermissionDenied):
            do()
    assert files(settings) == before
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("state", State)
def test_papers_come_until_the_project_is_put_away(commune_officer, project, state):
    project.state = state.value
    project.save()
    if state is State.ARCHIVED:
        with pytest.raises(ValidationError, match="đã lưu trữ"):
            add_papers(commune_officer, project.pk, "other", [checked()])
    else:
        assert add_papers(commune_officer, project.pk, "other", [checked()])


def test_a_write_that_fails_leaves_no_file_behind(commune_officer, project, settings):
    AuditRecord.objects.create(seq=1, at=clock.now(), previous_hash="x", hash="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        add_papers(commune_officer, project.pk, "registration", [checked(), checked("hai.pdf")])
    assert not Attachment.objects.exists()
    assert not files(settings)


def test_the_trail_holds(commune_officer, project):
    (one,) = add_papers(commune_officer, project.pk, "registration", [checked()])
    new = replace_paper(commune_officer, project.pk, one.pk, checked("mới.pdf"))
    withdraw_paper(commune_officer, project.pk, new.pk, "Nhầm")
    assert [entry.action for entry in AuditRecord.objects.order_by("seq")] == ["bring", "bring", "replace", "withdraw"]
    assert audit.verify().broken is None
