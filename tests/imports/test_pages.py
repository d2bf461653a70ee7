"""Bringing in a file in the browser: choose, look, confirm."""

import hashlib
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditRecord
from khuyencong.establishments import actions as establishments
from khuyencong.establishments.models import Establishment
from khuyencong.imports import actions
from khuyencong.imports.batches import actions as batches
from khuyencong.imports.models import ImportBatch
from tests.factories.establishments import make_establishment
from tests.factories.imports import make_batch
from tests.factories.sheets import as_dicts, csv_file, read, xlsx
from tests.imports.conftest import stored

pytestmark = pytest.mark.django_db

HEADS = ("Tên cơ sở", "Loại hình", "Mã số thuế", "Xã", "Lao động")
GOOD = ("Miến dong Hồng Ngự", "Hộ kinh doanh", "", "Thị trấn Trùng Khánh", 8)
BAD = ("Lò rèn <b>", "Công ty", "", "Xã Trùng Khánh", "tám")


def upload(client, content, name="cơ sở.xlsx", kind="establishments"):
    return client.post("/import/", {"kind": kind, "file": SimpleUploadedFile(name, content)})


def preview(client, *lines):
    """The address of the preview of a new file, and the page."""
    response = upload(client, xlsx(*lines))
    assert response.status_code == 302, response.context["form"].errors
    return response.url, client.get(response.url)


def confirm(client, address, page, **choice):
    return client.post(address, {"seen": page.context["seen"]} | choice, follow=True)


def answers(page, **changed):
    """What the step that asks about columns sends when what may be is taken, but for ``changed`` (heading -> key)."""
    return {f"heading-{one.position}": changed.get(one.name, one.key) for one, _key, _may in page.context["rows"]}


def text(response):
    return " ".join(response.content.decode().split())


def test_choose_look_confirm(officer, officer_client):
    before = stored()
    address, page = preview(officer_client, HEADS, GOOD)
    assert page.context["counts"]["new"] == 1
    assert "Miến dong Hồng Ngự" in text(page)
    assert stored()[:-1] == before[:-1], "looking writes nothing of the programme"
    done = confirm(officer_client, address, page)
    assert "Đã ghi 1 dòng." in text(done)
    assert Establishment.objects.get().workers == 8
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.owner, batch.file_name) == ("done", officer, "cơ sở.xlsx")
    assert batch.outcome == {"new": 1, "changed": 0, "unchanged": 0, "duplicate": 0, "error": 0, "written": 1}
    assert batch.sha256 == hashlib.sha256(batch.file.read()).hexdigest()
    trail = [(entry.action, entry.object_type) for entry in AuditRecord.objects.order_by("seq")]
    assert trail == [
        ("create", "reports.importbatch"),
        ("import", "reports.importbatch"),
    ]


def test_confirming_twice_does_nothing_the_second_time(officer, officer_client):
    address, page = preview(officer_client, HEADS, GOOD)
    confirm(officer_client, address, page)
    before = stored()
    assert "Đã ghi 1 dòng." in text(confirm(officer_client, address, page))
    batch = ImportBatch.objects.get()
    with pytest.raises(actions.PlanChanged):
        batches.confirm_batch(batch, officer, actions.Choice(), lambda share, words: None, page.context["seen"])
    assert stored() == before


def test_the_same_file_again_has_nothing_to_write(officer_client):
    confirm(officer_client, *preview(officer_client, HEADS, GOOD))
    before = stored()[:-1]
    _address, page = preview(officer_client, HEADS, GOOD)
    assert page.context["counts"]["unchanged"] == 1
    assert "Không có gì để ghi" in text(page)
    assert "Xác nhận nhập" not in text(page)
    assert stored()[:-1] == before


def test_what_changed_in_between_is_looked_at_again(officer, officer_client, commune):
    one = make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", tax_code="0100109106", workers=1)
    address, page = preview(officer_client, HEADS, (GOOD[0], GOOD[1], "0100109106", GOOD[3], 8))
    assert "Lao động: 1 → 8" in text(page)
    establishments.change_establishment(officer, one.pk, {"workers": 5, "commune": commune}, version_of(one))
    again = confirm(officer_client, address, page)
    assert "đã thay đổi từ lúc bạn xem trước. Chưa có gì được ghi" in text(again)
    assert "Lao động: 5 → 8" in text(again)
    assert Establishment.objects.get().workers == 5
    assert "Đã ghi 1 dòng." in text(confirm(officer_client, address, again))
    assert Establishment.objects.get().workers == 8


def test_a_page_left_open_does_not_confirm_what_another_page_showed(officer, officer_client, commune):
    one = make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", tax_code="0100109106", workers=1)
    address, left_open = preview(officer_client, HEADS, (GOOD[0], GOOD[1], "0100109106", GOOD[3], 8))
    establishments.change_establishment(officer, one.pk, {"workers": 5, "commune": commune}, version_of(one))
    officer_client.get(address)
    confirm(officer_client, address, left_open)
    assert Establishment.objects.get().workers == 5
    officer_client.post(address, {})
    assert Establishment.objects.get().workers == 5, "without having seen anything, nothing is confirmed"


