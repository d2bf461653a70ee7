"""Yearly results from a file."""

import json

import pytest

from khuyencong.core import audit, clock
from khuyencong.core.models import AuditRecord
from khuyencong.establishments.models import YearlyResult
from khuyencong.imports import actions
from khuyencong.imports.models import ImportTouch
from tests.factories.establishments import make_establishment, make_result
from tests.imports.conftest import Bringer, fates, stored, told

pytestmark = pytest.mark.django_db

HEADS = ("Số đăng ký", "Năm", "Doanh thu (đồng)", "Lao động", "Lao động nữ", "Lợi nhuận", "Nguồn số liệu")
THIS_YEAR = clock.today().year


@pytest.fixture
def one(commune):
    return make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", founded=2015, tax_code="0100109106")


@pytest.fixture
def other(other_commune):
    return make_establishment(other_commune, "Mộc Thục Phán", "CB-00002")


def test_new_results_with_gaps_zeros_and_losses(brings, officer, one, other):
    counts = brings.bring(
        "results",
        HEADS,
        ("CB-00001", 2022, "850.000.000", 8, 5, "-5.000.000", "Khảo sát"),
        ("cb-00001", "2023", "", 0_000_000, "", "", "co quan thue"),
        ("CB-00002", 2023, 1250000, "", "", "", "estimate"),
    )
    assert (counts["new"], counts["written"]) == (3, 3)
    first, second, third = YearlyResult.objects.order_by("establishment", "year")
    assert (first.revenue, first.workers, first.women, first.profit, first.source) == (
        850_000_000,
        8,
        5,
        -5_000_000,
        "survey",
    )
    assert (second.revenue, second.workers, second.women, second.source) == (None, 0, None, "tax")
    assert (third.establishment, third.revenue, third.source) == (other, 1_250_000, "estimate")
    assert {entry.entered_by for entry in (first, second, third)} == {officer}
    staged = ImportTouch.objects.all()
    assert [entry.card for entry in staged] == [one.pk, one.pk, other.pk]
    assert json.loads(staged[1].now)["revenue"] is None
    assert audit.verify().broken is None


def test_the_same_file_twice_changes_nothing(brings, one):
    line = ("CB-00001", 2022, "850.000.000", 8, "", "", "Khảo sát")
    brings.bring("results", HEADS, line)
    before = stored()
    assert fates(brings.plan("results", HEADS, line)) == "u"
    assert brings.bring("results", HEADS, line)["written"] == 0
    assert stored() == before


def test_a_change_is_told_and_what_is_blank_stays(brings, officer, one):
    make_result(one, 2022, revenue=100_000_000, workers=8, women=3)
    line = ("CB-00001", 2022, 200_000_000, "", "", "", "Cơ quan thuế")
    (planned,) = brings.plan("results", HEADS, line).rows
    assert planned.label == "Miến dong Hồng Ngự, 2022"
    assert planned.changes == [
        ("Doanh thu", "100.000.000", "200.000.000"),
        ("Nguồn số liệu", "Khảo sát", "Cơ quan thuế"),
    ]
    brings.bring("results", HEADS, line)
    kept = YearlyResult.objects.get()
    assert (kept.revenue, kept.workers, kept.women, kept.source, kept.entered_by) == (200_000_000, 8, 3, "tax", officer)
    staged = ImportTouch.objects.get()
    assert (json.loads(staged.before)["revenue"], json.loads(staged.now)["revenue"]) == (100_000_000, 200_000_000)


