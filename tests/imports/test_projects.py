"""Projects from a file."""

import pytest
from django.core.exceptions import PermissionDenied

from khuyencong.core import audit, clock
from khuyencong.core.models import AuditRecord
from khuyencong.projects.models import Project
from tests.factories.establishments import make_establishment
from tests.imports.conftest import Bringer, fates, stored, told

pytestmark = pytest.mark.django_db

HEADS = (
    "Số đề án",
    "Tên đề án",
    "Cơ sở thụ hưởng",
    "Nội dung hỗ trợ",
    "Nguồn kinh phí",
    "Năm nghiệm thu",
    "Kinh phí hỗ trợ",
    "Vốn đối ứng",
    "Tổng kinh phí",
)
MACHINERY = "Ứng dụng máy móc, thiết bị tiên tiến; chuyển giao công nghệ"
DRYER = ("DA-1", "Máy sấy miến dong", "CB-00001; 0100109106", MACHINERY, "Khuyến công địa phương", 2021,
         "150.000.000", 250000000, "400.000.000")  # fmt: skip


@pytest.fixture
def two(commune, other_commune):
    return [
        make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001"),
        make_establishment(other_commune, "Mộc Thục Phán", "CB-00002", tax_code="0100109106"),
    ]


def change(**changes):
    return tuple(changes.get(head, cell) for head, cell in zip(HEADS, DRYER, strict=True))


def test_a_project_with_its_establishments_and_records(brings, officer, two):
    counts = brings.bring("projects", HEADS, DRYER, change(**{"Số đề án": "DA-2", "Năm nghiệm thu": ""}))
    assert (counts["new"], counts["written"]) == (2, 2)
    first, second = Project.objects.order_by("code")
    assert set(first.establishments.all()) == set(two)
    assert (first.support_amount, first.counterpart, first.total_cost) == (150_000_000, 250_000_000, 400_000_000)
    assert (first.activity.code, first.fund, first.accepted_year, second.accepted_year) == (
        "machinery",
        "local",
        2021,
        None,
    )
    assert first.search == "da 1 may say mien dong"
    subjects = [entry.subject_type.split(".")[1] for entry in AuditRecord.objects.all()]
    assert subjects == ["importbatch", *["project", "establishment", "establishment"] * 2, "importbatch"]
    assert {entry.actor_id for entry in AuditRecord.objects.all()} == {officer.pk}
    assert audit.verify().broken is None


def test_the_same_file_twice_changes_nothing(brings, two):
    brings.bring("projects", HEADS, DRYER)
    before = stored()
    again = change(**{"Số đề án": "da-1", "Cơ sở thụ hưởng": "CB-00002;cb-00001"})
    assert fates(brings.plan("projects", HEADS, again)) == "u"
    assert brings.bring("projects", HEADS, again)["written"] == 0
    assert stored() == before


def test_a_change_is_told_and_made(brings, two):
    brings.bring("projects", HEADS, DRYER)
    changed = change(**{"Cơ sở thụ hưởng": "CB-00002", "Tổng kinh phí": 500_000_000, "Nguồn kinh phí": "national"})
    (planned,) = brings.plan("projects", HEADS, changed).rows
    assert planned.existing_label == "Máy sấy miến dong (DA-1)"
    assert planned.changes == [
        ("Cơ sở thụ hưởng", "CB-00001; CB-00002", "CB-00002"),
        ("Nguồn kinh phí", "Khuyến công địa phương", "Khuyến công quốc gia"),
        ("Tổng kinh phí", "400.000.000", "500.000.000"),
    ]
    brings.bring("projects", HEADS, changed)
    made = Project.objects.get()
    assert (set(made.establishments.all()), made.total_cost, made.fund) == ({two[1]}, 500_000_000, "national")
    last = AuditRecord.objects.exclude(object_type="reports.importbatch").order_by("-seq")[:3]
    assert {entry.subject_id for entry in last if entry.subject_type.endswith("establishment")} == {
        str(one.pk) for one in two
    }, "who left the project is told too"


WRONG = {
    "no number": ({"Số đề án": ""}, "Số đề án", "để trống"),
    "a long number": ({"Số đề án": "X" * 31}, "Số đề án", "nhiều nhất 30 ký tự"),
    "a long title": ({"Tên đề án": "X" * 301}, "Tên đề án", "nhiều nhất 300 ký tự"),
    "an unknown one": ({"Cơ sở thụ hưởng": "CB-00001; CB-9"}, "Cơ sở thụ hưởng", "“CB-9” không phải cơ sở đã có"),
    "no establishment": ({"Cơ sở thụ hưởng": " ; ,"}, "Cơ sở thụ hưởng", "ít nhất một cơ sở đã có"),
    "another content": ({"Nội dung hỗ trợ": "máy móc"}, "Nội dung hỗ trợ", f"gần giống: {MACHINERY}"),
    "another fund": ({"Nguồn kinh phí": "ODA"}, "Nguồn kinh phí", "Khuyến công quốc gia; Khuyến công địa phương"),
    "a year to come": ({"Năm nghiệm thu": clock.today().year + 1}, "Năm nghiệm thu", "năm đã đến"),
    "a year too early": ({"Năm nghiệm thu": 1950}, "Năm nghiệm thu", "năm đã đến"),
    "a total below its parts": ({"Tổng kinh phí": 399_999_999}, "Tổng kinh phí", "cần ít nhất bằng"),
    "no amount": ({"Vốn đối ứng": ""}, "Vốn đối ứng", "để trống"),
    "a negative amount": ({"Vốn đối ứng": -1_000_000}, "Vốn đối ứng", "không âm"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_cell_is_told(brings, two, case):
    changes, column, message = WRONG[case]
    ((row, told_column, _value, told_message),) = told(brings.plan("projects", HEADS, change(**changes)))
    assert (row, told_column) == (2, column)
    assert message in told_message


def test_a_number_that_comes_twice(brings, two):
    plan = brings.plan("projects", HEADS, DRYER, change(**{"Số đề án": "da-1"}))
    assert fates(plan) == "ne"
    assert told(plan) == [(3, "Số đề án", "da-1", "trùng với dòng 2 của cùng tệp")]


def test_a_tax_code_that_lost_its_zero_still_finds_its_establishment(system, two):
    system.bring("projects", HEADS, change(**{"Cơ sở thụ hưởng": 100109106}))
    assert set(Project.objects.get().establishments.all()) == {two[1]}


def test_a_commune_officer_brings_in_no_projects(tmp_path, commune_officer, two):
    mine = Bringer(tmp_path, "xlsx", commune_officer)
    for attempt in (mine.plan, mine.bring):
        with pytest.raises(PermissionDenied):
            attempt("projects", HEADS, change(**{"Cơ sở thụ hưởng": "CB-00001"}))
    assert not Project.objects.exists()
