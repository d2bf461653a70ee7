"""What a document says of itself and of others, from its own lines."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.law.documents.reading import heads, mentions, numbers
from khuyencong.law.documents.reading.structure import flat, read

pytestmark = pytest.mark.database_free

DECREE = """CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
_______
Số: 45/2012/NĐ-CP Hà Nội, ngày 21 tháng 5 năm 2012
NGHỊ ĐỊNH
Về khuyến công
Căn cứ Luật tổ chức Chính phủ ngày 25 tháng 12 năm 2001;
Căn cứ Nghị định số 10/2001/NĐ-CP ngày 1 tháng 2 năm 2001;
Chính phủ ban hành Nghị định về khuyến công,
Điều 1. Phạm vi
Theo Nghị định số 99/2010/NĐ-CP đã được sửa đổi, bổ sung theo Nghị định số 100/2011/NĐ-CP; 45/2012/NĐ-CP.
Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 05 tháng 7 năm 2012.
2. Nghị định này thay thế Nghị định số 134/2004/NĐ-CP ngày 09 tháng 6 năm 2004 của Chính phủ.
3. Bãi bỏ các văn bản sau:
a) Thông tư số 03/2005/TT-BCN;
b) Điều 5 Thông tư số 04/2005/TT-BCN.
4. Thông tư liên tịch số 125/2009/TTLT-BTC-BCT hết hiệu lực kể từ ngày Nghị định này có hiệu lực."""

AMENDMENT = """CHÍNH PHỦ
Số: 235/2025/NĐ-CP
Hà Nội, ngày 27 tháng 8 năm 2025
NGHỊ ĐỊNH
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA NGHỊ ĐỊNH SỐ 45/2012/NĐ-CP
CỦA CHÍNH PHỦ VỀ KHUYẾN CÔNG
Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;
Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 45/2012/NĐ-CP của Chính phủ về khuyến công
1. Sửa đổi, bổ sung khoản 2 Điều 1 như sau:
“2. Đối tượng theo Nghị định số 1/2020/NĐ-CP”.
2. Sửa đổi, bổ sung Điều 4 như sau:
a) Sửa đổi khoản 3 như sau:
“3. Nội dung”
b) Bổ sung các khoản 8 và 9 như sau:
3. Bổ sung Điều 5a vào sau Điều 5 như sau:
“Điều 5a. Tên”
4. Bãi bỏ điểm a, điểm đ khoản 1 và khoản 3 Điều 7.
Điều 2. Điều khoản thi hành
1. Nghị định này có hiệu lực từ ngày 15 tháng 10 năm 2025 đến hết ngày 31 tháng 12 năm 2030."""

LOCAL = """HỘI ĐỒNG NHÂN DÂN
TỈNH PHÚ THỌ
Số: 23/2025/NQ-HĐND
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Phú Thọ, ngày 28 tháng 10 năm 2025
NGHỊ QUYẾT
Quy định mức chi khuyến công
trên địa bàn tỉnh
Căn cứ Thông tư số 28/2018/TT-BTC;
Điều 1. Nội dung
Điều 2. Nghị quyết này có hiệu lực kể từ ngày 01/01/2026."""

LETTER = """ỦY BAN NHÂN DÂN TỈNH CAO BẰNG
SỞ CÔNG THƯƠNG
Số: 1653/BC-SCT
V/v báo cáo kết quả
khuyến công
Cao Bằng, ngày 07 tháng 7 năm 2025
Kính gửi: Bộ Công Thương"""

LAW = """QUỐC HỘI
Luật số: 61/2020/QH14
LUẬT
ĐẦU TƯ
Căn cứ Hiến pháp;
Điều 1. Phạm vi
Điều 77. Hiệu lực
1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021, trừ quy định tại khoản 2.
Luật này đã được Quốc hội khóa XIV thông qua ngày 17 tháng 6 năm 2020."""


def parts(text):
    found = read(text.splitlines())
    body = [f"{one.heading}\n{one.text}" for one in flat(found.nodes)]
    return found, heads.read(found.preamble, body, found.closing)


HEADS = {
    DECREE: heads.Head(
        "45/2012/NĐ-CP", "decree", "Chính phủ", "", "Khuyến công", dt.date(2012, 5, 21), dt.date(2012, 7, 5)
    ),
    AMENDMENT: heads.Head(
        "235/2025/NĐ-CP",
        "decree",
        "Chính phủ",
        "",
        "Sửa đổi, bổ sung một số điều của Nghị định số 45/2012/NĐ-CP của Chính phủ về khuyến công",
        dt.date(2025, 8, 27),
        dt.date(2025, 10, 15),
        dt.date(2030, 12, 31),
    ),
    LOCAL: heads.Head(
        "23/2025/NQ-HĐND",
        "resolution",
        "Hội đồng nhân dân tỉnh Phú Thọ",
        "Phú Thọ",
        "Quy định mức chi khuyến công trên địa bàn tỉnh",
        dt.date(2025, 10, 28),
        dt.date(2026, 1, 1),
    ),
    LETTER: heads.Head(
        "1653/BC-SCT", "letter", "Sở Công Thương", "Cao Bằng", "Báo cáo kết quả khuyến công", dt.date(2025, 7, 7)
    ),
    LAW: heads.Head("61/2020/QH14", "law", "Quốc hội", "", "Đầu tư", dt.date(2020, 6, 17), dt.date(2021, 1, 1)),
}


@pytest.mark.parametrize("text", HEADS, ids=["decree", "amendment", "local", "letter", "law"])
def test_the_head(text):
    assert parts(text)[1] == HEADS[text]


@pytest.mark.parametrize(
    ("sentence", "start"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký.", dt.date(2020, 11, 20)),
        ("Thông tư này có hiệu lực thi hành sau 45 ngày, kể từ ngày ký ban hành.", dt.date(2021, 1, 4)),
        ("Nghị định này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.", None),
        ("Nghị định này có hiệu lực từ ngày 31 tháng 02 năm 2021.", None),
        ("Các văn bản trái với Nghị định này hết hiệu lực từ ngày 01/01/2021.", None),
    ],
)
def test_from_when_it_is_in_force(sentence, start):
    found = heads.read(["Số: 1/QĐ-TTg", "Hà Nội, ngày 20 tháng 11 năm 2020"], [sentence])
    assert found.in_force_from == start


@pytest.mark.parametrize("line", ["Số:       /2025/NĐ-CP", "Hà Nội, ngày    tháng    năm 2025", "Số: 12", ""])
def test_what_is_not_filled_in_is_not_invented(line):
    found = heads.read([line])
    assert (found.number, found.signed) == ("", None)


def relations(text):
    found, head = parts(text)
    return [(one.kind, one.number, one.path, one.target_path) for one in mentions.find(found, head.number, head.title)]


def test_what_a_decree_does_to_others():
    assert relations(DECREE) == [
        ("based-on", "10/2001/NĐ-CP", "", ""),
        ("replaces", "134/2004/NĐ-CP", "d2.k2", ""),
        ("repeals", "03/2005/TT-BCN", "d2.k3.a", ""),
        ("repeals", "04/2005/TT-BCN", "d2.k3.b", "d5"),
        ("replaces", "125/2009/TTLT-BTC-BCT", "d2.k4", ""),
        ("cites", "99/2010/NĐ-CP", "d1", ""),
        ("cites", "100/2011/NĐ-CP", "d1", ""),
    ]


def test_an_amendment_is_told_provision_by_provision_and_what_it_quotes_is_not_its_own():
    assert relations(AMENDMENT) == [
        ("based-on", "63/2025/QH15", "", ""),
        ("amends", "45/2012/NĐ-CP", "d1.k1", "d1.k2"),
        ("amends", "45/2012/NĐ-CP", "d1.k2.a", "d4.k3"),
        ("amends", "45/2012/NĐ-CP", "d1.k2.b", "d4.k8"),
        ("amends", "45/2012/NĐ-CP", "d1.k2.b", "d4.k9"),
        ("amends", "45/2012/NĐ-CP", "d1.k3", "d5a"),
        ("repeals", "45/2012/NĐ-CP", "d1.k4", "d7.k1.a"),
        ("repeals", "45/2012/NĐ-CP", "d1.k4", "d7.k1.dd"),
        ("repeals", "45/2012/NĐ-CP", "d1.k4", "d7.k3"),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Quy định chi tiết một số nội dung của Nghị định số 45/2012/NĐ-CP", "guides"),
        ("Hướng dẫn thi hành Nghị định số 45/2012/NĐ-CP", "guides"),
        ("Bãi bỏ Nghị định số 45/2012/NĐ-CP", "repeals"),
        ("Đính chính Nghị định số 45/2012/NĐ-CP", "corrects"),
        ("Ngưng hiệu lực Nghị định số 45/2012/NĐ-CP", "suspends"),
        ("Sửa đổi, bổ sung một số điều của Nghị định số 45/2012/NĐ-CP", "amends"),
    ],
)
def test_what_the_title_says(title, kind):
    found = mentions.find(read(["Điều 1. Tên"]), "1/2026/TT-BCT", title)
    assert [(one.kind, one.number) for one in found] == [(kind, "45/2012/NĐ-CP")]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("khoản 4 Điều 8", ["d8.k4"]),
        ("điểm a, b và đ khoản 4 Điều 8, Điều 9a", ["d8.k4.a", "d8.k4.b", "d8.k4.dd", "d9a"]),
        ("các khoản 1, 2 và 5 Điều 8", ["d8.k1", "d8.k2", "d8.k5"]),
        ("Điều 8 và Điều 9", ["d8", "d9"]),
        ("không có gì", []),
    ],
)
def test_every_provision_that_is_named(text, paths):
    assert [one.path for one in mentions.references(text)] == paths


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nghị định số 45/2012/NĐ-CP, Quyết định 1288/QĐ-TTg", ["45/2012/NĐ-CP", "1288/QĐ-TTg"]),
        ("26/2014/TTLT-BTC-BCT; 38/2019/QH14", ["26/2014/TTLT-BTC-BCT", "38/2019/QH14"]),
        ("45/2012/NĐ- CP", ["45/2012/NĐ-CP"]),
        ("ngày 21/5/2012, tỷ lệ 1/2, km/h, 3/4/2012/NĐ-CP", []),
    ],
)  # fmt: skip
def test_numbers_in_a_text(text, found):
    assert [one.number for one in numbers.numbers(text)] == found


@given(st.lists(st.text(max_size=60), max_size=20), st.lists(st.text(max_size=60), max_size=10))
def test_any_lines_have_a_head(lines, body):
    heads.read(lines, body, lines)
    mentions.find(read([*lines, "Điều 1. Tên", *body]), "", " ".join(lines))
