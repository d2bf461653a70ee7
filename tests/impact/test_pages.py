"""The pages of the measurement: questions, uploads, refusals beside the field, the answer and its downloads."""

import io
import json
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from khuyencong.impact.models import Evaluation
from tests.factories.establishments import make_establishment, make_result
from tests.factories.impact import QUESTION, make_evaluation, make_panel, panel_csv
from tests.factories.panels import rows_of, write
from tests.factories.projects import make_project
from tests.factories.sheets import xlsx

pytestmark = pytest.mark.django_db

START = "/impact/"
ASKED = {"outcome": "revenue", "scale": "log", "control": "never"}
COLUMNS = {
    "unit": "ma",
    "time": "nam",
    "outcome": "doanh_thu",
    "support": "nam_ho_tro",
    "support_kind": "first",
    "scale": "level",
    "control": "never",
}


def _text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def _upload(client, content, name="bảng.csv"):
    return client.post("/impact/upload/", {"file": SimpleUploadedFile(name, content)})


def _registry(commune, **results):
    """Twelve establishments in four years, three of them supported in 2020."""
    found = [make_establishment(commune, f"Cơ sở miến {unit}", code=f"M-{unit}") for unit in range(12)]
    for unit, establishment in enumerate(found):
        for year in range(2018, 2022):
            make_result(establishment, year, **{"revenue": 10**8 + unit * 10**7 + year * 1000} | results)
    make_project(*found[:3], year=2020)
    return found


# Asking the registry


def test_a_question_to_the_registry_starts_a_job(officer_client, commune):
    _registry(commune)
    response = officer_client.post(START, ASKED | {"strata": ["area"], "first": "2018", "last": "2021"})
    assert response.status_code == 302
    evaluation = Evaluation.objects.get()
    assert evaluation.settings["strata"] == ["area"]
    assert evaluation.settings["years"] == [2018, 2021]
    assert evaluation.province == commune.parent
    assert officer_client.get(response.url).status_code == 200


def test_profit_is_not_asked_for_in_per_cent(officer_client):
    response = officer_client.post(START, ASKED | {"outcome": "profit"})
    assert "Chỉ tiêu này có thể bằng 0 hoặc âm nên phải tính theo đơn vị gốc." in _text(response)


def test_years_in_the_wrong_order(officer_client):
    response = officer_client.post(START, ASKED | {"first": "2020", "last": "2020"})
    assert "Năm cuối phải sau năm đầu." in _text(response)


def test_an_empty_registry_is_said_to_be_empty(officer_client):
    response = officer_client.post(START, ASKED)
    assert response.status_code == 200
    assert "Số liệu không có dòng nào" in _text(response)
    assert not Evaluation.objects.exists()


def test_nobody_supported(officer_client, commune):
    make_result(make_establishment(commune), 2020, revenue=1)
    make_result(make_establishment(commune, "Cơ sở khác", code="K"), 2021, revenue=1)
    response = officer_client.post(START, ASKED)
    assert "Không có đơn vị nào được hỗ trợ sau năm 2020 và đến hết năm 2021" in _text(response)


def test_a_zero_in_logs_names_the_establishment(officer_client, commune):
    found = _registry(commune)
    found[4].results.filter(year=2019).update(revenue=0)
    text = _text(officer_client.post(START, ASKED))
    assert "Đơn vị M-4 Cơ sở miến 4, năm 2019: cột “Doanh thu” ghi “0”" in text
    assert not Evaluation.objects.exists()


# Bringing a panel


def test_upload_leads_to_the_columns(officer_client):
    response = _upload(officer_client, panel_csv())
    evaluation = Evaluation.objects.get()
    assert response.url == reverse("impact:columns", args=[evaluation.pk])
    page = officer_client.get(response.url)
    assert "bảng.csv" in _text(page)
    assert page.context["form"].fields["unit"].choices[1:] == [
        (name, name) for name in ("ma", "nam", "doanh_thu", "nam_ho_tro")
    ]


