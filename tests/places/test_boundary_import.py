"""A file of boundaries becomes outlines of today's units; what cannot be used is named, and nothing is guessed."""

import json
import unicodedata

import pytest
from django.core.management import CommandError, call_command
from shapely import from_geojson

from khuyencong.core.models import AuditRecord
from khuyencong.places.boundaries.actions import import_file
from khuyencong.places.boundaries.geojson import Problem, Unreadable
from khuyencong.places.boundaries.wording import refusal, unreadable
from khuyencong.places.models import Boundary, Unit
from khuyencong.places.queries import current_communes
from tests.places.cao_bang import FORMER_UNITS
from tests.places.outlines import SIDE, collection, feature, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def dam_thuy():
    """A commune whose tone mark is placed in two ways."""
    return Unit.objects.get(code="01501", valid_to=None)


def bring(*features, province="04", name="xa.geojson", dry_run=False, **more):
    return import_file(collection(*features, **more), name, province, dry_run)


def problems(done):
    return [(one.number, one.problem) for one in done.refused]


def test_every_commune_by_its_code():
    communes = list(current_communes("04"))
    done = bring(*(feature(one) for one in communes))
    assert (done.new, done.changed, done.unchanged, done.refused, done.without) == (56, 0, 0, (), ())
    one = Boundary.objects.get(unit__code="01477")
    outline = from_geojson(one.geometry)
    assert outline.is_valid
    assert outline.area == pytest.approx(SIDE**2, rel=0.01)
    assert one.source == "xa.geojson"
    assert AuditRecord.objects.filter(object_type="places.boundary", action="import").count() == 56


def test_the_same_file_again_changes_nothing(commune, other_commune):
    both = feature(commune), feature(other_commune)
    bring(*both)
    written = list(Boundary.objects.values())
    records = AuditRecord.objects.count()
    again = bring(*both)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert list(Boundary.objects.values()) == written
    assert AuditRecord.objects.count() == records


def test_another_outline_replaces_the_first(commune):
    bring(feature(commune))
    done = bring(feature(commune, ring=square(commune, side=0.04)), name="moi.geojson")
    assert (done.new, done.changed) == (0, 1)
    assert from_geojson(Boundary.objects.get().geometry).area == pytest.approx(0.04**2, rel=0.01)
    assert AuditRecord.objects.filter(object_type="places.boundary").count() == 2


def test_a_trial_writes_nothing(commune):
    done = bring(feature(commune), dry_run=True)
    assert (done.new, len(done.without)) == (1, 55)
    assert not Boundary.objects.exists()
    assert not AuditRecord.objects.exists()


@pytest.mark.parametrize("key", ["ma", "MA_XA", "Code"])
def test_the_code_under_other_names_and_as_a_number(key, commune):
    assert bring(feature(commune, **{key: int(commune.code)})).new == 1


