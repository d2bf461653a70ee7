"""Files as people send them (tests/cases/tables, all invented): what is read, what is said, what is asked."""

from pathlib import Path

import pytest

from khuyencong.core.models import AuditRecord
from khuyencong.core.tables.asking import Answers
from khuyencong.core.tables.reading import TableError, Unsettled
from khuyencong.imports import actions
from khuyencong.imports.models import ImportBatch, KnownHeading
from tests.factories.establishments import make_establishment, make_result
from tests.factories.sheets import xlsx
from tests.imports.conftest import Bringer, told
from tests.imports.test_pages import answers, text, upload

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent.parent / "cases" / "tables"
HALF = 500_000_000

# File -> column -> what is read in its rows, from the first on; ... for a row that is refused.
READ = {
    # Money: every way to write the unit.
    **{f"u{n}.xlsx": {"capital": [HALF]} for n in ("00", "03", "04", "06", "07", "24", "27")},
    **{f"u{n}.xlsx": {"capital": [500_000]} for n in ("08", "10", "12", "20")},
    "u16.xlsx": {"capital": [500_000_000_000]},
    "e08-unit-above.xlsx": {"capital": [HALF], "workers": [5]},
    "e09-unit-above2.xlsx": {"capital": [500_000], "workers": [5]},
    "e10-unit-below.xlsx": {"capital": [HALF], "workers": [5]},
    "e11-title-says-trieu.xlsx": {"capital": [HALF]},
    "ru1.xlsx": {"revenue": [850_000_000], "workers": [6]},
    "ru2.xlsx": {"revenue": [850_000_000]},
    "ru3.xlsx": {"revenue": [850_000]},
    "e07-money-forms.xlsx": {"capital": [HALF] * 11 + [None, ..., ..., ..., HALF, ..., ...]},
    "numbers.csv": {"capital": [1_250_000] * 4 + [..., ..., ..., HALF, ...]},
    # Letters.
    "c06-tcvn3.csv": {"name": ["Cơ sở thử nghiệm 0", "Cơ sở thử nghiệm 1"], "commune": ["Xã Cao Chương"]},
    "e24-tcvn3-all.xlsx": {"name": ["Cơ sở thử nghiệm 1"], "legal_form": ["household"], "commune": ["Xã Cao Chương"]},
    "e25-tcvn3-names-only.xlsx": {
        "name": ["Cơ sở sản xuất miến dong Nguyễn Văn Mẫu"],
        "owner_name": ["Nguyễn Văn Mẫu"],
        "address": ["Xóm Bản Khuông"],
    },
    "e22-nbsp.xlsx": {"name": ["Cơ sở thử nghiệm 1"], "commune": ["Xã Cao Chương"]},
    "e23-eth.xlsx": {"name": ["Cơ sở Đình Phong"], "commune": ["Xã Đình Phong"], "workers": [5], "capital": [HALF]},
    "eth.csv": {"commune": ["Xã Đàm Thuỷ"] * 4},
    # Official forms, other headings and values.
    "e12-official-form.xlsx": {"name": [f"Cơ sở thử nghiệm {n}" for n in (0, 1, 2, 9)], "workers": [5, 5, 5, 3]},
    "e13-two-row-heading.xlsx": {"name": ["Cơ sở A thử"], "workers": [5]},
    "h01-other-names.xlsx": {
        "name": ["Cơ sở A"], "workers": [5], "capital": [HALF], "phone": ["0912345678"], "industry": ["1074"],
        "owner_name": ["Nông Văn Mẫu"], "district": ["Trùng Khánh"],
    },
    **{f"n{n}.xlsx": {"name": ["Cơ sở thử nghiệm 1"]} for n in ("00", "01", "02", "04", "05", "06", "07", "09", "10")},
    "l00.xlsx": {"legal_form": ["household"]},
    "l01.xlsx": {"legal_form": ["household"]},
    "l03.xlsx": {"legal_form": ["cooperative"]},
    "l04.xlsx": {"legal_form": ["cooperative"]},
    **{f"l0{n}.xlsx": {"legal_form": ["enterprise"]} for n in (5, 6, 7)},
    "p03-fund-forms.xlsx": {
        "fund": ["national", "local", "national", "local", "local", "national", "national", "local"],
    },
    # Codes, days and years.
    "c08-pandas-floats.csv": {"workers": [5], "capital": [HALF], "phone": ["0912345678"]},
    "c09-phone-lost-zero.csv": {"tax_code": ["0100123453"], "phone": ["0912345678"]},
    "e05-tax-float-sci-text.xlsx": {"tax_code": [..., "4800000990", "4800001017", ..., "4800001024"]},
    "e06-phones.xlsx": {
        "phone": ["0912345678", "0912345678", "0912.345.678", "0912345678, 0987654321", "0912345678", "0912345678",
                  "02063852123"],
    },
    "e27-year-in-date-cell.xlsx": {"founded": [2015, 2016, 2017]},
    "founded_datefmt.xlsx": {"founded": [2019]},
    "r11-year-fmt-date.xlsx": {"year": [2024]},
    "e28-year-forms.xlsx": {"founded": [2015] * 7 + [..., ...]},
    "r09-code-forms.xlsx": {"code": ["CB-00005"] * 8},
    "p01-dates.xlsx": {"code": [f"T-{n:02d}" if n not in (7, 10, 11, 14, 15) else ... for n in range(19)]},
}  # fmt: skip