UPLOADS = {
    "another format": (b"%PDF-1.4", "bảng.pdf", "Tệp “bảng.pdf” không đọc được. Hãy dùng csv, xlsx hoặc parquet."),
    "an image called xlsx": (b"\x89PNG" * 100, "bảng.xlsx", "Không mở được tệp “bảng.xlsx”: tệp hỏng"),
    "an image called parquet": (b"\x89PNG" * 100, "bảng.parquet", "Không mở được tệp “bảng.parquet”: tệp hỏng"),
    "not UTF-8": (b"m\xe3,nam\n1,2\n", "bảng.csv", "Tệp “bảng.csv” không dùng bảng mã UTF-8."),
    "nothing in it": (b"", "bảng.csv", "Tệp tin bạn gửi đang rỗng."),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_a_bad_upload_is_told_in_the_form(name, officer_client, settings):
    content, file_name, told = UPLOADS[name]
    response = _upload(officer_client, content, file_name)
    assert response.status_code == 200
    errors = " ".join(response.context["upload"].errors["file"])
    if name != "nothing in it":  # those words are Django's
        assert told in errors
    assert errors in _text(response).replace("&quot;", '"').replace("&#x27;", "'")
    assert not Evaluation.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


def test_no_file_at_all(officer_client):
    response = officer_client.post("/impact/upload/", {"csrf": ""})
    assert response.context["upload"].errors["file"]


def _ask(client, officer, content=None, **changed):
    evaluation = make_panel(officer)
    if content is not None:
        with evaluation.panel.open("wb") as file:
            file.write(content)
    return client.post(reverse("impact:columns", args=[evaluation.pk]), COLUMNS | changed)


def test_columns_lead_to_a_job(officer_client, officer):
    assert _ask(officer_client, officer).status_code == 302


def test_one_column_for_one_thing(officer_client, officer):
    response = _ask(officer_client, officer, outcome="nam")
    assert "Mỗi cột chỉ dùng cho một việc" in _text(response)


PROBLEMS = {
    "text in the outcome": ({}, b"0,2018,100", b"0,2018,nhieu", "outcome", "Dòng 2: cột “doanh_thu” ghi “nhieu”"),
    "twice in a year": ({}, b"0,2019", b"0,2018", None, "Dòng 3: đơn vị 0 đã có số liệu năm 2018 ở dòng 2"),
    "a flag that is none": ({"support_kind": "flag"}, b"", b"", "support", "cột “nam_ho_tro” ghi “2020”, cần 0"),
    "logs of zero": ({"scale": "log"}, b"0,2018,100", b"0,2018,0", "scale", "Dòng 2: cột “doanh_thu” ghi “0”"),
    "one year left": ({"first": "2022"}, b"", b"", None, "Số liệu chỉ có năm 2022."),
    "a stratum that changes": ({"strata": ["nam"]}, b"", b"", "time", "thuộc hai nhóm so sánh khác nhau (cột nam)"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_bad_panel_is_told_beside_its_field(name, officer_client, officer):
    changed, old, new, field, told = PROBLEMS[name]
    content = panel_csv()
    assert not old or old in content
    response = _ask(officer_client, officer, content.replace(old, new, 1) if old else content, **changed)
    assert response.status_code == 200
    assert told in " ".join(response.context["form"].errors[field or "__all__"])
    assert told in _text(response)
    assert Evaluation.objects.get().result is None


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_other_formats(kind, officer_client, officer, tmp_path):
    content = write(rows_of(units=12), tmp_path / f"a.{kind}").read_bytes()
    response = _upload(officer_client, content, f"bảng.{kind}")
    columns = {"unit": "unit", "time": "year", "outcome": "y", "support": "first"}
    assert officer_client.post(response.url, COLUMNS | columns).status_code == 302


# The answer


@pytest.fixture
def answered(officer):
    return make_evaluation(officer)


def _page(client, name, evaluation):
    return client.get(reverse(f"impact:{name}", args=[evaluation.pk]))


def test_the_answer(officer_client, answered):
    page = _page(officer_client, "result", answered)
    text = _text(page)
    told = ["Chỉ có 4 cơ sở được hỗ trợ có đủ số liệu", "Kết luận dựa trên gì", "Báo cáo Word", "Gói làm lại được"]
    for words in [*told, answered.panel_sha256, "khuyencong impact evaluate panel.parquet"]:
        assert words in text
    points = json.loads(re.search(r'id="event-data"[^>]*>(.*?)</script>', page.content.decode(), re.S)[1])
    assert [point["since"] for point in points["points"]] == [row["since"] for row in page.context["rows"]]
    assert len(page.context["cells"]) == len(answered.result["group_time"])


def test_the_word_report(officer_client, answered):
    response = _page(officer_client, "word", answered)
    document = Document(io.BytesIO(response.content))
    assert "tac-dong-" in response["Content-Disposition"]
    assert any("Chỉ có 4 cơ sở" in paragraph.text for paragraph in document.paragraphs)
    assert len(document.inline_shapes) == 1


def test_the_bundle(officer_client, answered):
    response = _page(officer_client, "bundle", answered)
    assert json.loads(zipfile.ZipFile(io.BytesIO(response.content)).read("question.json")) == json.loads(
        json.dumps(QUESTION.as_json())
    )


@pytest.mark.parametrize("name", ["result", "word", "bundle"])
def test_before_there_is_an_answer(name, officer_client, officer):
    assert _page(officer_client, name, make_panel(officer)).url == START


def test_earlier_answers_are_listed(officer_client, answered):
    page = officer_client.get(START)
    assert reverse("impact:result", args=[answered.pk]) in page.content.decode()


def test_a_workbook_with_several_sheets_asks_which_one(officer_client):
    rows = rows_of()
    content = xlsx(*rows, title="Đo", more=[("Khác", [("a", "b"), (1, 2)]), ("Trống", ())])
    address = _upload(officer_client, content, "bảng.xlsx").url
    assert "có nhiều trang tính: Đo, Khác. Hãy cho biết dùng trang nào." in _text(officer_client.get(address))
    assert officer_client.post(address, {"sheet": "Lạ"}).context["form"].errors["sheet"]
    assert officer_client.post(address, {"sheet": "Đo"}).url == address
    page = officer_client.get(address)
    assert [name for name, _label in page.context["form"].fields["unit"].choices[1:]] == [str(head) for head in rows[0]]


def test_a_first_sheet_that_is_hidden_is_not_taken(officer_client):
    book = openpyxl.load_workbook(io.BytesIO(xlsx(("a", "b"), (1, 2), title="Ẩn", more=[("Đo", rows_of())])))
    book["Ẩn"].sheet_state, book.active = "hidden", 1
    out = io.BytesIO()
    book.save(out)
    page = officer_client.get(_upload(officer_client, out.getvalue(), "bảng.xlsx").url)
    assert page.context["form"].fields["unit"].choices[1][0] == "unit"
