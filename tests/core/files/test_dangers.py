"""What may act when a file is opened is refused with the reason; what only looks like it is taken."""

import io
import struct
import zipfile
import zlib

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image

from khuyencong.core.files import intake, kinds, pictures
from khuyencong.core.files.dangers import Danger
from khuyencong.imports.forms import TABLES
from tests.factories.pictures import picture
from tests.factories.sheets import xlsx

pytestmark = pytest.mark.database_free

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" '
    'TargetMode="External"/></Relationships>'
)


def word(replaced=(), **added):
    plain, out = io.BytesIO(), io.BytesIO()
    Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in replaced:
                part = part.replace(before, after)
            new.writestr(name, part)
        for name, part in added.items():
            new.writestr(name, part)
    return out.getvalue()


def linked(kind, target):
    return word(**{"word/_rels/settings.xml.rels": RELATION.format(kind=kind, target=target)})


def pdf(script=False, packed=False):
    """A page; with ``script`` it acts when it is opened, ``packed``: the action lies in a stream of objects."""
    action = b"<< /S /JavaScript /JS (app.alert(1)) >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %b>>" % (b"/OpenAction 4 0 R " if script else b""),
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        5: _stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zlib.compress(b"4 0 " + action)),
    }
    if not packed:
        objects = {**objects, 4: action} if script else objects
        del objects[5]
    body, rows = b"%PDF-1.7\n", {0: (0, 0, 0), 4: (2, 5, 0)}
    for number, written in objects.items():
        rows[number] = (1, len(body), 0)
        body += b"%d 0 obj %b endobj\n" % (number, written)
    rows[6] = (1, len(body), 0)
    table = b"".join(struct.pack(">BIH", *rows.get(number, (0, 0, 0))) for number in range(7))
    cross = _stream(b"/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R", table)
    return body + b"6 0 obj %b endobj\nstartxref\n%d\n%%%%EOF\n" % (cross, len(body))


def _stream(entries, content):
    return b"<< %b /Length %d >> stream\n%b\nendstream" % (entries, len(content), content)


REFUSED = {
    "a file that all scanners know": ("thu.pdf", b"%PDF-1.7\n" + EICAR, "mã độc"),
    "one within a document": ("thu.docx", word(**{"word/embeddings/a.bin": EICAR}), "mã độc"),
    "a script": ("don.pdf", pdf(script=True), "mã lệnh tự chạy"),
    "another spelling of it": ("don.pdf", pdf(script=True).replace(b"/JavaScript", b"/J#61vaScript"), "tự chạy"),
    "a template from elsewhere": ("thu.docx", linked("attachedTemplate", "https://example.org/a.dotm"), "từ nơi khác"),
    "one on another machine": ("thu.docx", linked("attachedTemplate", r"file:///\\may\chung\a.dotm"), "từ nơi khác"),
    "a picture from elsewhere": ("thu.docx", linked("image", "http://example.org/a.png"), "từ nơi khác"),
    "macros": ("thu.docx", word(**{"word/vbaProject.bin": b"x"}), "có macro"),
    "macros by another name": (
        "thu.docx", word(**{"word/hinh.bin": b"\xd0\xcf\x11\xe0" + "_VBA_PROJECT".encode("utf-16-le")}), "có macro",
    ),
    "a document of the kind with macros": (
        "thu.docx", word([(b"document.main+xml", b"document.macroEnabled.main+xml")]), "có macro",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_act_is_refused_with_the_reason(case):
    name, content, told = REFUSED[case]
    with pytest.raises(forms.ValidationError) as refused:
        intake.check(SimpleUploadedFile(name, content))
    (message,) = refused.value.messages
    assert told in message and name in message


TAKEN = {
    "a link to click": ("thu.docx", linked("hyperlink", "https://example.org/")),
    "the template on the writer's own disk": ("thu.docx", linked("attachedTemplate", "file:///C:\\Mau\\a.dotm")),
    "a plain PDF file": ("don.pdf", pdf()),
}


@pytest.mark.parametrize("case", TAKEN)
def test_what_only_looks_like_it_is_taken(case):
    assert intake.check(SimpleUploadedFile(*TAKEN[case])).size


def test_an_action_within_a_stream_of_objects_is_found():
    assert kinds.look(pdf(script=True, packed=True)).danger is Danger.SCRIPT


def test_a_workbook_that_owns_to_macros_gives_its_values_and_one_that_hides_them_does_not():
    out = io.BytesIO(xlsx(("a", "b")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert intake.check(SimpleUploadedFile("so.xlsm", out.getvalue()), TABLES).type is kinds.EXCEL
    with pytest.raises(forms.ValidationError, match="có macro"):
        intake.check(SimpleUploadedFile("so.xlsx", out.getvalue()), TABLES)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_written_anew_upright_and_without_what_the_camera_told(kind):
    taken = picture(kind, place=True)
    assert Image.open(io.BytesIO(taken)).getexif()
    shown = Image.open(io.BytesIO(pictures.anew(taken)))
    assert shown.format == kind and shown.size == (16, 24)
    assert not shown.getexif() and "exif" not in shown.info