@pytest.mark.parametrize("name", ["Xã Đàm Thủy", "Xã Đàm Thuỷ", "ĐÀM THUỶ", "dam thuy", "xã Đàm Thủy, tỉnh Cao Bằng"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_by_name_however_its_marks_are_written(name, form, dam_thuy):
    done = bring(feature(dam_thuy, ten=unicodedata.normalize(form, name)))
    assert done.refused == ()
    assert Boundary.objects.get().unit == dam_thuy


def test_an_unknown_code_falls_back_on_the_name(commune):
    assert bring(feature(commune, code="99999", name=commune.name)).new == 1


def test_a_code_that_contradicts_the_name_is_not_guessed(commune, other_commune):
    done = bring(feature(commune, code=commune.code, name=other_commune.name))
    assert problems(done) == [(1, Problem.CODE_AND_NAME)]
    assert not Boundary.objects.exists()


def test_former_communes_make_todays_only_together(commune):
    names = ["Thị trấn Trùng Khánh, huyện Trùng Khánh", "Xã Đức Hồng", "Xã Lăng Hiếu", "Xã Khâm Thành"]
    parts = [
        feature(ten=name, ring=square(commune, longitude=commune.longitude + SIDE * place))
        for place, name in enumerate(names)
    ]
    some = bring(*parts[1:])
    assert [one.problem for one in some.refused] == [Problem.PART] * 3
    assert "Thị trấn Trùng Khánh" in refusal(some.refused[0])
    done = bring(*parts)
    assert (done.new, done.refused) == (1, ())
    assert from_geojson(Boundary.objects.get(unit=commune).geometry).area == pytest.approx(4 * SIDE**2, rel=0.01)


def test_a_file_from_before_the_reform_is_not_taken_for_todays():
    """Codes and names that communes of today inherited mean smaller units there."""
    features = []
    for code, names in FORMER_UNITS.items():
        unit = Unit.objects.get(code=code, valid_to=None)
        rings = [square(unit, longitude=unit.longitude + SIDE * place) for place in range(len(names))]
        told = [{"code": code, "ten": names[0]}, *({"ten": name} for name in names[1:])]
        features += [feature(ring=ring, **one) for ring, one in zip(rings, told, strict=True)]
    done = bring(*features)
    assert (done.new, done.refused) == (56, ())
    dam_thuy = from_geojson(Boundary.objects.get(unit__code="01501").geometry)
    assert dam_thuy.area > 2 * SIDE**2, "all three communes it was made from"
    some = bring(*(one for one in features if one["properties"].get("ten") != "Xã Chí Viễn"))
    assert {one.problem for one in some.refused} == {Problem.PART}
    assert {one.name for one in some.refused} == {"Xã Phong Châu", "Xã Đàm Thủy"}


def test_two_outlines_for_one_commune_are_both_refused(commune):
    done = bring(feature(commune), feature(commune))
    assert problems(done) == [(1, Problem.TWICE), (2, Problem.TWICE)]


def bad(coordinates, kind="Polygon", **properties):
    return feature(geometry={"type": kind, "coordinates": coordinates}, **(properties or {"name": "A"}))


GOOD = [[[106, 22], [106.1, 22], [106, 22.1]]]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (None, "not-feature"),
        ({"properties": {"name": "A"}, "geometry": None}, "not-feature"),
        ({"properties": None, "geometry": {"type": "Polygon", "coordinates": GOOD}}, "no-name"),
        (bad([106, 22], "Point"), "not-polygon"),
        (bad([[[106, 22], "x"]]), "bad-coordinates"),
        (bad([[[106, True], [106, 22], [106.1, 22]]]), "bad-coordinates"),
        (bad([]), "bad-coordinates"),
        (bad(3, "MultiPolygon"), "bad-coordinates"),
        (bad([[[106, 22], [106, 22], [106, 22]]]), "empty"),
        (bad([[[2, 48], [3, 48], [2, 49]]]), "outside"),
        (bad([[[22, 106], [22.1, 106], [22, 106.1]]]), "swapped"),
        (bad([[[600000, 2500000], [600100, 2500000], [600000, 2500100]]]), "other-projection"),
        (bad([[[10**400, 22], [106, 22], [106.1, 22]]]), "other-projection"),
        (bad(GOOD, name="Hưng Nguyên"), "unknown"),
        (bad(GOOD, name="Xã Quang Vinh và Quang Hán"), "unknown"),
        (bad(GOOD, code="00004"), "other-province"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_is_taken(wrong, problem, commune):
    done = bring(feature(commune), wrong)
    assert problems(done) == [(2, Problem(problem))]
    assert done.new == 1
    assert refusal(done.refused[0]).startswith("Đối tượng 2 (")


def test_a_crossing_outline_is_mended(commune):
    x, y = commune.longitude, commune.latitude
    bow = [[x, y], [x + 0.02, y + 0.02], [x + 0.02, y], [x, y + 0.02], [x, y]]
    assert bring(feature(commune, ring=bow)).new == 1
    assert from_geojson(Boundary.objects.get().geometry).is_valid


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"{", "JSON"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"type": "Polygon"}', "FeatureCollection"),
        (b"[]", "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "không có đối tượng nào"),
        (b'{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3405"}}, "features": [1]}', "WGS84"),
    ],
)
def test_a_file_that_is_none(content, said):
    with pytest.raises(Unreadable) as refused:
        import_file(content, "x.geojson", "04")
    assert said in unreadable(refused.value)


def test_coordinates_in_the_wrong_order_and_in_metres_are_told_of_the_whole_file(commune, other_commune):
    swapped = [feature(one, ring=[[y, x] for x, y in square(one)]) for one in (commune, other_commune)]
    with pytest.raises(Unreadable) as refused:
        bring(*swapped)
    assert "kinh độ trước, vĩ độ sau" in unreadable(refused.value)
    metres = [feature(one, ring=[[x * 5000, y * 1e5] for x, y in square(one)]) for one in (commune, other_commune)]
    with pytest.raises(Unreadable) as refused:
        bring(*metres)
    assert "WGS84" in unreadable(refused.value)
    assert not Boundary.objects.exists()


@pytest.mark.parametrize("by", ["code", "name"])
def test_a_file_of_provinces(by):
    provinces = list(Unit.objects.filter(kind="province", valid_to=None))
    done = bring(*(feature(one, **{by: getattr(one, by)}) for one in provinces))
    assert (done.kind, done.new, done.refused, done.without) == (Unit.Kind.PROVINCE, 34, (), ())


def test_the_command(tmp_path, commune, capsys):
    file = tmp_path / "xa.geojson"
    file.write_bytes(collection(feature(commune)))
    call_command("places", "boundaries", str(file))
    said = capsys.readouterr().out
    assert "1 mới" in said
    assert "Chưa có ranh giới: " in said and "Phường Thục Phán" in said
    file.write_bytes(collection(feature(commune), feature(commune, name="Xứ Thần Tiên")))
    with pytest.raises(SystemExit) as ended:
        call_command("places", "boundaries", str(file), "--json", "--dry-run")
    assert ended.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["number"], one["problem"]) for one in told["refused"]] == [(2, "unknown")]
    assert len(told["without_boundary"]) == 55
    file.write_text("{")
    with pytest.raises(CommandError, match="JSON"):
        call_command("places", "boundaries", str(file))
    with pytest.raises(CommandError, match="Không mở được"):
        call_command("places", "boundaries", str(tmp_path / "none.geojson"))