WRONG = {
    "more women than workers": (
        ("CB-00001", 2022, "", 3, 5, "", "Khảo sát"),
        ["Lao động nữ", "5", "tổng số lao động (3)"],
    ),
    "a future year": (
        ("CB-00001", THIS_YEAR + 1, 1_000_000, "", "", "", "Khảo sát"),
        ["Năm", str(THIS_YEAR + 1), "năm đã đến"],
    ),
    "before founding": (
        ("CB-00001", 2014, 1_000_000, "", "", "", "Khảo sát"),
        ["Năm", "2014", "năm thành lập của cơ sở (2015)"],
    ),
    "no year": (("CB-00001", "", 1_000_000, "", "", "", "Khảo sát"), ["Năm", "", "để trống; cần năm của kết quả"]),
    "no source": (
        ("CB-00001", 2022, "", "", "", "", ""),
        ["Nguồn số liệu", "", "để trống; cần số liệu lấy từ đâu"],
    ),
    "another source": (
        ("CB-00001", 2022, "", "", "", "", "báo"),
        ["Nguồn số liệu", "báo", "Khảo sát; Cơ quan thuế"],
    ),
    "negative": (("CB-00001", 2022, -1_000_000, "", "", "", "Khảo sát"), ["Doanh thu (đồng)", "-1000000", "không âm"]),
    "text": (("CB-00001", 2022, "hơn 1 tỷ", "", "", "", "Khảo sát"), ["Doanh thu (đồng)", "hơn 1 tỷ", "số tiền"]),
    "unknown": (("CB-00009", 2022, 1_000_000, "", "", "", "Khảo sát"), ["Số đăng ký", "CB-00009", "cơ sở đã có"]),
    "nobody": (("", 2022, 1_000_000, "", "", "", "Khảo sát"), ["Số đăng ký", "", "cơ sở đã có"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_cell_is_told_and_stops_the_file(brings, one, case):
    line, (column, value, message) = WRONG[case]
    good = ("CB-00001", 2021, 1_000_000, "", "", "", "Khảo sát")
    ((row, told_column, told_value, told_message),) = told(brings.plan("results", HEADS, good, line))
    assert (row, told_column, told_value) == (3, column, value)
    assert message in told_message
    with pytest.raises(actions.HasErrors):
        brings.bring("results", HEADS, good, line)
    assert not YearlyResult.objects.exists()
    assert brings.bring("results", HEADS, good, line, only_good=True)["written"] == 1


def test_a_year_that_comes_twice_for_one_establishment(brings, one):
    line = ("CB-00001", 2022, 1_000_000, "", "", "", "Khảo sát")
    plan = brings.plan("results", HEADS, line, line)
    assert fates(plan) == "ne"
    assert told(plan) == [(3, "Năm", "2022", "trùng cơ sở và năm với dòng 2")]


def test_a_part_that_is_too_large_for_what_is_already_known(brings, one):
    """The file has no column for women; what the registry knows makes the new total impossible."""
    make_result(one, 2022, workers=8, women=5)
    plan = brings.plan("results", ("Số đăng ký", "Năm", "Lao động", "Nguồn"), ("CB-00001", 2022, 3, "Khảo sát"))
    assert told(plan) == [(2, "Lao động nữ", "", "cần nhiều nhất bằng tổng số lao động (3)")]


def test_the_establishment_by_tax_code_or_by_name_and_old_commune(brings, one, other):
    heads = ("Mã số thuế", "Tên cơ sở", "Xã", "Huyện", "Năm", "Doanh thu", "Nguồn")
    brings.bring(
        "results",
        heads,
        (100109106 if brings.ending == "xlsx" else "0100109106", "", "", "", 2021, 1_000_000, "Khảo sát"),
        ("", "mien dong hong ngu", "Thị trấn Trùng Khánh", "Trùng Khánh", 2022, 2_000_000, "Khảo sát"),
        ("", "Mộc Thục Phán", "Thục Phán", "", 2022, 3_000_000, "Khảo sát"),
    )
    assert list(YearlyResult.objects.order_by("revenue").values_list("establishment", "year")) == [
        (one.pk, 2021),
        (one.pk, 2022),
        (other.pk, 2022),
    ]


def test_two_of_one_name_are_told_apart_by_number_only(brings, one, commune):
    make_establishment(commune, "Miến dong Hồng Ngự", "CB-00003")
    heads = ("Tên cơ sở", "Xã", "Năm", "Doanh thu", "Nguồn")
    plan = brings.plan("results", heads, ("Miến dong Hồng Ngự", "Xã Trùng Khánh", 2022, 1_000_000, "Khảo sát"))
    assert told(plan) == [
        (2, "Tên cơ sở", "Miến dong Hồng Ngự", "có 2 cơ sở cùng tên ở xã này; cần số đăng ký"),
    ]


def test_a_commune_officer_brings_in_results_of_the_own_commune_only(tmp_path, commune_officer, one, other):
    mine = Bringer(tmp_path, "xlsx", commune_officer)
    lines = [(code, 2022, 1_000_000, "", "", "", "Khảo sát") for code in ("CB-00001", "CB-00002")]
    plan = mine.plan("results", HEADS, *lines)
    assert fates(plan) == "ne"
    assert told(plan)[0][3] == "cơ sở này thuộc Phường Thục Phán, ngoài phạm vi của bạn"
    mine.bring("results", HEADS, *lines, only_good=True)
    assert YearlyResult.objects.get().establishment == one


def test_many_rows_go_in_pieces_and_all_arrive(system, commune):
    """More rows than one piece of the writing holds."""
    made = [make_establishment(commune, f"Cơ sở {n}", f"CB-{n:05d}") for n in range(1, 171)]
    lines = [(one.code, year, 1_000_000 + year, "", "", "", "Khảo sát") for one in made for year in range(2018, 2024)]
    assert system.bring("results", HEADS, *lines)["written"] == 1020
    assert YearlyResult.objects.count() == ImportTouch.objects.count() == 1020
    changed = [(*line[:2], line[2] + 1, *line[3:]) for line in lines]
    assert fates(system.plan("results", HEADS, *changed)) == "c" * 1020
    system.bring("results", HEADS, *changed)
    assert set(YearlyResult.objects.filter(year=2020).values_list("revenue", flat=True)) == {1_002_021}
    assert AuditRecord.objects.filter(action="import").count() == 2, "one of each file"
    assert audit.verify().broken is None
