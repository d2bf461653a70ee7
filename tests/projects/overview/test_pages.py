"""The pages of the projects."""

import pytest
from django.test import Client

from khuyencong.core import clock
from khuyencong.core.models import AuditRecord
from khuyencong.law.models import ActivityType
from khuyencong.projects.models import Project
from khuyencong.projects.overview import sheets
from khuyencong.projects.overview.listing import projects_list
from khuyencong.projects.past.actions import records as actions
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project
from tests.factories.sheets import read

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

ADD = "/projects/add/"


@pytest.fixture
def homes(commune, other_commune):
    return [
        make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", tax_code="0100109106"),
        make_establishment(other_commune, "Mộc Thục Phán", "CB-00002"),
    ]


@pytest.fixture
def typed(homes):
    return {
        "code": "DA-2021-01",
        "title": "Hỗ trợ máy sấy miến dong",
        "activity": str(ActivityType.objects.get(code="machinery").pk),
        "fund": "local",
        "accepted_year": "2021",
        "beneficiaries": "CB-00001",
        "support_amount": "150.000.000",
        "counterpart": "250.000.000",
        "total_cost": "400.000.000",
    }


@pytest.fixture
def client_of(person, province):
    def make(role, unit=None):
        client = Client()
        client.force_login(person(role, unit or province, f"{role}-client"))
        return client

    return make


def text(response):
    return response.content.decode()


def errors(response):
    return {name: " ".join(found) for name, found in response.context["form"].errors.items()}


def test_a_project_is_added_as_it_is_written_here(officer_client, typed):
    response = officer_client.post(ADD, typed, follow=True)
    made = Project.objects.get()
    assert (made.support_amount, made.counterpart, made.total_cost) == (150_000_000, 250_000_000, 400_000_000)
    assert (made.code, made.accepted_year, made.fund) == ("DA-2021-01", 2021, "local")
    page = text(response)
    for shown in ("150.000.000 ₫", "38 % tổng kinh phí", "nghiệm thu năm 2021", "Miến dong Hồng Ngự"):
        assert shown in page, shown


@pytest.mark.parametrize(
    "written",
    ["CB-00001\nCB-00002", "cb-00001; CB-00002", "CB-00001, CB-00002", "0100 109 106\r\nCB-00002\n\nCB-00001"],
)
def test_several_establishments_by_number_or_tax_code_however_they_are_separated(officer_client, typed, homes, written):
    officer_client.post(ADD, typed | {"beneficiaries": written})
    assert set(Project.objects.get().establishments.all()) == set(homes)


