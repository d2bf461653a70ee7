"""A batch is staged and switched: what is kept of the registry follows in bulk, and others may write meanwhile."""

import contextlib

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import audit, clock
from khuyencong.core.tables.planning import Fate, Planned
from khuyencong.core.tables.staging import Staged
from khuyencong.establishments.importing import actions as actions_of
from khuyencong.establishments.importing.actions import RegistrySwitch
from khuyencong.establishments.listing import registry_list
from khuyencong.establishments.models import Establishment, EstablishmentStanding, YearlyResult
from khuyencong.establishments.standings import laying, search_index
from khuyencong.establishments.standings.models import Unsearched
from khuyencong.imports import actions, background
from khuyencong.imports.batches import actions as batches
from khuyencong.imports.batches.actions import confirm_batch
from khuyencong.imports.models import ImportBatch
from tests.examples import examples
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project
from tests.factories.sheets import csv_file
from tests.projects.steps.test_races import all_at_once

pytestmark = pytest.mark.django_db

CARDS = ("Số đăng ký", "Tên cơ sở", "Loại hình", "Xã, phường", "Lao động", "Tình trạng", "Vĩ độ", "Kinh độ")
RESULTS = ("Số đăng ký", "Năm", "Doanh thu (đồng)", "Lao động", "Nguồn số liệu")


def received(user, kind, *lines):
    """A file that waits to be confirmed, and the fingerprint of its plan."""
    batch = actions.receive(user, kind, ContentFile(csv_file(*lines), "so.csv"))
    return batch, actions.plan_file(kind, actions.path_of(batch), user, batch.file_name).fingerprint()


def confirmed(user, kind, *lines, meanwhile=lambda: None):
    """Bring a file in; ``meanwhile`` happens once, while it is staged."""
    batch, seen = received(user, kind, *lines)
    left = [meanwhile]

    def progress(share, words):
        if words == "Đang chuẩn bị" and left:
            left.pop()()

    try:
        return batch, confirm_batch(batch, user, actions.Choice(), progress, seen)
    finally:
        batch.refresh_from_db()


def found(user, words):
    return {one.code for one in registry_list(user).found({"q": words})}


