"""A batch is staged and switched: what is kept of the registry follows in bulk, and others may write meanwhile."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from khuyencong.core import audit
from khuyencong.establishments.listing import registry_list
from khuyencong.establishments.models import Establishment, EstablishmentStanding, YearlyResult
from khuyencong.establishments.standings import laying, search_index
from khuyencong.establishments.standings.models import Unsearched
from khuyencong.imports import actions
from khuyencong.imports.batches.actions import confirm_batch
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project
from tests.factories.sheets import csv_file

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


def test_it_is_planned_again_when_somebody_wrote_meanwhile(officer, commune):
    one = make_establishment(commune, "Miến dong", "CB-00001")

    def elsewhere():
        other = make_establishment(commune, "Chè", "CB-00007")
        with audit.writing(officer):
            audit.record([audit.Change("create", other, None, audit.snapshot(other))])

    batch, counts = confirmed(
        officer, "results", RESULTS, ("CB-00001", 2022, 900_000_000, 5, "Thuế"), meanwhile=elsewhere
    )
    assert (counts["written"], batch.state) == (1, batch.State.DONE)
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