WRONG = {
    "code": ("", "bắt buộc"),
    "title": ("", "bắt buộc"),
    "activity": ("", "bắt buộc"),
    "fund": ("", "bắt buộc"),
    "accepted_year": (str(clock.today().year + 1), "Năm nghiệm thu chưa đến"),
    "beneficiaries": ("CB-00001, CB-99999", "Không tìm thấy cơ sở có số đăng ký hoặc mã số thuế: CB-99999."),
    "support_amount": ("1.25", "cần số tiền bằng đồng"),
    "counterpart": ("-1", "0"),
    "total_cost": ("399.999.999", "nhỏ hơn phần hỗ trợ cộng vốn đối ứng 1 ₫"),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_field_is_named_and_all_that_was_typed_stays(officer_client, typed, field):
    value, told = WRONG[field]
    response = officer_client.post(ADD, typed | {field: value, "note": "ghi chú dài"})
    assert response.status_code == 200
    assert set(errors(response)) == {field}
    assert told in errors(response)[field] or told in text(response)
    assert "ghi chú dài" in text(response)
    assert not Project.objects.exists()
    assert not AuditRecord.objects.exists()


@pytest.mark.parametrize("nobody", ["", " , ; \n "])
def test_a_project_supports_somebody(officer_client, typed, nobody):
    assert set(errors(officer_client.post(ADD, typed | {"beneficiaries": nobody}))) == {"beneficiaries"}


def test_a_number_is_taken_in_capitals_and_small_letters(officer_client, typed, homes):
    make_project(homes[0], code="da-2021-01", title="Lò rèn")
    assert errors(officer_client.post(ADD, typed)) == {"code": "Số này đã thuộc về đề án “Lò rèn”."}


def test_a_change_is_kept_and_the_form_shows_what_is_known(officer_client, typed, homes):
    made = make_project(*homes, code="DA-1", year=None, support=1_000)
    address = f"/projects/{made.pk}/edit/"
    page = officer_client.get(address)
    assert "CB-00001\nCB-00002" in text(page)
    assert 'value="1.000"' in text(page)
    assert officer_client.post(address, typed | {"version": page.context["opened"].version}).status_code == 302
    changed = Project.objects.get()
    assert (changed.code, changed.accepted_year, changed.establishments.count()) == ("DA-2021-01", 2021, 1)


def test_who_comes_second_keeps_what_was_typed(officer, officer_client, typed, homes):
    made = make_project(*homes, code="DA-1")
    address = f"/projects/{made.pk}/edit/"
    version = officer_client.get(address).context["opened"].version
    values = {name: getattr(made, name) for name in ("support_amount", "counterpart", "total_cost")}
    actions.change_project(officer, made.pk, values | {"title": "Tên của người trước"}, homes, version)
    response = officer_client.post(address, typed | {"version": version})
    assert "Người khác vừa lưu đề án này" in text(response)
    assert "Hỗ trợ máy sấy miến dong" in text(response)
    assert Project.objects.get().title == "Tên của người trước"
    assert officer_client.post(address, typed | {"version": response.context["opened"].version}).status_code == 302


def test_the_list_shows_sums_and_the_number_of_establishments(officer_client, homes):
    make_project(*homes, code="DA-1", support=100_000_000)
    make_project(homes[0], code="DA-2", support=50_000_000, year=None)
    page = text(officer_client.get("/projects/"))
    assert "2 đề án, hỗ trợ 150 triệu" in page
    assert "150.000.000 ₫" in page
    assert "2 cơ sở" in page
    assert "Hãy bỏ bớt điều kiện lọc" in text(officer_client.get("/projects/?q=khongco"))


def test_the_workbook_holds_the_filtered_list_with_sums(officer, homes):
    make_project(*homes, code="DA-1", support=100, fund="national")
    make_project(homes[0], code="DA-2", support=50, year=None)
    heads, *lines, foot = read(sheets.projects_workbook(projects_list(officer).found({})))
    assert heads[0] == "Số đề án"
    assert [line[0] for line in lines] == ["DA-1", "DA-2"]
    assert [line[4] for line in lines] == [2020, None], "a year that is missing stays a gap"
    assert lines[0][5] == "Miến dong Hồng Ngự; Mộc Thục Phán"
    assert [line[6:9] for line in lines] == [[100, 100, 200], [50, 50, 100]]
    assert foot[6:9] == ["=SUM(G2:G3)", "=SUM(H2:H3)", "=SUM(I2:I3)"]
    assert [line[13] for line in lines] == ["Đang soạn", "Đang soạn"]
    assert len(heads) == len(lines[0]) == 18


def test_only_officers_of_the_province_are_offered_to_write(client_of, commune, homes):
    made = make_project(homes[0])
    for role, unit in (("leader", None), ("viewer", None), ("officer", commune)):
        client = client_of(role, unit)
        assert "Sửa đề án" not in text(client.get(f"/projects/{made.pk}/"))
        assert "Ghi đề án đã qua" not in text(client.get("/projects/"))
        assert client.get(ADD).status_code == 403
        assert client.post(f"/projects/{made.pk}/edit/", {}).status_code == 403


def test_the_history_is_for_officers_and_leaders(officer, client_of, homes, typed):
    officer_browser = Client()
    officer_browser.force_login(officer)
    officer_browser.post(ADD, typed)
    made = Project.objects.get()
    assert f"{officer} đã thêm hồ sơ này." in text(client_of("leader").get(f"/projects/{made.pk}/"))
    assert "Lịch sử" not in text(client_of("viewer").get(f"/projects/{made.pk}/"))