def in_order():
    """Everything kept is what it would be if worked out anew, and every trigger is back."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {search_index.TABLE}({search_index.TABLE}, rank) VALUES ('integrity-check', 1)"
            )
    return laying.differences() == {} and laying.in_place() and not Unsearched.objects.exists()


def test_what_is_kept_follows_an_import_in_bulk(officer, commune, other_commune):
    moved = make_establishment(commune, "Miến dong", "CB-00001")
    ran = make_establishment(commune, "Chè xanh", "CB-00002")
    make_project(ran, year=2021)
    for one, year in ((moved, 2020), (moved, 2022), (ran, 2020), (ran, 2022)):
        make_result(one, year, revenue=year * 400_000, workers=8)
    confirmed(officer, "results", RESULTS,
              ("CB-00001", 2022, 900_000_000, "", "Thuế"), ("CB-00001", 2023, 950_000_000, 9, "Thuế"),
              ("CB-00002", 2019, 800_000_000, 7, "Thuế"))  # fmt: skip
    assert in_order()
    assert [one.revenue for one in EstablishmentStanding.objects.order_by("pk")] == [950_000_000, 808_800_000]
    confirmed(officer, "establishments", CARDS,
              ("CB-00001", "Miến đỏ", "Hộ kinh doanh", other_commune.name, 4, "Đã ngừng hoạt động", 22.8, 106.2),
              ("CB-00002", "Chè xanh", "Hộ kinh doanh", commune.name, 12, "", "", ""),
              ("", "Mộc Bản Mẫu", "Hộ kinh doanh", commune.name, 5, "", "", ""))  # fmt: skip
    assert in_order()
    told = EstablishmentStanding.objects.order_by("pk").values_list("commune", "active", "no_place", "own_workers")
    assert list(told) == [
        (other_commune.pk, False, False, 4),
        (commune.pk, True, True, 12),
        (commune.pk, True, True, 5),
    ]
    assert (found(officer, "mien do"), found(officer, "mien dong")) == ({"CB-00001"}, set())
    Establishment.objects.get(name="Mộc Bản Mẫu").delete()
    YearlyResult.objects.filter(year=2023).delete()
    assert in_order(), "the triggers work again"


def test_what_the_search_does_not_know_yet_is_found_and_may_change(officer, commune):
    """As between the switch and the end of the import, or after a kill there."""
    first, second, third = (make_establishment(commune, f"Miến dong {n}", f"M{n}") for n in range(3))
    if connection.vendor == "sqlite":
        for one in (first, second):
            Unsearched.objects.create(
                establishment=one, known=True, search=one.search, contact_search=one.contact_search
            )
    for one in (first, third):
        one.name = "Mộc Bản Mẫu"
        one.fold()
        one.save()
    assert found(officer, "ban mau") == {"M0", "M2"}
    assert registry_list(officer).show({"q": "ban mau"}).page.total.n == 2
    second.delete()
    laying.gather()
    assert in_order()
    assert (found(officer, "ban mau"), found(officer, "mien")) == ({"M0", "M2"}, set())


def written(user, one):
    with audit.writing(user):
        audit.record([audit.Change("create", one, None, audit.snapshot(one))])


@pytest.mark.parametrize(("own", "plans"), [(False, 1), (True, 2)])
def test_it_is_planned_again_only_for_what_the_file_names(officer, commune, monkeypatch, own, plans):
    one = make_establishment(commune, "Miến dong", "CB-00001")
    planned, decided = [], batches.decided
    monkeypatch.setattr(batches, "decided", lambda *given: planned.append(1) or decided(*given))
    batch, counts = confirmed(officer, "results", RESULTS, ("CB-00001", 2022, 900_000_000, 5, "Thuế"),
        meanwhile=lambda: written(officer, one if own else make_establishment(commune, "Chè", "CB-00007")))  # fmt: skip
    assert (counts["written"], batch.state, len(planned)) == (1, batch.State.DONE, plans)
    assert [touch.key for touch in batch.touches.all()] == [one.results.get().pk]
    assert in_order()


def test_a_plan_refused_because_of_what_came_meanwhile_leaves_nothing_staged(officer, commune):
    one = make_establishment(commune, "Miến dong", "CB-00001")

    def the_same():
        result = make_result(one, 2022, revenue=1)
        with audit.writing(officer):
            audit.record([audit.Change("create", result, None, audit.snapshot(result))])

    line = ("CB-00001", 2022, 900_000_000, 5, "Thuế")
    batch, seen = received(officer, "results", RESULTS, line)
    with pytest.raises(actions.PlanChanged):
        confirm_batch(
            batch, officer, actions.Choice(), lambda share, words: words == "Đang chuẩn bị" and the_same(), seen
        )
    batch.refresh_from_db()
    assert (batch.state, batch.touches.count(), one.results.get().revenue) == (batch.State.PLANNED, 0, 1)


def test_a_project_written_meanwhile_is_seen_in_what_is_kept(officer, commune, other_commune):
    one = make_establishment(commune, "Miến dong", "CB-00001")
    make_result(one, 2022, revenue=7, workers=3)
    confirmed(officer, "establishments", CARDS,
              ("CB-00001", "Miến dong", "Hộ kinh doanh", other_commune.name, 4, "", "", ""),
              meanwhile=lambda: make_project(one, year=2021))  # fmt: skip
    assert EstablishmentStanding.objects.get().first_supported == 2021
    assert in_order()


def test_a_later_try_overtakes_an_earlier_one_and_only_one_is_written(officer, commune):
    make_establishment(commune, "Miến dong", "CB-00001")
    batch, seen = received(officer, "results", RESULTS, ("CB-00001", 2022, 900_000_000, 5, "Thuế"))
    quiet = lambda share, words: None  # noqa: E731 shorter than a function
    left = [lambda: confirm_batch(batch, officer, actions.Choice(), quiet, seen)]

    def overtaken(share, words):
        if words == "Đang chuẩn bị" and left:
            assert left.pop()()["written"] == 1

    with pytest.raises(batches.ConfirmedElsewhere) as refused:
        confirm_batch(batch, officer, actions.Choice(), overtaken, seen)
    assert "ở nơi khác" in background.why_not(refused.value)
    assert (batch.touches.count(), YearlyResult.objects.count()) == (1, 1)
    assert in_order()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share the one database of a test on SQLite")
def test_two_who_confirm_one_batch_at_once(officer, commune):
    make_establishment(commune, "Miến dong", "CB-00001")
    lines = [("CB-00001", year, 900_000_000, 5, "Thuế") for year in range(2016, 2024)]
    batch, seen = received(officer, "results", RESULTS, *lines)

    def confirm():
        mine = ImportBatch.objects.get(pk=batch.pk)
        return confirm_batch(mine, officer, actions.Choice(), lambda share, words: None, seen)

    through, refused = sorted(all_at_once(confirm, confirm), key=lambda one: isinstance(one, Exception))
    assert (through["written"], type(refused)) == (8, batches.ConfirmedElsewhere)
    assert (batch.touches.count(), YearlyResult.objects.count()) == (8, 8)
    assert in_order()


_ROW = st.tuples(
    st.integers(0, 3),
    st.sampled_from(["Miến dong", "Chè"]),
    st.booleans(),
    st.sampled_from(["", "Đã ngừng hoạt động"]),
    st.integers(2020, 2023),
    st.none() | st.integers(10**8, 10**9),
    st.integers(1, 9),
)


@settings(max_examples=examples(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ROW, max_size=4, unique_by=lambda row: row[0]))
def test_whatever_is_brought_in_bulk_is_kept_as_row_by_row(officer, commune, other_commune, rows):
    with contextlib.suppress(_Undone), transaction.atomic():
        known = [make_establishment(commune, f"Cơ sở {n}", f"CB-0000{n}") for n in range(3)]
        make_project(known[0], year=2021)
        for one in known[:2]:
            make_result(one, 2021, revenue=500_000_000, workers=5)
        places = (commune, other_commune)
        staged = actions_of.stage_establishments(
            [_planned(n, known, name=f"{name} {n}", commune=places[moves], status="closed" if closed else "active")
             for n, name, moves, closed, *_result in rows], officer)  # fmt: skip
        results = [
            YearlyResult(establishment=known[n], year=year, revenue=revenue, workers=workers, source="tax",
                         entered_at=clock.now(), pk=1000 + n)
            for n, *_card, year, revenue, workers in rows if n < 3 and (n == 2 or year != 2021)
        ]  # fmt: skip
        switch = RegistrySwitch([*staged, *(Staged(one, None, one.establishment) for one in results)])
        with audit.writing(officer):
            switch.make(lambda share, words: None, "")
            audit.record(audit.Change("import", one.obj, one.before, audit.snapshot(one.obj)) for one in switch.staged)
        switch.follow()
        assert in_order()
        raise _Undone


class _Undone(Exception):
    pass


def _planned(n, known, **values):
    fate = Fate.CHANGED if n < len(known) else Fate.NEW
    return Planned(None, fate, "", existing=known[n].pk if n < len(known) else None,
                   values={"legal_form": "household", **values})  # fmt: skip