# File -> column and a part of what is said of its first wrong cell.
WRONG = {
    "l02.xlsx": ("Loại hình", "một trong: Doanh nghiệp"),
    "e05-tax-float-sci-text.xlsx": ("Mã số thuế", "các chữ số cuối không còn"),
    "project_day_1925.xlsx": ("Ngày phê duyệt", "một ngày"),
    "project_day_text_1925.xlsx": ("Ngày phê duyệt", "một ngày"),
    "e28-year-forms.xlsx": ("Năm thành lập", "bốn chữ số"),
}

# File -> what is asked before it is read.
ASKED = {
    "r13-small-money.xlsx": "cột “Doanh thu”: phần lớn các số ở mức 850 đồng, quá nhỏ",
    "e04-cccd-as-number-lost-zero.xlsx": "54 số thiếu chữ số, ví dụ 4090000000",
    "n03.xlsx": "Thiếu cột bắt buộc: Tên cơ sở",
    "n11.xlsx": "Thiếu cột bắt buộc: Xã, phường",
}

# File -> a part of what is said of how it was read.
NOTED = {
    "u00.xlsx": "Cột “Vốn đăng ký (triệu đồng)”: số trong tệp tính bằng triệu đồng, đã đổi ra đồng.",
    "e12-official-form.xlsx": "Không nhập các dòng cộng: dòng 15.",
    "e24-tcvn3-all.xlsx": "bảng mã TCVN3 sang Unicode: “Tªn c¬ së” → “Tên cơ sở”",
}


def kind_of(name):
    return {"p": "projects", "r": "results"}.get(name[0], "establishments")


def plan_of(name, given=None):
    return actions.plan_file(kind_of(name), CASES / name, None, answers=given)


@pytest.fixture
def registry(commune):
    make_establishment(commune, "Cơ sở Năm", "CB-00005", founded=2005)
    make_establishment(commune, "Cơ sở Mười Hai", "CB-00012", founded=2005)


def test_every_file_is_read_as_it_is_meant(registry):
    for name, expected in READ.items():
        plan = plan_of(name)
        for key, values in expected.items():
            read = [... if one.problems else one.row.values.get(key) for one in plan.rows]
            assert read[: len(values)] == values, (name, key, told(plan))
    for name, part in NOTED.items():
        assert any(part in note for note in plan_of(name).table.notes), name


def test_what_is_wrong_is_told(registry):
    for name, (column, part) in WRONG.items():
        _row, told_column, _value, message = told(plan_of(name))[0]
        assert (told_column, part in message) == (column, True), (name, message)


def test_what_only_a_person_can_say_is_asked(registry):
    for name, part in ASKED.items():
        with pytest.raises(Unsettled, match=part):
            plan_of(name)
    personal = plan_of("e04-cccd-as-number-lost-zero.xlsx", Answers(questions={"column-tax_code": "personal"}))
    assert {row.row.values["tax_code"][:5] for row in personal.rows} == {"00409"}
    millions = plan_of("r13-small-money.xlsx", Answers(questions={"unit-revenue": "1000000"}))
    assert millions.rows[0].row.values["revenue"] == 850_000_000


