"""Local material: yes, no, or not known, on the form, on the card and from a file."""

import pytest

from khuyencong.core import audit
from khuyencong.core.tables.reading import read_table
from khuyencong.establishments.importing.registry import EstablishmentImporter
from khuyencong.establishments.models import Establishment
from tests.factories.establishments import make_establishment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("chosen", "stored", "shown"), [("true", True, "Có"), ("false", False, "Không"),
                                                         ("unknown", None, "–")])  # fmt: skip
def test_the_form_stores_and_the_card_shows(officer_client, commune, chosen, stored, shown):
    values = {"name": "Cơ sở miến dong", "legal_form": "household", "status": "active", "commune": commune.pk}
    officer_client.post("/establishments/add/", {**values, "local_material": chosen})
    one = Establishment.objects.get()
    assert one.local_material is stored
    page = officer_client.get(f"/establishments/{one.pk}/").content.decode()
    assert f"<dt>Dùng nguyên liệu tại chỗ</dt><dd>{shown}</dd>" in page


def test_a_file_sets_it_and_a_blank_cell_leaves_it(tmp_path, commune):
    known = make_establishment(commune, "Cơ sở cũ", "CU-1", local_material=True)
    path = tmp_path / "co-so.csv"
    path.write_text(
        "Số đăng ký,Tên cơ sở,Loại hình,Xã,Nguyên liệu tại chỗ\n"
        "CU-1,Cơ sở cũ,Hộ kinh doanh,Xã Trùng Khánh,\n"
        ",Cơ sở mới,Hộ kinh doanh,Xã Trùng Khánh,không\n"
        ",Cơ sở sai,Hộ kinh doanh,Xã Trùng Khánh,thỉnh thoảng\n"
    )
    importer = EstablishmentImporter()
    plan = importer.plan(read_table(path, importer.columns()), None)
    assert [planned.fate.value for planned in plan.rows] == ["unchanged", "new", "error"]
    assert plan.rows[1].values["local_material"] is False
    assert "Có; Không" in plan.rows[2].problems[0].message
    path.write_text(
        "Số đăng ký,Tên cơ sở,Loại hình,Xã,Nguyên liệu tại chỗ\nCU-1,Cơ sở cũ,Hộ kinh doanh,Xã Trùng Khánh,Không\n"
    )
    plan = importer.plan(read_table(path, importer.columns()), None)
    assert plan.rows[0].changes == [("Dùng nguyên liệu tại chỗ", "Có", "Không")]
    ready = importer.ready(plan.rows, None)
    with audit.writing(None):
        ready.make(lambda share, words: None, "")
        audit.record(audit.Change("import", one.obj, one.before, audit.snapshot(one.obj)) for one in ready.staged)
    known.refresh_from_db()
    assert known.local_material is False
