"""Every former unit of Cao Bằng leads to the right commune, however its name is written."""

import datetime as dt
import json
import unicodedata

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from khuyencong.core.text import strip_marks
from khuyencong.places import actions, queries, reference
from khuyencong.places.models import Succession, Unit
from khuyencong.places.rules import Commune, Former, Gazetteer, Status, province_index, read_part
from tests.examples import examples
from tests.places.cao_bang import FORMER_UNITS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "former"), [(code, name) for code, names in FORMER_UNITS.items() for name in names])
def test_every_former_unit_of_cao_bang(code, former):
    answer = queries.resolve(f"{former}, Cao Bằng", on=dt.date(2024, 1, 1))
    assert answer.status is Status.FOUND, answer
    assert answer.commune.code == code


def test_counts_of_the_nation():
    today = Unit.objects.filter(valid_to=None)
    assert today.filter(kind="province").count() == 34
    assert today.filter(kind="commune").count() == 3321
    assert queries.current_communes("04").count() == 56
    assert not today.filter(kind="commune", latitude=None).exists()
    assert not Unit.objects.filter(kind="commune", valid_to__isnull=False, successions=None).exists()


def test_loading_again_writes_nothing():
    before = Succession.objects.count()
    assert actions.load() == actions.Loaded()
    assert Succession.objects.count() == before


@pytest.mark.parametrize(
    ("text", "code", "former"),
    [
        ("Thị trấn Trùng Khánh, huyện Trùng Khánh, Cao Bằng", "01477", True),
        ("tt trung khanh h trung khanh cao bang", "01477", True),
        ("TT. Trùng Khánh", "01477", True),
        ("Xã Trùng Khánh", "01477", False),
        ("Đàm Thủy", "01501", False),
        ("Xã Đàm Thuỷ", "01501", False),
        ("Xã Nguyễn Huệ", "01699", False),
        ("Tĩnh Túc", "01729", False),
        ("thị trấn Tĩnh Túc", "01729", True),
        ("Tĩnh Túc, Nguyên Bình, Cao Bằng", "01729", True),
        ("X. Đàm Thủy, H. Trùng Khánh", "01501", True),
        ("P. Sông Hiến, TP. Cao Bằng", "01273", True),
        ("Xóm 3, xã Phúc Sen, huyện Quảng Hòa, tỉnh Cao Bằng", "01576", True),
        ("Xã Phúc Sen, huyện Quảng Uyên", "01576", True),
        ("Xã Thạch An, huyện Thạch An", "01807", False),
        ("Tỉnh Cao Bằng, huyện Bảo Lạc, xã Hưng Đạo", "01351", True),
    ],
)
def test_ways_of_writing(text, code, former):
    answer = queries.resolve(text, "04")
    assert (answer.status, answer.commune.code, answer.is_former_name) == (Status.FOUND, code, former)


def test_a_name_of_several_places_is_said_to_be_so():
    answer = queries.resolve("Xã Hưng Đạo", "04")
    assert answer.status is Status.AMBIGUOUS
    assert {commune.code for commune in answer.candidates} == {"01273", "01351", "01774"}
    assert queries.resolve("Xã Hưng Đạo", "04", on=dt.date(2025, 7, 1)).commune.code == "01351"


def test_an_unknown_name_offers_near_ones():
    answer = queries.resolve("Đam Thuyy", "04")
    assert answer.status is Status.UNKNOWN
    assert [commune.code for commune in answer.candidates] == ["01501"]
    assert queries.resolve("Xứ Thần Tiên", "04").candidates == ()
    assert len(queries.resolve("huyện Trùng Khánh", "04").candidates) == 7, "a district alone: all it became"


def test_other_provinces():
    assert queries.resolve("Phường 1, Quận 3, TP Hồ Chí Minh").commune.name == "Phường Bàn Cờ"
    assert queries.resolve("Phường Thuận Hòa, thành phố Huế").commune.province_code == "46"
    assert queries.resolve("Phường Lâm Viên - Đà Lạt, Lâm Đồng").commune.name == "Phường Lâm Viên - Đà Lạt"


def test_every_commune_of_today_by_its_own_name():
    gazetteer = queries.gazetteer()
    lost = [
        one.full_name
        for one in gazetteer.communes
        if gazetteer.resolve(one.name, one.province_code, dt.date(2025, 7, 1)).commune != one
    ]
    assert not lost


def test_the_command(capsys):
    call_command("places", "resolve", "Thị trấn Trùng Khánh, huyện Trùng Khánh, Cao Bằng", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["commune"]["code"] == "01477"
    assert answer["is_former_name"] is True
    with pytest.raises(SystemExit):
        call_command("places", "resolve", "Hưng Đạo")
    assert "nhiều nơi" in capsys.readouterr().out


COMMUNES = (
    Commune("01477", "Xã Trùng Khánh", "04", "Cao Bằng"),
    Commune("01501", "Xã Đàm Thủy", "04", "Cao Bằng"),
    Commune("01273", "Phường Thục Phán", "04", "Cao Bằng"),
)
FORMERS = (
    Former("Thị trấn Trùng Khánh", "Huyện Trùng Khánh", "Tỉnh Cao Bằng", ("01477",)),
    Former("Xã Lăng Hiếu", "Huyện Trùng Khánh", "Tỉnh Cao Bằng", ("01477",)),
    Former("Phường Sông Hiến", "Thành phố Cao Bằng", "Tỉnh Cao Bằng", ("01273",)),
)
SMALL = Gazetteer(COMMUNES, FORMERS, province_index([("Tỉnh Cao Bằng", "04")]))
SHORT = {
    "Thị trấn": ["TT.", "tt", "Thị trấn", "THỊ TRẤN"],
    "Xã": ["X.", "xã", "x", "XA"],
    "Phường": ["P.", "phường"],
}


@settings(max_examples=examples(25))
@given(former=st.sampled_from(FORMERS), data=st.data())
def test_spelling_never_changes_the_place(former, data):
    word = next(word for word in SHORT if former.name.startswith(word))
    name = data.draw(st.sampled_from(SHORT[word])) + " " + former.name.removeprefix(word).strip()
    name += data.draw(st.sampled_from(["", f", {former.district}", f", {former.district}, Cao Bằng"]))
    name = data.draw(
        st.sampled_from([str, str.upper, str.lower, strip_marks, lambda t: unicodedata.normalize("NFD", t)])
    )(name)
    answer = SMALL.resolve(name, "04")
    assert answer.status is Status.FOUND
    assert (answer.commune.code,) == former.successors
    assert answer.former == former


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text):
    answer = SMALL.resolve(text, "04")
    assert (answer.commune is not None) == (answer.status is Status.FOUND)


def test_short_names_keep_numbers():
    assert reference.short_name("Thị trấn Trùng Khánh") == "Trùng Khánh"
    assert reference.short_name("Phường 1") == "Phường 1"
    assert read_part("P.1") == read_part("Phường 1")