def test_two_units_are_asked_about_and_foreign_money_is_refused(tmp_path, officer):
    mine = Bringer(tmp_path, "xlsx", officer)
    row = ("A", "Hộ kinh doanh", "Xã Trùng Khánh", 500)
    heads = ("Tên cơ sở", "Loại hình", "Xã")
    with pytest.raises(Unsettled, match=r"hai đơn vị khác nhau: “Vốn \(đồng\)”; “ĐVT: triệu đồng”"):
        mine.plan("establishments", ("ĐVT: triệu đồng",), (*heads, "Vốn (đồng)"), row)
    with pytest.raises(TableError, match="tiền nước ngoài"):
        mine.plan("establishments", (*heads, "Vốn (nghìn USD)"), row)
    plan = mine.plan("establishments", (*heads, "Vốn (triệu đồng)"), (*row[:3], "1.250"), (*row[:3], "12,5"))
    assert plan.rows[0].row.values["capital"] == 1_250_000_000, "the other row tells what the dot is"
    plan = mine.plan("establishments", (*heads, "Vốn (triệu đồng)"), (*row[:3], "1.250"))
    assert "1250 hoặc 1,25" in told(plan)[0][3]


def test_a_column_is_asked_about_once_for_each_person(officer, officer_client):
    lines = [("Người đứng đơn", "Loại hình", "Xã", "Màu tường"), ("A", "Hộ kinh doanh", "Xã Trùng Khánh", "xanh")]
    address = upload(officer_client, xlsx(*lines)).url
    asked = officer_client.get(address, follow=True)
    assert "Thiếu cột bắt buộc: Tên cơ sở" in text(asked)
    assert "xanh" in text(asked), "samples of the column"
    twice = officer_client.post(f"{address}columns/", answers(asked, **{"Người đứng đơn": "name", "Màu tường": "name"}))
    assert "đã chọn cho hai cột" in text(twice)
    assert not KnownHeading.objects.exists()
    page = officer_client.post(
        f"{address}columns/", answers(asked, **{"Người đứng đơn": "name", "Màu tường": ""}), follow=True
    )
    assert page.context["counts"]["new"] == 1
    assert "Các cột không dùng đến: Màu tường" in text(page)
    assert dict(KnownHeading.objects.values_list("heading", "column")) == {"nguoi dung don": "name", "mau tuong": ""}
    assert AuditRecord.objects.filter(object_type="reports.knownheading").count() == 2
    again = officer_client.get(upload(officer_client, xlsx(*lines)).url)
    assert again.status_code == 200, "not asked again"
    assert again.context["counts"]["new"] == 1


def test_letters_are_kept_when_somebody_says_so(officer_client, commune):
    address = upload(officer_client, (CASES / "e25-tcvn3-names-only.xlsx").read_bytes()).url

    def name(page):
        return page.context["plan"].rows[0].row.values["name"]

    page = officer_client.get(address)
    assert "Không chuyển, giữ nguyên chữ như trong tệp" in text(page)
    kept = officer_client.post(address, {"letters": "keep"}, follow=True)
    assert "Chữ được giữ nguyên như trong tệp." in text(kept)
    assert name(kept) != name(page) == "Cơ sở sản xuất miến dong Nguyễn Văn Mẫu"
    assert name(officer_client.post(address, {"letters": "convert"}, follow=True)) == name(page)


def test_letters_are_kept_on_the_page_of_the_columns_and_nothing_chosen_is_lost(officer_client, commune):
    heads = ("Tªn c¬ së", "Lo¹i h×nh", "X·", "Màu tường")
    wrong = ("C¬ së s¶n xuÊt miÕn dong", "Hộ kinh doanh", "Xã Trùng Khánh", "xanh")
    address = upload(officer_client, xlsx((*heads[:2], "Xã", "Màu tường"), wrong)).url
    asked = officer_client.get(address, follow=True)
    assert "đã được chuyển sang Unicode" in text(asked)
    kept = officer_client.post(f"{address}columns/", {**answers(asked, **{"Màu tường": ""}), "letters": "keep"})
    assert "Chữ được giữ nguyên như trong tệp." in text(kept)
    assert [(one.name, key) for one, key, _may_be in kept.context["rows"]][-1] == ("Màu tường", "")
    assert ImportBatch.objects.get().answers["questions"] == {"letters": "keep"}


