"""Places that had gone before 2025, and other ways of writing: through both mergers, or offered when nobody is sure."""

import datetime as dt

import pytest

from khuyencong.places import queries
from khuyencong.places.earlier import read_mergers
from khuyencong.places.rules import Status

pytestmark = pytest.mark.django_db

FOUND = {
    "Thông Huề, Trùng Khánh": "Xã Đoài Dương",
    "xã Thân Giáp": "Xã Đoài Dương",
    "Phù Ngọc, Hà Quảng, Cao Bằng": "Xã Hà Quảng",
    "thị trấn Hùng Quốc, huyện Trà Lĩnh": "Xã Trà Lĩnh",
    "T.Trấn Hùng Quốc": "Xã Trà Lĩnh",
    "Xã Ngọc Động, huyện Thông Nông": "Xã Thanh Long",
    "Xã Quốc Toản, huyện Trà Lĩnh": "Xã Trà Lĩnh",
    "P. Sông Hiến, thị xã Cao Bằng": "Phường Thục Phán",
    "Xã Phúc Sen, huyện Quảng Uyên": "Xã Quảng Uyên",
    "Sỹ Hai, Hà Quảng": "Xã Hà Quảng",
    "xã Minh Thanh, Nguyên Bình": "Xã Nguyên Bình",
    "Lí Quốc": "Xã Lý Quốc",
    "Nam Tuấn (Hòa An)": "Xã Nam Tuấn",
    "Xã Ðàm Thuỷ": "Xã Đàm Thuỷ",
}
OFFERED = {
    "Bế Triều": {"Xã Hòa An"},
    "Bình Long, Hòa An": {"Xã Hòa An"},
    "Thái Đức, Hạ Lang": {"Xã Hạ Lang"},
    "Bắc Hợp, Nguyên Bình": {"Xã Nguyên Bình"},
    "Hồng Đại, Phục Hòa": {"Xã Bế Văn Đàn"},
    "thị xã Cao Bằng": {"Phường Thục Phán", "Phường Nùng Trí Cao", "Phường Tân Giang"},
}


def test_old_names_lead_through_both_mergers():
    for text, name in FOUND.items():
        answer = queries.resolve(text, "04")
        assert answer.status is Status.FOUND, (text, answer)
        assert answer.commune.name == name, text


def test_the_day_of_a_text_tells_units_of_one_name_apart():
    for day, name in ((dt.date(2019, 5, 1), None), (dt.date(2024, 1, 1), "Xã Yên Thổ")):
        answer = queries.resolve("Xã Thái Học", "04", day)
        assert (answer.commune and answer.commune.name) == name, "one of Bảo Lâm, until 2020 another of Nguyên Bình"


def test_what_was_not_compared_or_is_several_places_is_offered():
    for text, names in OFFERED.items():
        answer = queries.resolve(text, "04")
        assert answer.status is Status.AMBIGUOUS, (text, answer)
        assert {commune.name for commune in answer.candidates} == names, text


def test_every_row_leads_somewhere_and_says_where_it_is_from():
    known = {former.name for former in queries.gazetteer().formers}
    for one in read_mergers():
        assert one.source
        assert one.kind == "district" or {one.former, one.into} <= known, one
