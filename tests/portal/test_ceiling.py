"""The page "Được hỗ trợ tối đa bao nhiêu?": for everybody, with and without scripts, in an address one can send."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest

from khuyencong.core import clock
from khuyencong.law.models import AreaStatus, SupportNorm

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

MACHINERY = {"content": "machinery", "cost": "900.000.000", "date": "2023-06-01"}
FOUNDING = {"content": "management-capacity", "cost": "20.000.000", "date": "2023-06-01"}


@pytest.fixture
def ask(client):
    """The page for a question, as text."""

    def do(htmx=False, **question):
        headers = {"HX-Request": "true"} if htmx else {}
        response = client.get("/ceiling/", question, headers=headers)
        assert response.status_code == 200
        return response.content.decode()

    return do


def amount(page):
    return page.split('<p class="amount')[1].split(">")[1].split("<")[0] if '<p class="amount' in page else None


def make_norm(content="machinery", **fields):
    """An adopted national norm beside those of the reference data."""
    old = SupportNorm.objects.filter(content__code=content).first()
    values = {"content": old.content, "level": "national", "per": "establishment", "document": old.document,
              "state": "adopted", "valid_from": dt.date(2020, 1, 1), "percent": 50}  # fmt: skip
    return SupportNorm.objects.create(**(values | fields))


def test_a_stranger_finds_it_from_the_start_page(client):
    assert 'href="/ceiling/"' in client.get("/").content.decode()
    assert "Câu trả lời hiện ở đây" in client.get("/ceiling/").content.decode()


def test_people_who_are_signed_in_see_it_in_the_frame(officer_client, client):
    page = officer_client.get("/ceiling/", MACHINERY).content.decode()
    norm = SupportNorm.objects.get(content__code="machinery", valid_to=None)
    assert 'class="rail"' in page and f'href="/law/norms/{norm.pk}/"' in page
    client.logout()
    page = client.get("/ceiling/", MACHINERY).content.decode()
    assert 'class="rail"' not in page and "/law/norms/" not in page


def test_the_answer_with_each_step_its_article_and_its_words(ask):
    page = ask(**MACHINERY)
    assert amount(page) == "300.000.000 ₫"
    assert "Ba trăm triệu đồng" in page
    assert page.count("khoản 4 Điều 8 Thông tư 28/2018/TT-BTC, áp dụng từ 11/05/2018, đã xác minh") == 2
    assert "450.000.000 ₫" in page.split("Cách tính")[1]  # half of the cost
    assert "64/2024/TT-BTC" not in page


def test_what_nobody_verified_is_told(ask):
    page = ask(content="trademark", cost="80.000.000", date="2023-06-01")
    assert amount(page) == "35.000.000 ₫"
    assert "Chưa có người đối chiếu con số này với văn bản" in page


def test_an_amended_document_is_a_warning(ask):
    page = ask(**MACHINERY | {"date": "2025-01-01"})
    assert amount(page) == "300.000.000 ₫"
    assert "đã được sửa bởi 64/2024/TT-BTC từ năm 2024 (chưa rõ ngày)" in page


def test_today_is_the_day_when_none_is_given(ask):
    page = ask(content="machinery", cost="1000000")
    assert f"Ngày {clock.today():%d/%m/%Y}, được hỗ trợ tối đa" in page


@pytest.mark.parametrize("cost", ["900000000", "900.000.000", "900,000,000", "900 triệu", "0,9 tỷ", "900 000 000 đ"])
def test_the_cost_is_read_as_people_write_it(ask, cost):
    page = ask(**MACHINERY | {"cost": cost})
    assert amount(page) == "300.000.000 ₫"
    assert 'value="900.000.000"' in page


def test_what_is_not_understood_is_told_and_kept(ask):
    page = ask(**MACHINERY | {"cost": "chín trăm triệu"})
    assert amount(page) is None
    assert "Đọc được “chín trăm triệu”, cần số tiền bằng đồng" in page
    assert 'value="chín trăm triệu"' in page
    assert "Còn thiếu để tính" in ask(content="machinery")
    assert "Đọc được “hôm qua”" in ask(**MACHINERY | {"date": "hôm qua"})


def test_conditions_units_and_variants_are_those_of_the_content(ask):
    page = ask(**MACHINERY)
    assert "cả dây chuyền công nghệ" in page and "Số cơ sở" in page and 'name="variant"' not in page
    page = ask(content="demonstration-model", cost="2.000.000.000", date="2023-06-01")
    assert "Số mô hình" in page and 'name="variant"' in page and 'name="condition"' not in page
    assert amount(page) == "600.000.000 ₫"
    page = ask(content="demonstration-model", cost="2 tỷ", date="2023-06-01", variant="already-effective")
    assert amount(page) == "100.000.000 ₫"
    assert 'name="units"' not in ask(content="fair", cost="10.000.000", date="2023-06-01")


def test_conditions_and_units_count(ask):
    assert amount(ask(**MACHINERY | {"cost": "2 tỷ", "condition": "whole-line"})) == "450.000.000 ₫"
    assert amount(ask(**MACHINERY | {"cost": "2 tỷ", "units": "3"})) == "900.000.000 ₫"
    assert "Số lượng" not in ask(**MACHINERY | {"units": "0"}) and amount(ask(**MACHINERY | {"units": "0"})) is None


def test_a_condition_of_another_content_is_dropped_in_silence(ask):
    page = ask(content="trademark", cost="80.000.000", date="2023-06-01", condition="whole-line", variant="no-such")
    assert amount(page) == "35.000.000 ₫"


def test_the_area_may_be_chosen(ask):
    page = ask(**FOUNDING)
    assert amount(page) is None
    assert "chỉ có mức cho địa bàn hoặc trường hợp khác" in page
    assert "Ngày này có mức cho địa bàn khó khăn, đặc biệt khó khăn." in page
    assert amount(ask(**FOUNDING | {"area": "difficult"})) == "10.000.000 ₫"
    assert amount(ask(**FOUNDING | {"area": "especially-difficult"})) == "10.000.000 ₫"


def test_a_commune_counts_as_what_was_adopted_for_it(ask, commune):
    page = ask(**FOUNDING | {"commune": commune.code})
    assert amount(page) is None
    assert "Chưa ghi nhận Xã Trùng Khánh thuộc địa bàn khó khăn nào vào ngày 01/06/2023." in page
    AreaStatus.objects.create(unit=commune, kind="difficult", valid_from=dt.date(2021, 6, 4), state="adopted")
    page = ask(**FOUNDING | {"commune": commune.code})
    assert amount(page) == "10.000.000 ₫"
    assert "Xã Trùng Khánh được tính là địa bàn khó khăn, đặc biệt khó khăn." in page
    assert amount(ask(**FOUNDING | {"commune": commune.code, "date": "2021-06-03"})) is None


def test_the_fund_is_asked_for_only_where_it_matters(ask):
    assert 'name="fund"' not in ask(**MACHINERY)
    make_norm(cap=100_000_000, fund="local")
    page = ask(**MACHINERY)
    assert 'name="fund"' in page
    assert amount(page) == "100.000.000 ₫"
    assert amount(ask(**MACHINERY | {"fund": "national"})) == "300.000.000 ₫"


def test_no_norm_says_when_there_is_one(ask):
    make_norm(cap=200_000_000, valid_from=dt.date(2013, 1, 1), valid_to=dt.date(2014, 12, 31))
    page = ask(**MACHINERY | {"date": "2010-01-01"})
    assert amount(page) is None
    assert "Điều này không có nghĩa là không được hỗ trợ" in page
    assert "Có mức hỗ trợ từ 01/01/2013 đến hết 07/04/2014." in page
    assert "Có mức hỗ trợ từ 11/05/2018." in page
    never = ask(content="vocational-training", cost="10.000.000", date="2023-06-01")
    assert "Chưa có mức nào của nội dung này được nhập, cho bất kỳ thời gian nào." in never


def test_a_draft_changes_no_answer(ask, officer):
    from tests.factories.law import make_norm_draft

    make_norm_draft(officer, valid_from=dt.date(2023, 1, 1), cap=1_000_000_000)
    assert amount(ask(**MACHINERY)) == "300.000.000 ₫"


def test_with_scripts_only_the_answer_comes_and_the_address_keeps_the_question(client):
    asked = MACHINERY | {"cost": "2.000.000.000", "condition": "whole-line", "units": "2", "commune": "", "area": ""}
    response = client.get("/ceiling/", asked, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert amount(page) == "900.000.000 ₫"
    assert "<html" not in page and 'hx-swap-oob="true"' in page
    kept = urlsplit(response["HX-Replace-Url"])
    assert kept.path == "/ceiling/"
    assert parse_qs(kept.query) == {
        "content": ["machinery"], "cost": ["2000000000"], "date": ["2023-06-01"], "condition": ["whole-line"],
        "units": ["2"],
    }  # fmt: skip
    again = client.get(response["HX-Replace-Url"]).content.decode()
    assert amount(again) == "900.000.000 ₫" and "checked" in again
    assert "HX-Request" in response["Vary"]


def test_in_english_there_are_no_vietnamese_words_for_the_amount(client):
    client.cookies["django_language"] = "en"
    page = client.get("/ceiling/", MACHINERY).content.decode()
    assert "300,000,000 ₫" in page
    assert "Ba trăm triệu đồng" not in page
    assert 'value="900,000,000"' in page


def test_what_a_stranger_types_is_shown_and_not_run(ask):
    page = ask(**MACHINERY | {"cost": "<script>alert(1)</script>", "variant": '"><b>', "condition": "<i>"})
    assert "<script>alert" not in page and '"><b>' not in page and "<i>" not in page


def test_a_norm_without_a_percentage_says_that_the_document_sets_none(ask):
    page = ask(**FOUNDING | {"area": "difficult"})
    assert amount(page) == "10.000.000 ₫"
    assert "văn bản không quy định tỷ lệ" in page
    page = ask(**FOUNDING | {"area": "difficult", "cost": "6.000.000"})
    assert amount(page) == "6.000.000 ₫" and "Không quá chi phí của đề án" in page


def test_each_day_has_the_norms_of_its_circular(ask):
    for day, most in (("2014-04-07", None), ("2014-04-08", "200"), ("2018-05-10", "200"), ("2018-05-11", "300")):
        assert amount(ask(**MACHINERY | {"date": day})) == (most and f"{most}.000.000 ₫"), day