def test_errors_are_shown_by_cell_and_the_good_rows_can_be_taken(officer_client):
    address, page = preview(officer_client, ("DANH SÁCH",), HEADS, GOOD, BAD)
    row = text(page).split("<tbody>")[1]
    for cell in ('<td class="num">4</td>', "<td>Loại hình</td>", "<td>Công ty</td>", "cần một trong: Doanh nghiệp;"):
        assert cell in row, cell
    refused = confirm(officer_client, address, page)
    assert "Còn dòng lỗi" in text(refused)
    assert not Establishment.objects.exists()
    done = confirm(officer_client, address, page, only_good="yes")
    assert "Đã ghi 1 dòng." in text(done)
    assert "1 dòng lỗi không nhập" in text(done)
    workbook = officer_client.get(f"{address}refused/")
    (bad,) = as_dicts(workbook.content)
    assert (bad["Tên cơ sở"], bad["Loại hình"], bad["Dòng trong tệp gốc"]) == ("Lò rèn <b>", "Công ty", 4)
    assert "cần một số nguyên" in bad["Lý do"]
    name = quote("dong-loi-cơ sở.xlsx")
    assert workbook["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_what_stands_in_the_file_is_never_run(officer_client, commune):
    make_establishment(commune, "<script>alert(1)</script>", "CB-00001")
    evil = [f"<script>alert({number})</script>" for number in range(1, 5)]
    lines = [
        (*HEADS, evil[1]),
        (evil[0], "Hộ kinh doanh", "", "Xã Trùng Khánh", 9, evil[0]),
        (evil[2], evil[3], "", "Xã Trùng Khánh", 1, ""),
    ]
    address = upload(officer_client, xlsx(*lines)).url
    asked = officer_client.get(address, follow=True)
    assert "<script>alert" not in asked.content.decode()
    page = officer_client.post(f"{address}columns/", answers(asked), follow=True)
    assert page.context["counts"] == {"new": 0, "changed": 0, "unchanged": 0, "duplicate": 1, "error": 1}
    assert "<script>alert" not in page.content.decode()


def test_a_column_that_is_not_known_is_chosen_by_the_person_and_never_for_them(officer_client, commune):
    lines = [("Tên DN", "Loại hình", "Xã", "Doanh số ước"), ("Mộc A", "Hộ kinh doanh", "Xã Trùng Khánh", 120)]
    address = upload(officer_client, xlsx(*lines)).url
    asked = officer_client.get(address, follow=True)
    assert {one.name: key for one, key, _may in asked.context["rows"]}["Doanh số ước"] is None
    untouched = {f"heading-{one.position}": key for one, key, _may in asked.context["rows"] if key is not None}
    again = officer_client.post(f"{address}columns/", untouched)
    assert "Hãy chọn cho cột: Doanh số ước." in text(again)
    left = dict.fromkeys(answers(asked), "") | untouched
    page = officer_client.post(f"{address}columns/", left, follow=True)
    assert page.context["counts"]["new"] == 1


def test_possible_duplicates_are_decided_one_by_one_or_all(officer_client, commune):
    make_establishment(commune, "A", "CB-00001", workers=1)
    make_establishment(commune, "B", "CB-00002", workers=2)
    make_establishment(commune, "C", "CB-00003", tax_code="0100109106")
    lines = [
        ("A", "Hộ kinh doanh", "", "Xã Trùng Khánh", 11),
        ("B", "Hộ kinh doanh", "", "Xã Trùng Khánh", 12),
        ("Tên khác", "Hộ kinh doanh", "0100109106", "Xã Trùng Khánh", 13),
    ]
    address, page = preview(officer_client, HEADS, *lines)
    assert "A, Xã Trùng Khánh (CB-00001)" in text(page)
    assert text(page).count('<option value="create">tạo mới</option>') == 2, "not for the same tax code"
    choice = {"duplicates": "skip", "row-2": "update", "row-3": "create", "row-4": "create", "row-99": "nonsense"}
    assert "Đã ghi 2 dòng." in text(confirm(officer_client, address, page, **choice))
    assert sorted(Establishment.objects.values_list("code", "workers")) == [
        ("CB-00001", 11),
        ("CB-00002", 2),
        ("CB-00003", None),
        ("CB-00004", 12),
    ]


def test_a_decision_reaches_its_row_far_down_in_the_file(officer_client, commune):
    make_establishment(commune, "A", "CB-00001", workers=1)
    blank = [()] * 1200
    address, page = preview(officer_client, HEADS, *blank, ("A", "Hộ kinh doanh", "", "Xã Trùng Khánh", 11))
    assert 'name="row-1202"' in text(page)
    confirm(officer_client, address, page, **{"row-1202": "update"})
    assert Establishment.objects.get().workers == 11


def test_an_odd_answer_is_the_careful_one(officer_client, commune):
    make_establishment(commune, "A", "CB-00001", workers=1)
    address, page = preview(officer_client, HEADS, ("A", "Hộ kinh doanh", "", "Xã Trùng Khánh", 11))
    confirm(officer_client, address, page, duplicates="xoá hết", **{"row-2": "gộp"})
    assert Establishment.objects.get().workers == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("so.pdf", b"%PDF-1.7", "không phải bảng tính"),
        ("so.xlsx", b"PK\x03\x04 hong", "tệp hỏng hoặc không đúng loại"),
        ("so.xlsx", b"", "không có nội dung"),
    ],
)
def test_a_wrong_kind_of_file_is_refused_at_the_door(officer_client, name, content, told):
    response = upload(officer_client, content, name)
    assert response.status_code == 200
    assert told in " ".join(response.context["form"].errors["file"])
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("so.csv", b"a;b\n1;2\n", "Không tìm thấy dòng tiêu đề"),
        ("so.csv", csv_file(HEADS), "không có dòng số liệu nào"),
        ("so.xlsx", xlsx(("Tên cơ sở", "Xã"), ("A", "B")), "Thiếu cột bắt buộc: Loại hình."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_offers_the_template(officer_client, name, content, told):
    address = upload(officer_client, content, name).url
    for response in (
        officer_client.get(address, follow=True),
        officer_client.post(address, {"seen": "x"}, follow=True),
    ):
        assert told in text(response)
        assert "/import/template/establishments/" in text(response)
    assert officer_client.get(f"{address}refused/").url == address


def test_a_csv_file_of_an_old_program_is_read(officer_client):
    content = csv_file(HEADS, GOOD, separator=";", encoding="utf-8-sig")
    address = upload(officer_client, content, "CƠ SỞ.CSV").url
    assert "Đã ghi 1 dòng." in text(confirm(officer_client, address, officer_client.get(address)))


def test_each_kind_has_its_template_and_its_list(officer_client):
    page = text(officer_client.get("/import/"))
    for kind in actions.IMPORTERS:
        assert f"/import/template/{kind}/" in page
        heads = read(officer_client.get(f"/import/template/{kind}/").content)[0]
        assert heads == [f"{c.label} *" if c.required else c.label for c in actions.IMPORTERS[kind].columns()]
    assert officer_client.get("/import/template/khac/").status_code == 404
    assert officer_client.get("/import/?kind=khac").status_code == 403


def test_a_commune_officer_is_offered_no_projects_and_no_other_commune(commune_officer):
    client = Client()
    client.force_login(commune_officer)
    page = text(client.get("/import/"))
    assert 'value="results"' in page
    assert 'value="projects"' not in page
    assert upload(client, xlsx(("a",)), kind="projects").status_code == 403
    address, page = preview(client, HEADS, ("A", "Hộ kinh doanh", "", "Phường Thục Phán", 1))
    assert "Phường Thục Phán nằm ngoài phạm vi của bạn" in text(page)
    confirm(client, address, page, only_good="yes")
    assert not Establishment.objects.exists()


def test_a_role_lost_between_looking_and_confirming(officer, officer_client):
    address, page = preview(officer_client, HEADS, GOOD)
    officer.role_grants.all().delete()
    assert confirm(officer_client, address, page).status_code == 403
    assert not Establishment.objects.exists()


def test_the_files_one_brought_are_listed_for_oneself_only(officer_client, officer, person, province):
    make_batch(officer, name="của tôi.csv")
    make_batch(person("officer", province, "colleague"), name="của người khác.csv")
    page = text(officer_client.get("/import/"))
    assert "của tôi.csv" in page
    assert "của người khác.csv" not in page


def test_a_file_that_is_gone_from_the_disk_is_told(officer, officer_client):
    batch = make_batch(officer)
    batch.file.delete(save=False)
    assert "Không mở được tệp “co-so.csv”" in text(officer_client.get(f"/import/{batch.pk}/"))


def test_a_path_in_a_name_leads_nowhere(officer_client, settings):
    address = upload(officer_client, xlsx(HEADS, GOOD), "../../../tmp/x.xlsx").url
    batch = ImportBatch.objects.get()
    assert batch.file_name == "x.xlsx"
    assert str(batch.file.path).startswith(str(settings.MEDIA_ROOT))
    assert officer_client.get(address).status_code == 200


def test_sheets_are_offered_and_those_chosen_are_read(officer_client):
    other = ("Cơ sở mộc Thử", *GOOD[1:])
    content = xlsx(
        HEADS, GOOD, title="Trùng Khánh", more=[("Hòa An & Hạ Lang", (HEADS, other)), ("Ghi chú", [("người lập",)])]
    )
    address = upload(officer_client, content).url
    page = officer_client.get(address)
    assert page.context["counts"]["new"] == 2
    assert "Ghi chú: không có dòng tiêu đề của bảng này" in text(page)
    chosen = officer_client.get(address, {"sheet": "Hòa An & Hạ Lang"})
    assert chosen.context["counts"]["new"] == 1
    assert "Trùng Khánh: 1 dòng, để lại" in text(chosen)
    assert 'name="sheet" value="Hòa An &amp; Hạ Lang"' in text(chosen)
    confirm(officer_client, address, chosen, sheet="Hòa An & Hạ Lang")
    assert Establishment.objects.get().name == "Cơ sở mộc Thử"
    assert ImportBatch.objects.get().outcome["sheets"] == ["Hòa An & Hạ Lang"]
