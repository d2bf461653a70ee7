"""Provisions found in the lines of a document: everything is kept, and what was written out is read back."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.text import fold
from khuyencong.law.documents.reading import marks, quotes
from khuyencong.law.documents.reading.structure import Node, flat, lines_of, read, tree
from khuyencong.law.documents.rules.outline import Kind

pytestmark = pytest.mark.database_free

DECREE = """
CHÍNH PHỦ
Số: 45/2012/NĐ-CP
NGHỊ ĐỊNH
Về khuyến công
Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về chính sách khuyến công.
Điều 2. Đối tượng áp dụng
1. Tổ chức, cá nhân đầu tư sản xuất, gồm:
a) Doanh nghiệp;
b) Hợp tác xã;
c) Tổ hợp tác;
d) Hộ kinh doanh;
đ) Cơ sở khác.
2. Tổ chức, cá nhân tham gia công tác quản lý.
Chương II: HOẠT ĐỘNG KHUYẾN CÔNG
Mục 1. NỘI DUNG VÀ
NGÀNH NGHỀ
Điều 3. Nội dung
1. Đào tạo nghề.
Điều 4. Nghị định này có hiệu lực thi hành từ ngày 05 tháng 7 năm 2012.
Nơi nhận:
- Ban Bí thư;
TM. CHÍNH PHỦ
THỦ TƯỚNG
"""


def shape(nodes):
    return [(one.kind.value, one.label, one.path) for one in flat(nodes)]


def texts(nodes):
    return {one.path: one.text for one in flat(nodes) if one.path}


def test_a_decree():
    found = read(DECREE.splitlines())
    assert shape(found.nodes) == [
        ("chapter", "I", ""),
        ("article", "1", "d1"),
        ("article", "2", "d2"),
        ("clause", "1", "d2.k1"),
        ("point", "a", "d2.k1.a"),
        ("point", "b", "d2.k1.b"),
        ("point", "c", "d2.k1.c"),
        ("point", "d", "d2.k1.d"),
        ("point", "đ", "d2.k1.dd"),
        ("clause", "2", "d2.k2"),
        ("chapter", "II", ""),
        ("section", "1", ""),
        ("article", "3", "d3"),
        ("clause", "1", "d3.k1"),
        ("article", "4", "d4"),
    ]
    headings = {one.label: one.heading for one in flat(found.nodes) if one.kind is Kind.ARTICLE}
    assert headings == {"1": "Phạm vi điều chỉnh", "2": "Đối tượng áp dụng", "3": "Nội dung", "4": ""}
    chapters = [one.heading for one in found.nodes]
    assert chapters == ["QUY ĐỊNH CHUNG", "HOẠT ĐỘNG KHUYẾN CÔNG"]
    assert found.nodes[1].children[0].heading == "NỘI DUNG VÀ NGÀNH NGHỀ"
    assert texts(found.nodes)["d4"].startswith("Nghị định này có hiệu lực")
    assert found.preamble[0] == "CHÍNH PHỦ"
    assert found.preamble[-1].startswith("Căn cứ")
    assert found.closing == ("Nơi nhận:", "- Ban Bí thư;", "TM. CHÍNH PHỦ", "THỦ TƯỚNG")
    assert found.problems == ()


def test_points_may_stand_in_an_article_without_clauses_and_be_written_in_three_ways():
    found = read(["Điều 1. Hồ sơ gồm", "a/ Đơn;", "b. Dự án;", "c)Giấy phép;"])
    assert shape(found.nodes)[1:] == [("point", "a", "d1.a"), ("point", "b", "d1.b"), ("point", "c", "d1.c")]


def test_what_an_amendment_puts_in_quotation_marks_is_its_text():
    found = read(
        [
            "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 45/2012/NĐ-CP",
            "1. Sửa đổi Điều 5 như sau:",
            "“Điều 5. Ngành nghề",
            "1. Chế biến.",
            "2. Thủ công.”.",
            "2. Bổ sung khoản 7 như sau: “7. Chuyển đổi số",
            "a) Một;",
            "b) Hai.”",
            '3. Thay cụm từ "nông thôn" bằng "khu vực nông thôn".',
            "4. Sửa đổi khoản 3 như sau:",
            '"3. Khoản mới.',
            '4. Khoản mới nữa."',
            "Điều 2. Hiệu lực thi hành",
        ]
    )
    assert [path for _, _, path in shape(found.nodes)] == ["d1", "d1.k1", "d1.k2", "d1.k3", "d1.k4", "d2"]
    assert texts(found.nodes)["d1.k1"].endswith("2. Thủ công.”.")
    assert texts(found.nodes)["d1.k4"].endswith('4. Khoản mới nữa."')
    assert found.problems == ()


def test_a_quotation_mark_left_open_is_told_and_swallows_nothing():
    found = read(["Điều 1. Tên", "1. Một “hai", "2. Ba", "Điều 2. Tên"])
    assert [path for _, _, path in shape(found.nodes)] == ["d1", "d1.k1", "d1.k2", "d2"]
    assert [one.code for one in found.problems] == ["open-quote"]


def test_a_sentence_broken_before_a_number_goes_on():
    found = read(
        [
            "Điều 1. Tên",
            "1. Theo quy định tại",
            "Điều 9. Và các điều khác, với mức",
            "3. Sau đó nữa.",
            "Điều 8 của Nghị định này cũng vậy.",
            "1.000.000 đồng",
            "1.1. Số nhỏ",
            "điều 7. Chữ thường",
            "2. Khoản hai.",
        ]
    )
    assert [path for _, _, path in shape(found.nodes)] == ["d1", "d1.k1", "d1.k2"]
    assert texts(found.nodes)["d1.k1"].count("\n") == 6


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Điều 1. A", "Điều 3. B"], [("jump", "3", "1")]),
        (["Điều 1. A", "Điều 2. B", "Điều 2. C"], [("repeat", "2", "2")]),
        (["Điều 1. A", "Điều 2. B", "Điều 1. C"], [("repeat", "1", "2")]),
        (["Điều 2. B"], [("jump", "2", "")]),
        (["Điều 1. A", "1. Một.", "3. Ba."], [("jump", "3", "1")]),
        (["Điều 1. A", "1. Một.", "1. Lại một."], [("repeat", "1", "1")]),
        (["Điều 1. A", "1. Một.", "2. Hai.", "1. Lại một."], [("kept", "1", "2")]),
        (["Điều 1. A", "a) Một;", "d) Bốn."], [("jump", "d", "a")]),
        (["Điều 1. A", "Điều 1a. B", "Điều 2. C"], []),
        (["Điều 1. A", "a) Một;", "a1) Một nữa;", "b) Hai;", "c) Ba;", "d) Bốn;", "e) Năm;", "g) Sáu."], []),
        (["Điều 1. A", "Tiểu mục 1. Nhỏ"], [("rank", "", "")]),
        (["Kính gửi: Sở"], [("none", "", "")]),
    ],
)
def test_numbers_that_do_not_follow_are_told(lines, told):
    assert [(one.code, one.label, one.after) for one in read(lines).problems] == told


def test_a_plan_has_sections_and_clauses_without_articles():
    found = read(
        ["KẾ HOẠCH", "Khuyến công", "I. MỤC TIÊU", "1. Chung", "2. Riêng", "a) Một", "II. KINH PHÍ", "1. Nguồn"]
    )
    assert shape(found.nodes) == [
        ("section", "I", ""),
        ("clause", "1", ""),
        ("clause", "2", ""),
        ("point", "a", ""),
        ("section", "II", ""),
        ("clause", "1", ""),
    ]
    assert found.preamble == ("KẾ HOẠCH", "Khuyến công")


def test_a_regulation_behind_the_signature_is_kept_apart():
    found = read(
        [
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế.",
            "Điều 2. Quyết định này có hiệu lực từ ngày ký.",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            "QUY CHẾ",
            "Chương I",
            "QUY ĐỊNH CHUNG",
            "Điều 1. Phạm vi",
            "1. Một.",
            "PHỤ LỤC",
            "Biểu số 1",
        ]
    )
    assert [path for _, _, path in shape(found.nodes)] == ["d1", "d2"]
    assert [path for _, _, path in shape(found.attached)] == ["", "d1", "d1.k1"]
    assert found.closing == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "QUY CHẾ", "PHỤ LỤC", "Biểu số 1")
    assert [(one.code, one.label) for one in found.problems] == [("attached", "1")]


@pytest.mark.parametrize(
    "line", ["Chương II của Nghị định này", "Mục 1 nói trên", "Phần lớn cơ sở", "mục 1. chữ thường"]
)
def test_a_sentence_that_names_a_rank_begins_none(line):
    assert marks.high_mark(line) is None


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("PHẦN THỨ NHẤT", "thứ nhất", ""),
        ("Phần thứ mười một. CUỐI", "thứ mười một", "CUỐI"),
        ("CHƯƠNG IV QUY ĐỊNH", "IV", "QUY ĐỊNH"),
        ("Chương 2 - Nội dung", "2", "Nội dung"),
    ],
)
def test_ranks_are_written_in_several_ways(line, label, rest):
    found = marks.high_mark(line)
    assert (found.label, found.rest) == (label, rest)


WORDS = st.sampled_from(
    ["khuyến", "công", "Điều", "khoản", "8", "45/2012/NĐ-CP", "máy,", "móc.", "thiết;", "(tiên)", "đ"]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
STARTS = st.sampled_from(
    ["Phần thứ nhất", "Chương I", "Chương II.", "CHƯƠNG III", "Mục 1.", "Điều 1.", "Điều 2.", "Điều 3:", "Điều 9.",
     "1.", "2.", "3)", "7.", "a)", "b)", "c.", "d/", "đ)", "e)", "“", "“Điều 5.", '"1.', "Nơi nhận:", "PHỤ LỤC", "I.",
     "II.", "-", ""]
)  # fmt: skip
ENDS = st.sampled_from(["", ".", ";", ":", "”", "”.", '"', ","])
LINES = st.lists(st.tuples(STARTS, SENTENCE, ENDS).map(lambda parts: f"{parts[0]} {parts[1]}{parts[2]}"), max_size=40)


@given(LINES)
def test_no_word_is_lost(lines):
    found = read(lines)
    written = [*found.preamble, *lines_of(found.nodes), *found.closing, *lines_of(found.attached)]
    before, after = (fold(" ".join(text)).split() for text in (lines, written))
    assert Counter(before) <= Counter(after)
    if not found.attached and not any(one.kind is Kind.SECTION for one in flat(found.nodes)):
        assert after == before


@given(st.lists(st.text(max_size=40), max_size=30))
def test_any_lines_can_be_read(lines):
    found = read(lines)
    assert tree(flat(found.nodes)) == found.nodes


NAMES = st.lists(st.sampled_from(["quy", "định", "chung", "phạm", "vi", "mức"]), min_size=1, max_size=6)
TEXTS = st.lists(NAMES.map(lambda words: f"{' '.join(words).capitalize()}."), min_size=1, max_size=3).map("\n".join)
LETTERS = "abcdđeghiklmnopqrstuvxy"


@st.composite
def documents(draw):
    """A document as it should be: chapters, sections, articles counted through, clauses, points."""
    count = iter(range(1, 1000))

    def points():
        return tuple(Node(Kind.POINT, LETTERS[i], text=draw(TEXTS)) for i in range(draw(st.integers(0, 4))))

    def article():
        children = points() if draw(st.booleans()) else tuple(
            Node(Kind.CLAUSE, str(i + 1), text=draw(TEXTS), children=points()) for i in range(draw(st.integers(0, 3)))
        )  # fmt: skip
        heading = " ".join(draw(NAMES)).capitalize() if draw(st.booleans()) else ""
        text = draw(TEXTS) if not heading or draw(st.booleans()) else ""
        return Node(Kind.ARTICLE, str(next(count)), heading=heading, text=text, children=children)

    def articles():
        return tuple(article() for _ in range(draw(st.integers(1, 3))))

    def chapter(number):
        name = " ".join(draw(NAMES)).upper()
        if draw(st.booleans()):
            return Node(Kind.CHAPTER, number, heading=name, children=articles())
        sections = tuple(
            Node(Kind.SECTION, str(i + 1), heading=" ".join(draw(NAMES)).upper(), children=articles())
            for i in range(draw(st.integers(1, 2)))
        )
        return Node(Kind.CHAPTER, number, heading=name, children=sections)

    nodes = [chapter(number) for number in ("I", "II", "III")[: draw(st.integers(0, 3))]] or articles()
    return tree(flat(nodes))


@given(documents())
def test_a_document_written_out_is_read_back(nodes):
    found = read(["Căn cứ", *lines_of(nodes), "Nơi nhận: như trên"])
    assert found.nodes == nodes
    assert found.problems == ()
    assert (found.preamble, found.closing) == (("Căn cứ",), ("Nơi nhận: như trên",))


@given(st.lists(st.text(alphabet='“”"a1.) ', max_size=8), max_size=30))
def test_quoted_lines_are_lines_of_the_text(lines):
    found = quotes.quoted(lines)
    assert found.lines <= set(range(len(lines)))
    assert set(found.unclosed).isdisjoint(found.lines)
