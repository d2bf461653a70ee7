"""Adding and changing by form: what is wrong is said by field, and nothing that was typed is lost."""

import pytest
from django.test import Client

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditRecord
from khuyencong.establishments import actions
from khuyencong.establishments.models import Establishment, Industry, YearlyResult
from tests.factories.establishments import make_establishment, make_result

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

THIS_YEAR = clock.today().year
ADD = "/establishments/add/"


@pytest.fixture
def typed(commune):
    """What an officer types for a new household."""
    return {
        "name": "Cơ sở miến dong Bản Mẫu",
        "legal_form": "household",
        "tax_code": "0100 109 106",
        "founded": "2015",
        "status": "active",
        "commune": str(commune.pk),
        "latitude": "22,8364",
        "longitude": "106.521",
        "workers": "8",
        "capital": "1.250.000.000",
        "industry": str(Industry.objects.get(code="1074").pk),
        "local_material": "unknown",
    }


@pytest.fixture
def commune_client(commune_officer):
    client = Client()
    client.force_login(commune_officer)
    return client


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


def text(response):
    return response.content.decode()


def test_a_new_establishment_is_read_as_it_is_written_here(officer_client, typed):
    response = officer_client.post(ADD, typed, follow=True)
    one = Establishment.objects.get()
    assert (one.tax_code, one.capital, one.workers, one.founded) == ("0100109106", 1_250_000_000, 8, 2015)
    assert (one.latitude, one.longitude) == (22.8364, 106.521)
    assert (one.industry.code, one.local_material, one.eligible_group) == ("1074", None, None)
    assert response.redirect_chain == [(f"/establishments/{one.pk}/", 302)]
    assert "Đã thêm “Cơ sở miến dong Bản Mẫu”, số đăng ký CB-00001." in text(response)


def test_what_is_left_empty_is_unknown_and_never_zero(officer_client, typed):
    for name in ("workers", "capital", "founded", "tax_code", "industry", "latitude", "longitude"):
        typed[name] = ""
    officer_client.post(ADD, typed)
    one = Establishment.objects.get()
    for name in ("workers", "capital", "founded", "industry", "latitude", "longitude"):
        assert getattr(one, name) is None, name


