"""Text is cleaned once, where it comes in; what was stored before that still opens, on the screen and as a file."""

import io

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, models, router
from docx import Document
from lxml import etree

from khuyencong.core.text import clean, fold, on_paper
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.projects.models import Attachment
from tests.acceptance.test_walk import ADDRESSES, _address
from tests.factories.samples import make_samples

pytestmark = pytest.mark.django_db

PASTED = "Hồng\u00a0 Hà\u0002\u001f,\ufffe xóm\u200b 3\u000btổ 1"  # decomposed, from a page and from Word
KEPT = "Hồng  Hà  , xóm 3 tổ 1"


def test_one_cleaning():
    assert clean(PASTED) == KEPT
    assert clean("a\r\n\tb") == "a\r\n\tb"
    assert clean("\udcff\U0001fffe\x85") == " "
    assert on_paper("a\x02\ufffe\udc00b") == "a\ufffd\ufffd\ufffdb"
    assert fold("Ðịnh mức, ðồng Ɖ") == fold("Định mức, đồng Đ")


def test_through_a_form_the_address_a_file_and_a_command(commune, officer, officer_client, settings):
    samples = make_samples(commune, officer)
    sent = {"name": PASTED, "legal_form": "household", "status": "active", "commune": commune.pk, "note": PASTED}
    page = officer_client.post("/establishments/add/", sent | {"local_material": "unknown"})
    assert page.status_code == 302, page.context["form"].errors
    made = Establishment.objects.latest("pk")
    assert (made.name, made.note) == (KEPT, KEPT)

    assert "Hồng  Hà  , xóm 3" in officer_client.get("/establishments/", {"q": PASTED}).content.decode()

    file = SimpleUploadedFile("Giấy\u0002 phép\u202e.pdf", b"%PDF-1.4\n%%EOF")
    papers = f"/projects/{samples['project']}/papers/add/"
    officer_client.post(papers, {"kind": "other", "files": file})
    assert Attachment.objects.latest("pk").name == "Giấy phép.pdf"

    call_command("user", "add", "moi", "--full-name", PASTED)
    assert User.objects.get(username="moi").full_name == KEPT


def test_a_password_is_taken_as_it_was_typed(client, django_user_model):
    typed = "mật\u00a0khẩu thử nghiệm"
    django_user_model.objects.create_user("la", password=typed)
    assert client.post("/account/login/", {"login": "la", "password": typed}).status_code == 302


def _spoil():
    """What nobody could have kept out before: a control character between all words of all texts."""
    with connection.cursor() as cursor:
        for model in (one for one in apps.get_models() if router.allow_migrate_model(connection.alias, one)):
            for field in model._meta.concrete_fields:
                plain = isinstance(field, models.CharField | models.TextField) and not field.choices
                if plain and not field.unique and model._meta.app_label != "django_session":
                    table, column = model._meta.db_table, field.column
                    cursor.execute(
                        f"""UPDATE "{table}" SET "{column}" = replace("{column}", ' ', %s)
                        WHERE "{column}" LIKE '%% %%' AND "{column}" NOT LIKE '{{%%' AND "{column}" NOT LIKE '[%%'""",
                        ["\x02"],
                    )


NO_REAL_FILE = {"projects:letter"}  # the sample is no Word file
OPENED_BY = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": lambda file: Document(io.BytesIO(file)),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": lambda file: openpyxl.load_workbook(
        io.BytesIO(file)
    ),
    "application/xml": etree.fromstring,
}


def test_what_is_stored_still_opens(commune, officer, officer_client):
    samples = make_samples(commune, officer)
    _spoil()
    officer_client.raise_request_exception = False
    wrong, opened = {}, set()
    for name in ADDRESSES:
        page = officer_client.get(_address(name, samples))
        kind = page.headers.get("Content-Type", "").partition(";")[0]
        if page.status_code >= 500:
            wrong[name] = page.status_code
        elif page.status_code == 200 and kind in OPENED_BY and name not in NO_REAL_FILE:
            try:
                OPENED_BY[kind](page.getvalue())
            except Exception as error:  # each library has its own
                wrong[name] = repr(error)
            opened.add(kind)
    assert not wrong
    assert opened == set(OPENED_BY)
