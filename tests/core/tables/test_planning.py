"""Before anything is written: what an import would do, told and counted."""

import pytest

from khuyencong.core.tables import cells
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.planning import Decision, Fate, Plan, Planned, differences
from khuyencong.core.tables.reading import Row, Table

pytestmark = pytest.mark.database_free


def plan(*fates, **more):
    table = Table("so.xlsx", "Trang 1", [], {}, [])
    return Plan(table, [Planned(Row(n, {}, {}, []), fate, f"Dòng {n}", **more) for n, fate in enumerate(fates, 2)])


def test_every_fate_is_counted_even_when_there_is_none():
    assert plan(Fate.NEW, Fate.NEW, Fate.ERROR).counts() == {
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "duplicate": 0,
        "error": 1,
    }


def test_only_new_and_changed_rows_are_written():
    made = plan(*Fate)
    assert [planned.fate for planned in made.to_write({}, Decision.SKIP)] == [Fate.NEW, Fate.CHANGED]


@pytest.mark.parametrize(
    ("decision", "fate", "existing"), [(Decision.UPDATE, Fate.CHANGED, 7), (Decision.CREATE, Fate.NEW, None)]
)
def test_a_possible_duplicate_follows_the_decision(decision, fate, existing):
    (written,) = plan(Fate.DUPLICATE, existing=7).to_write({}, decision)
    assert (written.fate, written.existing) == (fate, existing)


def test_a_row_follows_its_own_decision_before_that_of_all():
    made = plan(Fate.DUPLICATE, Fate.DUPLICATE, existing=7)
    assert [planned.row.number for planned in made.to_write({2: Decision.SKIP}, Decision.UPDATE)] == [3]


def test_the_same_tax_code_can_never_become_a_second_record():
    assert not plan(Fate.DUPLICATE, existing=7, may_create=False).to_write({}, Decision.CREATE)


def test_the_fingerprint_follows_what_would_happen():
    before = plan(Fate.CHANGED, existing=7, changes=[("Tên", "a", "b")])
    assert before.fingerprint() == plan(Fate.CHANGED, existing=7, changes=[("Tên", "a", "b")]).fingerprint()
    for other in (
        plan(Fate.NEW),
        plan(Fate.CHANGED, existing=8, changes=[("Tên", "a", "b")]),
        plan(Fate.CHANGED, existing=7, changes=[("Tên", "c", "b")]),
        plan(Fate.CHANGED, Fate.NEW, existing=7, changes=[("Tên", "a", "b")]),
    ):
        assert other.fingerprint() != before.fingerprint()


def test_a_blank_cell_is_no_difference_and_zero_is_one():
    columns = [Column("revenue", "Doanh thu"), Column("form", "Loại hình", options={"a": "Hợp tác xã"})]
    before = {"revenue": None, "form": "b"}
    assert differences(columns, before, {}) == []
    assert differences(columns, before, {"revenue": 0}) == [("Doanh thu", "", "0")]
    assert differences(columns, before, {"form": "a"}) == [("Loại hình", "b", "Hợp tác xã")]
    assert differences(columns, {"revenue": 0}, {"revenue": 0}) == []


def test_a_number_is_told_as_it_is_written_here_and_a_year_is_no_number():
    columns = [Column("capital", "Vốn", cells.count), Column("founded", "Năm", cells.year)]
    assert differences(columns, {"capital": 7, "founded": 2001}, {"capital": 1_250_000, "founded": 2015}) == [
        ("Vốn", "7", "1.250.000"),
        ("Năm", "2001", "2015"),
    ]