WRONG = {
    "name": ("", "bắt buộc"),
    "legal_form": ("", "bắt buộc"),
    "commune": ("", "bắt buộc"),
    "tax_code": ("0100109107", "chữ số kiểm tra không khớp"),
    "founded": (str(THIS_YEAR + 1), "chưa đến"),
    "workers": ("-1", "0"),
    "capital": ("1.25", "số nguyên"),
    "latitude": ("22°50'", "Đọc được “22°50&#x27;”"),
    "longitude": ("1.065.211", "cần số độ từ -180 đến 180"),
    "email": ("dao", "thư điện tử"),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_field_is_named_and_all_that_was_typed_stays(officer_client, typed, field):
    value, told = WRONG[field]
    typed |= {field: value, "note": "ghi chú dài"}
    response = officer_client.post(ADD, typed)
    assert response.status_code == 200
    assert set(errors(response)) == {field}
    page = text(response)
    assert told.lower() in page.lower()
    assert "Những gì bạn đã nhập vẫn còn nguyên" in page
    assert "ghi chú dài" in page
    if field != "name":
        assert 'value="Cơ sở miến dong Bản Mẫu"' in page
    if field != "capital":
        assert 'value="1.250.000.000"' in page
    assert not Establishment.objects.exists()
    assert not AuditRecord.objects.exists()


def test_every_wrong_field_is_told_at_once(officer_client, typed):
    response = officer_client.post(ADD, typed | {"name": "", "founded": "abc", "latitude": ""})
    assert set(errors(response)) == {"name", "founded", "longitude"}


def test_a_degree_with_three_decimals_is_no_number_of_thousands(officer_client, typed):
    officer_client.post(ADD, typed | {"latitude": "22.836", "longitude": "106.521"})
    one = Establishment.objects.get()
    assert (one.latitude, one.longitude) == (22.836, 106.521)


def test_a_taken_tax_code_names_its_holder(officer_client, typed, other_commune):
    make_establishment(other_commune, "Mộc Thục Phán", "CB-00009", tax_code="0100109106")
    response = officer_client.post(ADD, typed)
    assert errors(response) == {"tax_code": "Mã số thuế này đã thuộc về “Mộc Thục Phán” (số đăng ký CB-00009)."}


def test_a_commune_officer_is_offered_the_own_commune_only(commune_client, typed, other_commune):
    page = text(commune_client.get(ADD))
    assert "Xã Trùng Khánh" in page
    assert "Phường Thục Phán" not in page
    response = commune_client.post(ADD, typed | {"commune": str(other_commune.pk)})
    assert set(errors(response)) == {"commune"}
    assert commune_client.post(ADD, typed).status_code == 302


def edit(client, one, typed, **changes):
    version = client.get(f"/establishments/{one.pk}/edit/").context["opened"].version
    return client.post(f"/establishments/{one.pk}/edit/", typed | {"version": version} | changes)


def test_a_change_is_kept_and_the_form_shows_what_is_known(officer_client, typed):
    officer_client.post(ADD, typed)
    one = Establishment.objects.get()
    page = text(officer_client.get(f"/establishments/{one.pk}/edit/"))
    for shown in ("1.250.000.000", "22,8364", "106,521", "2015", "0100109106"):
        assert f'value="{shown}"' in page, shown
    assert edit(officer_client, one, typed, name="Tên mới").status_code == 302
    assert Establishment.objects.get().name == "Tên mới"


def test_an_unchanged_form_changes_nothing(officer_client, typed):
    officer_client.post(ADD, typed)
    one = Establishment.objects.get()
    before = version_of(one)
    assert edit(officer_client, one, typed).status_code == 302
    assert version_of(Establishment.objects.get()) == before
    assert AuditRecord.objects.count() == 1


def test_an_industry_known_in_less_detail_is_not_lost_by_editing(officer_client, typed, commune):
    division = Industry.objects.get(code="10")
    one = make_establishment(commune, industry=division)
    assert edit(officer_client, one, typed, industry=str(division.pk)).status_code == 302
    assert Establishment.objects.get().industry == division


def test_who_comes_second_keeps_what_was_typed_and_may_save_again(officer, officer_client, typed, commune):
    one = make_establishment(commune)
    address = f"/establishments/{one.pk}/edit/"
    version = officer_client.get(address).context["opened"].version
    actions.change_establishment(officer, one.pk, {"workers": 3, "commune": commune}, version)
    response = officer_client.post(address, typed | {"version": version})
    page = text(response)
    assert "Người khác vừa lưu hồ sơ này" in page
    assert 'value="Cơ sở miến dong Bản Mẫu"' in page
    assert Establishment.objects.get().workers == 3
    again = officer_client.post(address, typed | {"version": response.context["opened"].version})
    assert again.status_code == 302
    assert Establishment.objects.get().workers == 8


def test_a_hint_names_possible_duplicates_while_one_types(officer_client, commune):
    one = make_establishment(commune, "Miến dong Hồng Ngự", tax_code="0100109106-001")

    def hint(**params):
        return text(officer_client.get("/establishments/duplicates/", params)).strip()

    assert "Miến dong Hồng Ngự" in hint(name="mien dong HONG NGU", commune=commune.pk)
    assert "Miến dong Hồng Ngự" in hint(name="khác", tax_code="0100109106-001")
    assert "Miến dong Hồng Ngự" in hint(name="khác", tax_code="0100109106001")
    for nothing in (
        {"name": "mien dong hong ngu", "commune": commune.pk, "but": one.pk},
        {"name": "mien dong"},
        {"tax_code": "0100"},
        {"name": "²", "commune": "²", "but": "²"},
    ):
        assert hint(**nothing) == "", nothing


def test_the_form_asks_for_duplicates_other_than_itself_however_large_its_key(officer_client, commune):
    one = make_establishment(commune, "Miến dong Hồng Ngự", pk=12_345)
    page = text(officer_client.get(f"/establishments/{one.pk}/edit/"))
    assert 'hx-get="/establishments/duplicates/?but=12345"' in page
    assert 'hx-get="/establishments/duplicates/?but="' in text(officer_client.get(ADD))


RESULT = {"revenue": "850.000.000", "workers": "8", "women": "5", "source": "survey", "version": ""}


@pytest.fixture
def one(commune):
    return make_establishment(commune, founded=2015)


def enter(client, one, year, **changes):
    return client.post(f"/establishments/{one.pk}/results/{year}/", RESULT | changes)


def test_a_result_is_entered_and_gaps_stay_gaps(officer, officer_client, one):
    response = enter(officer_client, one, 2023, tax_paid="0")
    assert response.url == f"/establishments/{one.pk}/?tab=results"
    kept = YearlyResult.objects.get()
    assert (kept.revenue, kept.workers, kept.women, kept.tax_paid) == (850_000_000, 8, 5, 0)
    assert (kept.profit, kept.ethnic_minority, kept.export_value) == (None, None, None)
    assert (kept.source, kept.entered_by) == ("survey", officer)


@pytest.mark.parametrize(
    ("year", "changes", "told"),
    [
        (2023, {"women": "9"}, "Đọc được 9, nhiều hơn tổng số lao động (8)."),
        (2023, {"export_value": "900.000.000"}, "nhiều hơn doanh thu (850.000.000)"),
        (2023, {"revenue": "-5"}, "số này không thể âm"),
        (2023, {"revenue": "nhiều"}, "số nguyên"),
        (2023, {"source": ""}, "bắt buộc"),
        (2014, {}, "Năm 2014 trước năm thành lập của cơ sở (2015)."),
        (THIS_YEAR + 1, {}, f"Năm {THIS_YEAR + 1} chưa đến"),
        (3, {}, "cần một năm từ 1900 trở đi"),
        (99999, {}, "chưa đến"),
    ],
)
def test_a_wrong_result_is_refused_and_kept_on_the_page(officer_client, one, year, changes, told):
    response = enter(officer_client, one, year, **changes)
    assert response.status_code == 200
    assert told in text(response)
    assert (RESULT | changes)["revenue"] in text(response)
    assert not YearlyResult.objects.exists()


def test_a_loss_is_a_profit_below_zero(officer_client, one):
    assert enter(officer_client, one, 2023, profit="-5.000.000").status_code == 302
    assert YearlyResult.objects.get().profit == -5_000_000


def test_a_jump_is_asked_about_once_and_then_believed(officer_client, one):
    make_result(one, 2022, revenue=80_000_000, workers=8)
    response = enter(officer_client, one, 2023)
    assert "chênh nhau từ mười lần trở lên" in text(response)
    assert "Năm trước: 80.000.000" in text(response)
    assert not YearlyResult.objects.filter(year=2023).exists()
    assert enter(officer_client, one, 2023, confirm_jump="on").status_code == 302


def test_a_result_shows_who_entered_it_and_is_changed_under_the_eyes_of_one(officer, officer_client, one):
    enter(officer_client, one, 2023)
    address = f"/establishments/{one.pk}/results/2023/"
    page = officer_client.get(address)
    assert f"Nhập lần cuối: {officer}" in text(page)
    assert 'value="850.000.000"' in text(page)
    assert enter(officer_client, one, 2023, revenue="900.000.000", version="").status_code == 409
    assert YearlyResult.objects.get().revenue == 850_000_000
    assert (
        enter(officer_client, one, 2023, revenue="900.000.000", version=page.context["opened"].version).status_code
        == 302
    )
    assert YearlyResult.objects.get().revenue == 900_000_000


def test_a_result_of_another_commune_is_refused(commune_client, other_commune):
    theirs = make_establishment(other_commune)
    assert enter(commune_client, theirs, 2023).status_code == 403
    assert not YearlyResult.objects.exists()
