"""Rows that may be an establishment already there: shown, decided by a person, never silently merged."""

import pytest

from khuyencong.core.tables.planning import Decision
from khuyencong.establishments.models import Establishment
from tests.factories.establishments import make_establishment
from tests.imports.conftest import fates, stored, told

pytestmark = pytest.mark.django_db

HEADS = ("Số đăng ký", "Tên cơ sở", "Loại hình", "Mã số thuế", "Xã, phường", "Lao động")
TAX, OTHER_TAX = "0100109106", "4600100003"


def line(code="", name="Miến dong Hồng Ngự", form="Hộ kinh doanh", tax="", commune="Xã Trùng Khánh", workers=""):
    return (code, name, form, tax, commune, workers)


@pytest.fixture
def one(commune):
    return make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", workers=1, tax_code=TAX)


SAME_NAME = line(name="MIEN DONG, HONG NGU", workers=5)
SAME_TAX = line(name="Hộ bà Đào", tax=TAX, workers=5)


@pytest.mark.parametrize("row", [SAME_NAME, SAME_TAX, line(code="CB-00777", tax=TAX, workers=5)])
def test_the_same_name_in_the_same_commune_or_the_same_tax_code_is_shown(brings, one, row):
    (planned,) = brings.plan("establishments", HEADS, row).rows
    assert planned.fate == "duplicate"
    assert planned.existing_label == "Miến dong Hồng Ngự, Xã Trùng Khánh (CB-00001)"
    assert ("Lao động", "1", "5") in planned.changes
    before = stored()
    assert brings.bring("establishments", HEADS, row)["written"] == 0, "nobody decided: nothing is merged or added"
    assert stored() == before


def test_the_same_tax_code_and_name_is_the_same_establishment(brings, one):
    (planned,) = brings.plan("establishments", HEADS, line(tax=TAX, workers=5)).rows
    assert (planned.fate, planned.existing) == ("changed", one.pk)


def test_the_same_name_in_another_commune_is_another(brings, one):
    assert fates(brings.plan("establishments", HEADS, line(commune="Phường Thục Phán"))) == "n"


def test_updating_keeps_the_number(brings, one):
    brings.bring("establishments", HEADS, SAME_NAME, default=Decision.UPDATE)
    changed = Establishment.objects.get()
    assert (changed.code, changed.name, changed.workers, changed.tax_code) == (
        "CB-00001",
        "MIEN DONG, HONG NGU",
        5,
        TAX,
    )


def test_another_of_the_same_name_gets_a_number_of_its_own(brings, one):
    brings.bring("establishments", HEADS, SAME_NAME, default=Decision.CREATE)
    assert sorted(Establishment.objects.values_list("code", "workers")) == [("CB-00001", 1), ("CB-00002", 5)]


def test_a_tax_code_is_never_held_twice_whatever_is_decided(brings, one):
    (planned,) = brings.plan("establishments", HEADS, SAME_TAX).rows
    assert not planned.may_create
    assert brings.bring("establishments", HEADS, SAME_TAX, default=Decision.CREATE)["written"] == 0
    assert Establishment.objects.count() == 1


def test_a_new_number_for_the_same_tax_code_is_shown_as_a_change(brings, one):
    row = line(code="CB-00777", tax=TAX)
    (planned,) = brings.plan("establishments", HEADS, row).rows
    assert planned.changes == [("Số đăng ký", "CB-00001", "CB-00777")]
    brings.bring("establishments", HEADS, row, default=Decision.UPDATE)
    assert Establishment.objects.get().code == "CB-00777"


def test_each_row_can_be_decided_on_its_own(brings, one, commune):
    make_establishment(commune, "Lò rèn Phúc Sen", "CB-00002", workers=2)
    rows = (line(workers=5), line(name="Lò rèn Phúc Sen", workers=6))
    assert fates(brings.plan("establishments", HEADS, *rows)) == "dd"
    brings.bring("establishments", HEADS, *rows, decisions={2: Decision.UPDATE})
    assert sorted(Establishment.objects.values_list("code", "workers")) == [("CB-00001", 5), ("CB-00002", 2)]


def test_a_tax_code_of_another_is_refused_with_its_holder(brings, one, commune):
    make_establishment(commune, "Lò rèn Phúc Sen", "CB-00002")
    plan = brings.plan("establishments", HEADS, line(code="CB-00002", name="Lò rèn Phúc Sen", tax=TAX))
    assert told(plan) == [(2, "Mã số thuế", TAX, "mã số thuế này đã thuộc về “Miến dong Hồng Ngự” (CB-00001)")]


IN_ONE_FILE = {
    "the same register number": ([line("CB-00009", "A"), line("cb-00009", "B")], "ne", "Số đăng ký"),
    "the same tax code": ([line(name="A", tax=TAX), line(name="B", tax="0100 109 106")], "ne", "Mã số thuế"),
    "the same name and commune": ([line(), line(name="mien dong HONG NGU")], "ne", "Tên cơ sở"),
    "one of them with a tax code": ([line(tax=TAX), line()], "ne", "Tên cơ sở"),
    "the later one with a tax code": ([line(), line(tax=TAX)], "ne", "Tên cơ sở"),
    "told apart by their tax codes": ([line(tax=TAX), line(tax=OTHER_TAX)], "nn", None),
    "told apart by their communes": ([line(), line(commune="Phường Thục Phán")], "nn", None),
}


@pytest.mark.parametrize("case", IN_ONE_FILE)
def test_rows_of_one_file_that_mean_the_same(brings, case):
    rows, expected, column = IN_ONE_FILE[case]
    plan = brings.plan("establishments", HEADS, *rows)
    assert fates(plan) == expected
    if column:
        ((row, told_column, _value, message),) = told(plan)
        assert (row, told_column, message) == (3, column, "trùng với dòng 2 của cùng tệp")


def test_rows_that_reach_the_same_establishment_by_different_ways(brings, one):
    plan = brings.plan("establishments", HEADS, line(code="CB-00001", name="Tên mới"), SAME_TAX)
    assert fates(plan) == "ce"
    assert told(plan) == [(3, "Tên cơ sở", "Hộ bà Đào", "trùng với dòng 2 của cùng tệp")]


def test_given_and_counted_numbers_never_meet(brings):
    rows = [line(name="A"), line(code="CB-00001", name="B"), line(name="C"), line(code="CB-00003", name="D")]
    assert brings.bring("establishments", HEADS, *rows)["written"] == 4
    codes = dict(Establishment.objects.values_list("name", "code"))
    assert codes == {"A": "CB-00002", "B": "CB-00001", "C": "CB-00004", "D": "CB-00003"}
