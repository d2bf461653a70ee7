"""Files that people bring: what is in them counts, not their name."""

import hashlib
import io
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter
from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from khuyencong.core.files import intake, kinds, opening, stored
from khuyencong.core.queue.models import Job
from tests.factories.pictures import picture

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG, JPEG = picture("PNG"), picture("JPEG")
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + b"\x00" * 40


def word(**extra):
    out = io.BytesIO()
    Document().save(out)
    with zipfile.ZipFile(out, "a") as archive:
        for name, content in extra.items():
            archive.writestr(name, content)
    return out.getvalue()


def excel():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "Khoản chi")
    return out.getvalue()


def plain_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


def brought(name, content):
    return SimpleUploadedFile(name, content, content_type="text/html")


GOOD = [
    ("Báo giá.pdf", PDF, kinds.PDF),
    ("don.PDF", b"\xef\xbb\xbf\n" + PDF, kinds.PDF),
    ("Đơn đăng ký.docx", word(), kinds.WORD),
    ("dự toán.xlsx", excel(), kinds.EXCEL),
    ("anh.jpg", JPEG, kinds.JPEG),
    ("anh.JPEG", JPEG, kinds.JPEG),
    ("anh.png", PNG, kinds.PNG),
]


@pytest.mark.database_free
@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_the_real_type_and_the_hash_are_found(name, content, kind):
    found = intake.check(brought(name, content))
    assert (found.type, found.name, found.size) == (kind, name, len(content))
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.file.read() == content, "the file is given on from its beginning"


@pytest.mark.database_free
def test_a_photo_with_the_other_photo_s_name_gets_its_own():
    assert intake.check(brought("Ảnh 1.jpg", PNG)).name == "Ảnh 1.png"


BAD = [
    ("trang.pdf", b"<html><script>alert(1)</script></html>", "bên trong không phải loại"),
    ("trang.html", b"<html></html>", "không thuộc loại được nhận"),
    ("ve.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "không thuộc loại được nhận"),
    ("chay.exe", b"MZ" + b"\x00" * 100, "không thuộc loại được nhận"),
    ("nen.zip", plain_zip(), "không thuộc loại được nhận"),
    ("bao-gia.docx", plain_zip(), "bên trong không phải loại"),
    ("bao-gia.docx", PDF, "thật ra là tệp PDF"),
    ("anh.pdf", excel(), "thật ra là tệp Excel (.xlsx)"),
    ("co-macro.docx", word(**{"word/vbaProject.bin": b"x"}), "có macro"),
    ("co-macro.docm", word(**{"word/vbaProject.bin": b"x"}), "lưu lại thành .docx"),
    ("hong.jpg", JPEG[:100], "hỏng, không hiện được"),
    ("gia.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "hỏng, không hiện được"),
    ("cu.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "dạng cũ"),
    ("IMG_0001.HEIC", HEIC, "HEIC"),
    ("IMG_0001.jpg", HEIC, "HEIC"),
    ("trong.pdf", b"", "trống"),
    ("cat-cut.docx", word()[:200], "bên trong không phải loại"),
]


@pytest.mark.database_free
@pytest.mark.parametrize(("name", "content", "told"), BAD)
def test_a_refusal_names_the_file_and_says_what_to_do(name, content, told):
    with pytest.raises(forms.ValidationError) as refused:
        intake.check(brought(name, content))
    (message,) = refused.value.messages
    assert told in message
    assert name in message


def huge():
    """A small file of 301 MB of nothing."""
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(7):
            archive.writestr(f"word/{number}.bin", b"\x00" * 43 * opening.MB)
    return out.getvalue()


def crowded():
    """A small file of ten thousand parts and more."""
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(10_000):
            archive.writestr(f"word/{number}", b"")
    return out.getvalue()


@pytest.mark.database_free
@pytest.mark.parametrize("make", [huge, crowded])
def test_a_file_made_to_hurt_is_refused(make):
    content = make()
    assert len(content) < 3 * opening.MB
    with pytest.raises(forms.ValidationError):
        intake.check(brought("bom.docx", content))


@pytest.mark.database_free
def test_the_size_is_told_in_whole_megabytes():
    with pytest.raises(forms.ValidationError, match="nặng 2 MB; hệ thống nhận tệp nặng nhất 1 MB"):
        intake.check(brought("to.pdf", PDF + b"\x00" * opening.MB), replace(intake.PAPERS, most_mb=1))


@pytest.mark.database_free
def test_only_photos_where_only_photos_are_taken():
    assert intake.check(brought("a.jpg", JPEG), intake.PICTURES).type is kinds.JPEG
    with pytest.raises(forms.ValidationError, match="Hệ thống nhận: JPG, PNG"):
        intake.check(brought("a.pdf", PDF), intake.PICTURES)


@pytest.mark.database_free
@pytest.mark.parametrize("name", ["..\\..\\boot.pdf", "C:\\Users\\a\\boot.pdf", "/etc/boot.pdf", "../boot.pdf"])
def test_folders_in_a_name_are_left_out(name):
    assert intake.check(brought("x.pdf", PDF)).name == "x.pdf"
    upload = brought("x.pdf", PDF)
    upload._name = name
    assert intake.check(upload).name == "boot.pdf"


@pytest.mark.database_free
def test_a_long_name_keeps_its_suffix():
    found = intake.check(brought("dài" * 80 + ".pdf", PDF))
    assert len(found.name) <= 200
    assert found.name.endswith(".pdf")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_a_stored_file_is_shown_so_that_it_can_do_nothing(name, content, kind, officer):
    job = Job.objects.create(owner_id=officer.pk, title="x")
    job.file.save("x", ContentFile(content))
    response = stored.shown(job.file, name, kind.content_type)
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == kind.content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("inline" if kind.inline else "attachment")


@pytest.mark.django_db
def test_a_type_that_was_never_taken_is_only_handed_over(officer):
    job = Job.objects.create(owner_id=officer.pk, title="x")
    job.file.save("x", ContentFile(b"<script>alert(1)</script>"))
    assert stored.shown(job.file, "x.html", "text/html")["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
def test_a_stored_file_is_known_by_its_hash(officer):
    job = Job.objects.create(owner_id=officer.pk, title="x")
    job.file.save("x", ContentFile(PDF))
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert stored.whole(job.file, sha256)
    with open(job.file.path, "ab") as file:  # noqa: PTH123 - as any other program would
        file.write(b"x")
    assert not stored.whole(job.file, sha256)
    job.file.storage.delete(job.file.name)
    assert not stored.whole(job.file, sha256)
