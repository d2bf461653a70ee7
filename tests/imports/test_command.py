"""``khuyencong import``: what it says, what it writes, and what it gives back to the shell."""

import io
import json
import shlex

import openpyxl
import pytest
from django.core.management import call_command

from khuyencong.core.models import AuditRecord
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.imports.actions import IMPORTERS
from khuyencong.projects.models import Project
from tests.factories.establishments import make_establishment, make_result
from tests.factories.sheets import as_dicts, csv_file, xlsx
from tests.imports.conftest import stored

pytestmark = pytest.mark.django_db

HEADS = ("STT", "Tên cơ sở", "Loại hình", "Mã số thuế", "Xã", "Lao động")
GOOD = (1, "Miến dong Hồng Ngự", "Hộ kinh doanh", "", "Thị trấn Trùng Khánh", 8)
BAD = (2, "Lò rèn", "Công ty", "0100109107", "", "tám")


def run(*arguments):
    """Exit code, what was printed, what was complained about."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    def make(*lines, name="so.xlsx"):
        (tmp_path / name).write_bytes((csv_file if name.endswith("csv") else xlsx)(*lines))
        return tmp_path / name

    return make


def test_a_dry_run_tells_everything_and_writes_nothing(file):
    path = file(("DANH SÁCH",), HEADS, GOOD, BAD)
    before = stored()
    code, out, err = run("establishments", path, "--dry-run")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "2 dòng: 1 mới, 0 thay đổi, 0 không đổi, 0 có thể trùng, 1 lỗi.",
        "Cột “STT” không dùng đến.",
        "Trang “Trang 1”, dòng 4, cột “Loại hình”: đọc được “Công ty”, "
        "cần một trong: Doanh nghiệp; Hợp tác xã; Liên hiệp hợp tác xã; Tổ hợp tác; Hộ kinh doanh.",
        "Trang “Trang 1”, dòng 4, cột “Mã số thuế”: đọc được “0100109107”, cần mã số thuế có chữ số kiểm tra đúng.",
        "Trang “Trang 1”, dòng 4, cột “Xã”: để trống; cần tên hiện nay hoặc tên trước 01/07/2025.",
        "Trang “Trang 1”, dòng 4, cột “Lao động”: đọc được “tám”, cần một số nguyên, ví dụ 1250000 hoặc 1.250.000.",
        "Chạy thử: chưa ghi gì.",
    ]
    assert stored() == before
    assert run("establishments", file(HEADS, GOOD), "--dry-run")[0] == 0
    assert stored() == before


def test_errors_stop_all_and_only_good_takes_the_others(file, tmp_path):
    path = file(HEADS, GOOD, BAD, name="so.csv")
    code, out, err = run("establishments", path)
    assert code == 1
    assert "Dòng 3, cột “Loại hình”" in out
    assert "chưa ghi gì" in err
    assert not Establishment.objects.exists()
    code, out, err = run("establishments", path, "--only-good", "--bad-rows", tmp_path / "loi.xlsx")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "Đã ghi 1 dòng."
    assert Establishment.objects.get().name == "Miến dong Hồng Ngự"
    (bad,) = as_dicts((tmp_path / "loi.xlsx").read_bytes())
    assert (bad["Tên cơ sở"], bad["Lao động"], bad["Dòng trong tệp gốc"]) == ("Lò rèn", "tám", 3)
    assert bad["Lý do"].count("\n") == 3


def test_the_bad_rows_are_mended_and_brought_in_again(file, tmp_path):
    run("establishments", file(HEADS, GOOD, BAD), "--only-good", "--bad-rows", tmp_path / "loi.xlsx")
    book = openpyxl.load_workbook(tmp_path / "loi.xlsx")
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for head, value in (("Loại hình", "Doanh nghiệp"), ("Mã số thuế", "0100109106"), ("Xã, phường", "Xã Trùng Khánh")):
        sheet.cell(2, heads[head], value)
    sheet.cell(2, heads["Lao động"]).value = None
    book.save(tmp_path / "loi.xlsx")
    code, out, _err = run("establishments", tmp_path / "loi.xlsx")
    assert (code, out.splitlines()) == (
        0,
        ["1 dòng: 1 mới, 0 thay đổi, 0 không đổi, 0 có thể trùng, 0 lỗi.", "Đã ghi 1 dòng."],
    )
    assert Establishment.objects.get(name="Lò rèn").workers is None


def test_json_holds_every_problem_and_what_was_written(file):
    code, out, _err = run("establishments", file(HEADS, GOOD, BAD), "--json", "--only-good")
    told = json.loads(out)
    assert code == 0
    assert told["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "duplicate": 0, "error": 1}
    assert told["written"] == 1
    assert told["unknown_columns"] == ["STT"]
    assert told["problems"][0] == {
        "sheet": "Trang 1",
        "row": 3,
        "column": "Loại hình",
        "value": "Công ty",
        "message": "cần một trong: Doanh nghiệp; Hợp tác xã; Liên hiệp hợp tác xã; Tổ hợp tác; Hộ kinh doanh",
        "key": "legal_form",
        "doubt": "",
    }
    code, out, _err = run("establishments", file(HEADS, GOOD, BAD), "--json")
    assert (code, json.loads(out)["written"]) == (1, 0)


def test_possible_duplicates_are_named_and_follow_the_option(file, commune):
    make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001")
    path = file(HEADS, GOOD)
    code, out, _err = run("establishments", path)
    assert code == 0
    assert out.splitlines()[1:] == [
        "Cột “STT” không dùng đến.",
        "Dòng 2: “Miến dong Hồng Ngự” có thể là Miến dong Hồng Ngự, Xã Trùng Khánh (CB-00001).",
        "Đã ghi 0 dòng.",
        "Dòng có thể trùng đã bỏ qua; thêm --duplicates update hoặc create để nhập.",
    ]
    (told,) = json.loads(run("establishments", path, "--dry-run", "--json")[1])["duplicates"]
    assert (told["row"], told["label"]) == (2, "Miến dong Hồng Ngự")
    run("establishments", path, "--duplicates", "update")
    assert Establishment.objects.get().workers == 8


def test_the_one_who_brings_it_stands_in_the_trail(file, officer):
    run("establishments", file(HEADS, GOOD), "--as", officer.username)
    assert {one.actor_id for one in AuditRecord.objects.all()} == {officer.pk}
    run("establishments", file(HEADS, (1, "B", "Hộ kinh doanh", "", "Xã Trùng Khánh", "")))
    assert AuditRecord.objects.last().actor_name == "hệ thống"


@pytest.mark.parametrize("role", ["viewer", "leader"])
def test_who_may_not_import_is_told_so(file, person, province, role):
    person(role, province, "other")
    code, out, err = run("establishments", file(HEADS, GOOD), "--as", "other")
    assert (code, out) == (2, "")
    assert "không có quyền" in err
    assert not Establishment.objects.exists()


def test_what_cannot_be_read_is_told_in_one_line(file, tmp_path):
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(xlsx(HEADS, GOOD)[:500])
    (tmp_path / "thu.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "trong.csv").write_bytes(b"")
    for path, told in (
        (tmp_path / "khong-co.xlsx", "Không có tệp"),
        (tmp_path, "Không có tệp"),
        (broken, "Không mở được tệp “hong.xlsx”: tệp hỏng hoặc không đúng loại."),
        (tmp_path / "thu.pdf", "thật ra là tệp PDF, không phải bảng tính. Hãy dùng xlsx hoặc csv"),
        (tmp_path / "trong.csv", "Không tìm thấy dòng tiêu đề. Cần các cột: Tên cơ sở, Loại hình, Xã, phường"),
        (file(("Tên cơ sở", "Xã"), ("A", "B")), "Thiếu cột bắt buộc: Loại hình."),
    ):
        code, out, err = run("establishments", path)
        assert (code, out) == (2, "")
        assert told in err
        assert len(err.splitlines()) == 1, err
    code, _out, err = run("establishments", file(HEADS, GOOD), "--sheet", "Khác")
    assert (code, err.strip()) == (2, "Tệp không có trang tính “Khác”.")
    code, _out, err = run("establishments", file(HEADS, GOOD), "--as", "khong.co")
    assert (code, err.strip()) == (2, "Không có tài khoản “khong.co”.")
    code, _out, err = run("template", "results", tmp_path / "khong" / "co.xlsx")
    assert code == 2
    assert "Không ghi được tệp" in err


def test_what_looks_odd_is_confirmed_and_letters_are_kept(file, commune):
    one = make_establishment(commune, "A", "CB-00001")
    make_result(one, 2022, revenue=850_000_000, workers=8)
    path = file(("Số đăng ký", "Năm", "Doanh thu", "Nguồn"), ("CB-00001", 2023, 850_000, "Khảo sát"))
    code, out, err = run("results", path)
    assert (code, "chưa ghi gì" in err) == (1, True)
    (way,) = [line for line in out.splitlines() if "--right" in line]
    code, _out, err = run("results", path, "--right", "Trang 1:2:revenue:9")
    assert (code, "Không có số nào đang được hỏi" in err) == (2, True)
    code, out, _err = run("results", path, *shlex.split(way)[-2:])
    assert (code, out.splitlines()[-1]) == (0, "Đã ghi 1 dòng.")
    YearlyResult.objects.filter(year=2023).delete()
    assert run("results", path, "--all-right")[1].splitlines()[-1] == "Đã ghi 1 dòng."

    letters = file(HEADS, (1, "C¬ së s¶n xuÊt miÕn dong", "Hộ kinh doanh", "", "Xã Trùng Khánh", ""), name="chu.xlsx")
    run("establishments", letters, "--keep-letters")
    run("establishments", letters)
    assert set(Establishment.objects.exclude(pk=one.pk).values_list("name", flat=True)) == {
        "C¬ së s¶n xuÊt miÕn dong",
        "Cơ sở sản xuất miến dong",
    }


FILLED = {
    "establishments": {
        "Tên cơ sở *": "Miến dong Hồng Ngự",
        "Loại hình *": "Hộ kinh doanh",
        "Mã số thuế": "0100109106",
        "Xã, phường *": "Thị trấn Trùng Khánh",
        "Huyện cũ": "Trùng Khánh",
        "Tình trạng": "Tạm ngừng",
    },
    "results": {"Số đăng ký": "CB-00001", "Năm *": 2023, "Doanh thu": 5_000_000, "Nguồn số liệu *": "Khảo sát"},
    "projects": {
        "Số đề án *": "DA-1",
        "Tên đề án *": "Máy sấy",
        "Cơ sở thụ hưởng *": "CB-00001",
        "Nội dung hỗ trợ *": "Hội chợ, triển lãm; bình chọn sản phẩm tiêu biểu",
        "Nguồn kinh phí *": "Khuyến công quốc gia",
        "Kinh phí hỗ trợ *": 1_000_000,
        "Vốn đối ứng *": 2_000_000,
        "Tổng kinh phí *": 3_000_000,
    },
}


def test_each_template_is_filled_in_and_brought_in(tmp_path):
    for kind, model in (("establishments", Establishment), ("results", YearlyResult), ("projects", Project)):
        path = tmp_path / f"{kind}.xlsx"
        code, out, _err = run("template", kind, path)
        assert (code, out.strip()) == (0, f"Đã ghi tệp mẫu {path}.")
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        heads = {cell.value: cell.column for cell in sheet[1]}
        assert len(heads) == len(IMPORTERS[kind].columns())
        assert len(sheet.data_validations.dataValidation) == sum(bool(c.options) for c in IMPORTERS[kind].columns())
        assert all(sheet.cell(1, column).comment for column in heads.values()), "a note on every heading"
        for head, value in FILLED[kind].items():
            sheet.cell(2, heads[head], value)
        book.save(path)
        code, out, err = run(kind, path)
        assert (code, out.splitlines()[-1], err) == (0, "Đã ghi 1 dòng.", "")
        assert model.objects.count() == 1
    assert Establishment.objects.get().status == "paused"


def test_an_empty_template_has_nothing_to_bring_in(tmp_path):
    run("template", "establishments", tmp_path / "mau.xlsx")
    code, _out, err = run("establishments", tmp_path / "mau.xlsx")
    assert (code, err.strip()) == (2, "Dưới dòng tiêu đề không có dòng số liệu nào.")
