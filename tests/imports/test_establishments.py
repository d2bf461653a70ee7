"""Establishments from a file: new, changed, unchanged, perhaps the same, wrong."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord
from khuyencong.establishments.models import Establishment
from khuyencong.imports import actions
from khuyencong.imports.batches.actions import hash_of
from khuyencong.imports.models import ImportTouch
from khuyencong.people.rules import Role
from tests.factories.establishments import make_establishment
from tests.imports.conftest import Bringer, fates, stored, told

pytestmark = pytest.mark.django_db

HEADS = ("Số đăng ký", "Tên cơ sở", "Loại hình", "Mã số thuế", "Xã, phường", "Huyện cũ", "Lao động", "Vốn đăng ký")
NOODLES = ("", "Miến dong Hồng Ngự", "Hộ kinh doanh", "", "Thị trấn Trùng Khánh", "Trùng Khánh", 8, "500.000.000")
WOOD = ("", "Công ty Gỗ Bản Mẫu", "Doanh nghiệp", "0100109106", "Phường Thục Phán", "", "", "")

FORMS = "cần một trong: Doanh nghiệp; Hợp tác xã; Liên hiệp hợp tác xã; Tổ hợp tác; Hộ kinh doanh"


def test_new_rows_are_written_with_numbers_and_records(brings, officer):
    assert fates(brings.plan("establishments", HEADS, NOODLES, WOOD)) == "nn"
    counts = brings.bring("establishments", HEADS, NOODLES, WOOD)
    assert counts == {"new": 2, "changed": 0, "unchanged": 0, "duplicate": 0, "error": 0, "written": 2}
    noodles, wood = Establishment.objects.order_by("code")
    assert (noodles.code, wood.code) == ("CB-00001", "CB-00002")
    assert (noodles.name, noodles.legal_form, noodles.workers, noodles.capital) == (
        "Miến dong Hồng Ngự",
        "household",
        8,
        500_000_000,
    )
    assert (wood.tax_code, wood.workers, wood.capital, wood.status) == ("0100109106", None, None, "active")
    assert noodles.folded_name == "mien dong hong ngu"
    record = AuditRecord.objects.get(action="import")
    assert (record.actor_id, json.loads(record.after)["touched"]) == (officer.pk, hash_of(ImportTouch.objects.all()))
    staged = ImportTouch.objects.all()
    assert [one.label for one in staged] == ["Miến dong Hồng Ngự", "Công ty Gỗ Bản Mẫu"]
    assert json.loads(staged[1].now)["workers"] is None
    assert audit.verify().broken is None


def test_an_old_place_is_mapped_and_kept_as_it_was_given(brings):
    brings.bring("establishments", HEADS, NOODLES, WOOD)
    noodles, wood = Establishment.objects.order_by("code")
    assert (noodles.commune.name, noodles.commune.code) == ("Xã Trùng Khánh", "01477")
    assert noodles.place_as_given == "Thị trấn Trùng Khánh, Trùng Khánh"
    assert (wood.commune.name, wood.place_as_given) == ("Phường Thục Phán", "")


def test_the_same_file_twice_changes_nothing(brings):
    brings.bring("establishments", HEADS, NOODLES, WOOD)
    before = stored()
    assert fates(brings.plan("establishments", HEADS, NOODLES, WOOD)) == "uu"
    assert brings.bring("establishments", HEADS, NOODLES, WOOD)["written"] == 0
    assert stored() == before


def test_planning_writes_nothing(brings):
    before = stored()
    brings.plan("establishments", HEADS, NOODLES, WOOD)
    assert stored() == before


def test_a_change_is_told_before_it_is_made_and_blank_cells_change_nothing(brings, commune):
    make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", workers=8, capital=7, founded=2001)
    line = ("cb-00001", "Miến dong Hồng Ngự 2", "Hợp tác xã", "", "Xã Trùng Khánh", "", 9, "")
    (planned,) = brings.plan("establishments", HEADS, line).rows
    assert planned.fate == "changed"
    assert planned.existing_label == "Miến dong Hồng Ngự, Xã Trùng Khánh (CB-00001)"
    assert planned.changes == [
        ("Tên cơ sở", "Miến dong Hồng Ngự", "Miến dong Hồng Ngự 2"),
        ("Loại hình", "Hộ kinh doanh", "Hợp tác xã"),
        ("Lao động", "8", "9"),
    ]
    brings.bring("establishments", HEADS, line)
    one = Establishment.objects.get()
    assert (one.name, one.legal_form, one.workers, one.capital, one.founded) == (
        "Miến dong Hồng Ngự 2",
        "cooperative",
        9,
        7,
        2001,
    )
    assert one.folded_name == "mien dong hong ngu 2"
    staged = ImportTouch.objects.get()
    assert (json.loads(staged.before)["workers"], json.loads(staged.now)["workers"]) == (8, 9)


def test_every_wrong_cell_is_told_with_row_column_value_and_what_is_expected(brings):
    plan = brings.plan(
        "establishments",
        HEADS,
        NOODLES,
        ("", "", "Công ty", "0100109107", "Xã Không Có", "", "tám", "1.25"),
        ("", "A", "Hộ kinh doanh", "123", "", "", -1, 10**16),
    )
    assert fates(plan) == "nee"
    assert told(plan) == [
        (3, "Tên cơ sở", "", "để trống; cần tên trong giấy đăng ký"),
        (3, "Loại hình", "Công ty", FORMS),
        (3, "Mã số thuế", "0100109107", "cần mã số thuế có chữ số kiểm tra đúng"),
        (3, "Lao động", "tám", "cần một số nguyên, ví dụ 1250000 hoặc 1.250.000"),
        (3, "Vốn đăng ký", "1.25", "cần một số nguyên, không có phần lẻ"),
        (3, "Xã, phường", "Xã Không Có", told(plan)[5][3]),
        (4, "Mã số thuế", "123", "cần mã số thuế 10, 13 hoặc 12 chữ số"),
        (4, "Xã, phường", "", "để trống; cần tên hiện nay hoặc tên trước 01/07/2025"),
        (4, "Lao động", "-1", "cần một số không âm"),
        (4, "Vốn đăng ký", "10000000000000000", "cần một số nhỏ hơn một triệu tỷ"),
    ]
    assert told(plan)[5][3].startswith("cần tên một xã, phường hiện nay hoặc trước 01/07/2025")


def test_one_wrong_row_stops_all_until_someone_takes_the_good_ones(brings):
    lines = (HEADS, NOODLES, ("", "", "Hộ kinh doanh", "", "Xã Trùng Khánh", "", "", ""))
    with pytest.raises(actions.HasErrors):
        brings.bring("establishments", *lines)
    assert not Establishment.objects.exists()
    counts = brings.bring("establishments", *lines, only_good=True)
    assert (counts["written"], counts["error"]) == (1, 1)
    assert Establishment.objects.get().name == "Miến dong Hồng Ngự"


PLACES = [
    ("Xã Đức Long", "Hòa An", "Xã Nam Tuấn"),
    ("Đức Long, H. Thạch An", "", "Xã Đức Long"),
    ("trung khanh", "", "Xã Trùng Khánh"),
    ("TT. Trùng Khánh", "H. Trùng Khánh", "Xã Trùng Khánh"),
    ("Hồng Việt", "", "Xã Hòa An"),
    ("Đức Long", "", "có thể là nhiều nơi (Xã Đức Long, Cao Bằng; Xã Đức Long, Huyện Hòa An"),
    ("Phường Hoàn Kiếm, Hà Nội", "", "Phường Hoàn Kiếm thuộc Thành phố Hà Nội, ngoài tỉnh này"),
    ("Trùng Khanh 2", "", "cần tên một xã, phường hiện nay hoặc trước 01/07/2025"),
]


@pytest.mark.parametrize(("written", "district", "found"), PLACES)
def test_a_place_is_mapped_or_refused_with_the_reason(brings, written, district, found):
    plan = brings.plan("establishments", HEADS, ("", "A", "Hộ kinh doanh", "", written, district, "", ""))
    if found.startswith("Xã"):
        (planned,) = plan.rows
        assert (planned.fate, planned.values["commune"].name) == ("new", found)
        full = f"{written}, {district}" if district else written
        assert planned.values["place_as_given"] == full, "kept as it was given"
    else:
        assert [(column, value) for _row, column, value, _m in told(plan)] == [("Xã, phường", written)]
        assert told(plan)[0][3].startswith(found)


TAX = ("Tên cơ sở", "Loại hình", "Mã số thuế", "Xã, phường")


@pytest.mark.parametrize(
    ("written", "stored_as"),
    [
        ("0100109106", "0100109106"),
        ("0100 109 106", "0100109106"),
        ("0100109106-001", "0100109106-001"),
        ("0100109106001", "0100109106-001"),
        (100109106, "0100109106"),
        ("100109106", "0100109106"),
        ("004089001234", "004089001234"),
    ],
)
def test_a_tax_code_however_a_spreadsheet_spoilt_it(brings, written, stored_as):
    plan = brings.plan("establishments", TAX, ("A", "Hộ kinh doanh", written, "Xã Trùng Khánh"))
    assert plan.rows[0].values["tax_code"] == stored_as


def test_a_personal_number_that_lost_its_zeros_is_not_guessed(system):
    ((_row, column, value, message),) = told(
        system.plan("establishments", TAX, ("A", "Hộ kinh doanh", 4089001234, "Xã Trùng Khánh"))
    )
    assert (column, value) == ("Mã số thuế", "4089001234")
    assert message.endswith("nếu là số định danh 12 chữ số, hãy ghi ở dạng chữ, đủ số 0 ở đầu")


def test_a_telephone_number_gets_its_zero_back(system):
    heads = ("Tên cơ sở", "Loại hình", "Xã, phường", "Điện thoại")
    for number, (raw, kept) in enumerate(
        [(912345678, "0912345678"), ("0912 345 678", "0912 345 678"), ("+84 912", "+84 912")]
    ):
        plan = system.plan("establishments", heads, (f"A{number}", "Hộ kinh doanh", "Xã Trùng Khánh", raw))
        assert plan.rows[0].values["phone"] == kept


def test_everything_the_template_asks_for_arrives(system):
    columns = actions.IMPORTERS["establishments"].columns()
    values = {column.key: column.example for column in columns} | {"code": "", "tax_code": "0100109106"}
    values |= {"phone": "0912345678", "email": "ten@coquan.vn", "note": "ghi chú"}
    counts = system.bring("establishments", [c.label for c in columns], [values[c.key] for c in columns])
    assert counts["written"] == 1
    one = Establishment.objects.get()
    for key in ("name", "tax_code", "address", "founded", "workers", "capital", "products", "owner_name", "phone"):
        assert getattr(one, key) == values[key], key
    assert (one.email, one.note, one.latitude, one.longitude) == ("ten@coquan.vn", "ghi chú", 22.84, 106.5)
    assert (one.industry.code, one.eligible_group.name) == ("1074", values["eligible_group"])
    assert (one.commune.name, one.place_as_given) == ("Xã Trùng Khánh", "Thị trấn Trùng Khánh, Trùng Khánh")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("Ngành nghề", "9999", "cần mã ngành 4 chữ số"),
        ("Ngành nghề", "10", "cần mã ngành 4 chữ số"),
        ("Năm thành lập", 2100, "cần một năm đã đến"),
        ("Năm thành lập", "năm ngoái", "cần một năm bốn chữ số"),
        ("Vĩ độ", "22,8", "cần cả vĩ độ và kinh độ"),
        ("Thư điện tử", "dao@", "một địa chỉ thư"),
        ("Điện thoại", "0" * 31, "cần nhiều nhất 30 ký tự"),
        ("Lao động", 1_000_001, "cần một số người không quá một triệu"),
    ],
)
def test_what_does_not_fit_a_column_is_refused_there(brings, column, value, message):
    plan = brings.plan(
        "establishments",
        ("Tên cơ sở", "Loại hình", "Xã, phường", column),
        ("A", "Hộ kinh doanh", "Xã Trùng Khánh", value),
    )
    (problem,) = told(plan)
    assert message in problem[3]


@pytest.mark.parametrize(
    ("industry", "code"),
    [
        ("1074", "1074"),
        (1074, "1074"),
        ("Sản xuất mì ống, mỳ sợi và sản phẩm tương tự", "1074"),
        ("san xuat che", "1076"),
    ],
)
def test_an_industry_by_number_or_by_name(brings, industry, code):
    heads = ("Tên cơ sở", "Loại hình", "Xã, phường", "Ngành nghề")
    brings.bring("establishments", heads, ("A", "Hộ kinh doanh", "Xã Trùng Khánh", industry))
    assert Establishment.objects.get().industry.code == code


def test_a_mine_of_stone_whose_zero_was_eaten(system):
    heads = ("Tên cơ sở", "Loại hình", "Xã, phường", "Ngành nghề")
    system.bring("establishments", heads, ("A", "Doanh nghiệp", "Xã Trùng Khánh", 810))
    assert Establishment.objects.get().industry.code == "0810"


def test_a_commune_officer_brings_in_the_own_commune_only(tmp_path, commune_officer, commune, other_commune):
    mine = Bringer(tmp_path, "xlsx", commune_officer)
    theirs = make_establishment(other_commune, "Mộc Thục Phán", "CB-00009", tax_code="0100109106")
    plan = mine.plan(
        "establishments",
        HEADS,
        NOODLES,
        ("", "B", "Hộ kinh doanh", "", "Phường Thục Phán", "", "", ""),
        ("CB-00009", "Mộc Thục Phán", "Hộ kinh doanh", "", "Xã Trùng Khánh", "", "", ""),
        ("", "C", "Hộ kinh doanh", "0100109106", "Xã Trùng Khánh", "", "", ""),
    )
    assert fates(plan) == "neee"
    assert [message for *_rest, message in told(plan)] == [
        "Phường Thục Phán nằm ngoài phạm vi của bạn",
        "cơ sở này đang thuộc Phường Thục Phán, ngoài phạm vi của bạn",
        "cơ sở này đang thuộc Phường Thục Phán, ngoài phạm vi của bạn",
    ]
    mine.bring("establishments", HEADS, NOODLES)
    assert set(Establishment.objects.exclude(pk=theirs.pk).values_list("commune_id", flat=True)) == {commune.pk}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICER])
def test_only_officers_import(tmp_path, person, province, role):
    other = Bringer(tmp_path, "xlsx", person(role.value, province, "other"))
    with pytest.raises(PermissionDenied):
        other.plan("establishments", HEADS, NOODLES)
    with pytest.raises(PermissionDenied):
        other.bring("establishments", HEADS, NOODLES)
    assert not Establishment.objects.exists()