def test_what_two_headings_only_share_letters_of_is_not_offered(officer_client, registry):
    lines = [("Số đăng ký", "Năm", "Doanh số ước", "Doanh thu thuần", "Nguồn"), ("CB-00005", 2023, 9, 8, "Khảo sát")]
    asked = officer_client.get(upload(officer_client, xlsx(*lines), kind="results").url, follow=True)
    assert [may_be for one, _key, may_be in asked.context["rows"] if not one.known] == ["", "Doanh thu"]


def test_an_odd_amount_waits_for_a_word(officer_client, commune):
    one = make_establishment(commune, "A", "CB-00001")
    make_result(one, 2022, revenue=850_000_000, workers=8)
    heads = ("Số đăng ký", "Năm", "Doanh thu", "Nguồn số liệu")
    address = upload(officer_client, xlsx(heads, ("CB-00001", 2023, 850_000, "Khảo sát")), kind="results").url
    page = officer_client.get(address)
    assert page.context["counts"]["error"] == 1
    assert "khác hẳn số liệu năm 2022 của cơ sở (850.000.000 ₫); số này có đúng không?" in text(page)
    mark = page.context["plan"].rows[0].problems[0].doubt
    page = officer_client.post(address, {"keep": "yes", "right": [mark]}, follow=True)
    assert page.context["counts"]["new"] == 1
    done = officer_client.post(address, {"seen": page.context["seen"]}, follow=True)
    assert "Đã ghi 1 dòng." in text(done)
    assert ImportBatch.objects.get().answers == {"kept": [mark]}


def test_sheets_are_read_together_each_in_its_unit_and_asked_about_once(tmp_path, registry):
    heads = ("Số đăng ký", "Năm", "Nguồn số liệu")
    first, second = ("CB-00005", 2023, "Khảo sát"), ("CB-00012", 2023, "Khảo sát")
    said = [("Hạ Lang", [(*heads, "Doanh thu (nghìn đồng)"), (*second, 850_000)])]
    path = tmp_path / "so.xlsx"

    def revenues(given=None):
        plan = actions.plan_file("results", path, None, answers=given)
        assert [row.row.sheet for row in plan.rows] == ["Hòa An", "Hạ Lang"]
        return [row.row.values["revenue"] for row in plan.rows], plan.table.notes

    path.write_bytes(xlsx((*heads, "Doanh thu (tr.đ)"), (*first, 850), title="Hòa An", more=said))
    read, notes = revenues()
    assert read == [850_000_000] * 2
    assert any("Trang tính “Hạ Lang”: Cột “Doanh thu (nghìn đồng)”" in note for note in notes)

    millions = Answers(questions={"unit-revenue": "1000000"})
    path.write_bytes(xlsx((*heads, "Doanh thu"), (*first, 850), title="Hòa An", more=said))
    with pytest.raises(Unsettled, match="trang tính “Hòa An”: phần lớn các số ở mức 850 đồng") as asked:
        revenues()
    assert [one.key for one in asked.value.questions] == ["unit-revenue"]
    assert revenues(millions)[0] == [850_000_000] * 2, "where the unit is written and fits, it stands"

    path.write_bytes(
        xlsx(
            (*heads, "Doanh thu"),
            (*first, 850),
            title="Hòa An",
            more=[("Hạ Lang", [(*heads, "Doanh thu"), (*second, 9)])],
        )
    )
    with pytest.raises(Unsettled) as asked:
        revenues()
    assert len(asked.value.questions) == 1
    assert sorted({name for one in asked.value.headings for name in one.sheets}) == ["Hòa An", "Hạ Lang"]
    assert revenues(millions)[0] == [850_000_000, 9_000_000], "an answer holds for every sheet with that column"
