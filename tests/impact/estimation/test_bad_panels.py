"""Every bad panel is refused with a sentence that names the place, what was read and what was expected."""

import pyarrow as pa
import pytest

from khuyencong.impact import problem_words
from khuyencong.impact.estimation.problems import PanelError
from tests.factories.panels import HEAD, ask, rows_of, write

pytestmark = pytest.mark.database_free

FORMATS = ["csv", "xlsx", "parquet"]
PLACE = {"csv": "Dòng 8: ", "xlsx": "Trang tính “Số liệu”, dòng 8: ", "parquet": "Đơn vị 1, năm 2012: "}
ROW = 7  # unit 1 in 2012: row 8 of a sheet, whose first row is the heading


@pytest.fixture
def refused(tmp_path):
    """Write rows in a format, evaluate them, and give the error."""

    def do(rows, kind="csv", **question):
        path = write(rows, tmp_path / f"bảng.{kind}")
        with pytest.raises(PanelError) as caught:
            ask(path, **question)
        return caught.value

    return do


def _with(column, value, row=ROW):
    rows = rows_of()
    rows[row][HEAD.index(column)] = value
    return rows


@pytest.mark.parametrize("kind", FORMATS)
def test_a_sound_panel_is_not_refused(kind, tmp_path):
    assert ask(write(rows_of(), tmp_path / f"bảng.{kind}")).units == 6


@pytest.mark.parametrize("kind", FORMATS)
def test_text_in_the_outcome(kind, refused):
    error = refused(_with("y", "khoảng 20"), kind)
    assert problem_words.sentence(error) == PLACE[kind] + (
        "cột “y” ghi “khoảng 20”, cần một con số, ví dụ 1250 hoặc 12,5; cả cột một kiểu dấu thập phân."
    )


@pytest.mark.parametrize("written", ["1_000", "0x10", "1 000", "20 triệu", "1/2"])
def test_numbers_written_in_another_way(written, refused):
    assert f"“{written}”, cần một con số" in problem_words.sentence(refused(_with("y", written), "xlsx"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_text_in_the_year(kind, refused):
    error = refused(_with("year", "đầu 2012"), kind)
    assert problem_words.sentence(error).startswith(PLACE[kind] + "cột “year” ghi “đầu 2012”, cần một con số")


@pytest.mark.parametrize("value", [2012.5, 3e12])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("column", ["year", "first"])
def test_a_year_that_is_none(column, kind, value, refused):
    told = problem_words.sentence(refused(_with(column, value), kind))
    assert told.startswith(PLACE[kind] + f"cột “{column}” ghi “")
    assert told.endswith("”, cần một năm viết bằng số nguyên, ví dụ 2019.")


def test_a_year_that_is_none_in_parquet(refused):
    told = problem_words.sentence(refused(_with("first", 2012.5), "parquet"))
    assert told == "Đơn vị 1, năm 2012: cột “first” ghi “2012.5”, cần một năm viết bằng số nguyên, ví dụ 2019."


@pytest.mark.parametrize("kind", FORMATS)
def test_a_year_left_empty(kind, refused):
    error = refused(_with("year", None), kind)
    assert (error.code, error.facts["value"]) == ("not-a-number", None)
    assert "cột “year” ghi “(trống)”" in problem_words.sentence(error)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_unit_left_empty(kind, refused):
    assert "ột “unit” để trống, cần mã của đơn vị." in problem_words.sentence(refused(_with("unit", None), kind))


@pytest.mark.parametrize("kind", FORMATS)
def test_an_infinite_outcome(kind, refused):
    value = "inf" if kind == "xlsx" else float("inf")
    told = problem_words.sentence(refused(_with("y", value), kind))
    assert told == PLACE[kind] + "cột “y” ghi “inf”, vô hạn hoặc lớn đến mức không tính được; cần một con số."


def test_an_outcome_too_large_to_square(refused):
    told = problem_words.sentence(refused(_with("y", 1e200), "parquet"))
    assert told.startswith("Đơn vị 1, năm 2012: cột “y” ghi “1e+200”, vô hạn hoặc lớn đến mức")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("value", [0, -3])
def test_logs_of_what_has_none(value, kind, refused):
    rows = [rows_of()[0], *([*row[:2], row[2] + 1, row[3]] for row in rows_of()[1:])]
    rows[ROW][2] = rows[ROW + 4][2] = value
    told = problem_words.sentence(refused(rows, kind, log=True))
    assert told == PLACE[kind] + (
        f"cột “y” ghi “{value}”; muốn tính theo phần trăm thì mọi giá trị phải lớn hơn 0 (có 2 giá trị không đạt). "
        "Hãy để trống các giá trị đó hoặc tính theo đơn vị gốc."
    )


@pytest.mark.parametrize("value", [2, -1, 0.5])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_flag_that_is_neither_0_nor_1(kind, value, refused):
    told = problem_words.sentence(refused(_flagged({ROW: value}), kind, support_flag="flag"))
    assert told == PLACE[kind] + f"cột “flag” ghi “{value}”, cần 0 (không được hỗ trợ) hoặc 1 (được hỗ trợ)."


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_flag_in_words(kind, refused):
    told = problem_words.sentence(refused(_flagged({ROW: "có lẽ"}), kind, support_flag="flag"))
    assert told == PLACE[kind] + "cột “flag” ghi “có lẽ”, cần 0 (không được hỗ trợ) hoặc 1 (được hỗ trợ)."


def _flagged(changed):
    flag = [1 if row[3] and row[1] >= row[3] else 0 for row in rows_of()[1:]]
    return [
        [*row[:3], "flag" if not number else changed.get(number, flag[number - 1])]
        for number, row in enumerate(rows_of())
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_unit_twice_in_a_year(kind, refused):
    rows = rows_of()
    rows.append([1, 2012, 7, 2012])
    told = problem_words.sentence(refused(rows, kind))
    expected = {
        "csv": "Dòng 26: đơn vị 1 đã có số liệu năm 2012 ở dòng 8; mỗi đơn vị mỗi năm chỉ được một dòng.",
        "xlsx": "Trang tính “Số liệu”, dòng 26: đơn vị 1 đã có số liệu năm 2012 ở dòng 8; "
        "mỗi đơn vị mỗi năm chỉ được một dòng.",
        "parquet": "Đơn vị 1 có hai dòng cho năm 2012; mỗi đơn vị mỗi năm chỉ được một dòng.",
    }
    assert told == expected[kind]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_unit_twice_in_a_year_once_without_outcome(kind, refused):
    assert refused([*rows_of(), [1, 2012, None, 2012]], kind).code == "duplicate"


@pytest.mark.parametrize("kind", FORMATS)
def test_two_first_supports(kind, refused):
    told = problem_words.sentence(refused(_with("first", 2013), kind))
    assert told.endswith(
        "vị 1 có hai năm hỗ trợ đầu tiên khác nhau ở cột “first”: 2012, 2013. Chỉ được một "
        "(0 hoặc trống ở mọi dòng nếu chưa bao giờ)."
    )
    assert kind == "parquet" or told.startswith(PLACE[kind])


@pytest.mark.parametrize("kind", FORMATS)
def test_two_strata(kind, refused):
    rows = [[*row, "side" if not number else "bắc"] for number, row in enumerate(rows_of())]
    rows[ROW][4] = "nam"
    told = problem_words.sentence(refused(rows, kind, strata=("side",)))
    assert "vị 1 thuộc hai nhóm so sánh khác nhau (cột side): bắc, nam." in told
    assert kind == "parquet" or told.startswith(PLACE[kind])


@pytest.mark.parametrize("kind", FORMATS)
def test_a_missing_column(kind, refused):
    told = problem_words.sentence(refused(rows_of(), kind, outcome="doanh thu"))
    assert told == "Không có cột “doanh thu”. Các cột đọc được: unit, year, y, first."
    told = problem_words.sentence(refused(rows_of(), kind, time="yaer"))
    assert told == "Không có cột “yaer”. Có phải bạn muốn nói: year?"


@pytest.mark.parametrize("kind", FORMATS)
def test_one_year_only(kind, refused):
    told = problem_words.sentence(refused(rows_of(years=1), kind))
    assert told == "Số liệu chỉ có năm 2010. Cần ít nhất hai năm: trước và sau khi được hỗ trợ."


def test_one_year_with_outcomes(refused):
    rows = [row if row[1] in ("year", 2011) else [*row[:2], None, row[3]] for row in rows_of()]
    assert problem_words.sentence(refused(rows)).startswith("Số liệu chỉ có năm 2011.")


def test_too_many_years(refused):
    assert problem_words.sentence(refused(rows_of(years=61))) == "Số liệu có 61 mốc thời gian, nhiều nhất là 60."


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("control", ["never", "not-yet"])
def test_all_supported_at_once(kind, control, refused):
    told = problem_words.sentence(refused(rows_of(supported=6), kind, control=control))
    assert told == "Mọi đơn vị được hỗ trợ cùng một lúc hoặc từ đầu, không còn đơn vị nào để so sánh."


@pytest.mark.parametrize("first", [2010, 2009, 2050, 0])
def test_nobody_supported_within_the_years(first, refused):
    told = problem_words.sentence(refused(rows_of(first=first)))
    assert told == ("Không có đơn vị nào được hỗ trợ sau năm 2010 và đến hết năm 2013, nên không có gì để so sánh.")


def test_no_year_in_which_both_sides_are_seen(refused):
    rows = [row if row[0] == "unit" or row[0] < 3 or row[1] < 2012 else [*row[:2], None, row[3]] for row in rows_of()]
    rows = [row if row[0] == "unit" or row[0] > 2 or row[1] > 2011 else [*row[:2], None, row[3]] for row in rows]
    told = problem_words.sentence(refused(rows))
    assert told == "Không có năm nào mà cả bên được hỗ trợ và bên so sánh cùng có số liệu."


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_heading_and_nothing_else(kind, refused):
    assert problem_words.sentence(refused([HEAD], kind)) == "Số liệu không có dòng nào (trong các năm đã chọn)."


def test_no_rows_in_the_chosen_years(refused):
    assert refused(rows_of(), years=(2030, None)).code == "empty"


def test_no_outcome_at_all(refused):
    assert refused([HEAD, *([*row[:2], None, row[3]] for row in rows_of()[1:])]).code == "empty"


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_file(kind, tmp_path):
    path = tmp_path / f"trống.{kind}"
    path.touch()
    with pytest.raises(PanelError) as caught:
        ask(path)
    assert caught.value.code in ("empty", "unreadable")
    assert len(problem_words.sentence(caught.value)) > 20


def test_an_empty_table():
    with pytest.raises(PanelError, match="empty"):
        ask(pa.table({name: pa.array([], pa.int64()) for name in HEAD}))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_file_that_is_something_else(kind, tmp_path):
    path = tmp_path / f"ảnh.{kind}"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    with pytest.raises(PanelError) as caught:
        ask(path)
    assert problem_words.sentence(caught.value).startswith(f"Không mở được tệp “{path.name}”: tệp hỏng")


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_a_file_cut_short(kind, tmp_path):
    path = write(rows_of(), tmp_path / f"bảng.{kind}")
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(PanelError) as caught:
        ask(path)
    assert caught.value.code == "unreadable"


def test_a_parquet_file_broken_in_the_middle(tmp_path):
    path = write(rows_of(units=4000, supported=50), tmp_path / "bảng.parquet")
    content = bytearray(path.read_bytes())
    content[200:4000] = b"\xff" * 3800
    path.write_bytes(content)
    with pytest.raises(PanelError) as caught:
        ask(path)
    assert problem_words.sentence(caught.value).startswith("Không mở được tệp “bảng.parquet”: tệp hỏng")


@pytest.mark.parametrize(("line", "cells"), [("1,2", 2), ("1,2013,5,0,7", 5)])
@pytest.mark.parametrize("before", [0, 50_000])
def test_a_line_with_too_few_or_too_many_cells(before, line, cells, tmp_path):
    good = "".join(f"{unit},2010,1,0\n" for unit in range(before + 1))
    path = tmp_path / "bảng.csv"
    path.write_text(f"unit,year,y,first\n{good}{line}\n900000,2012,1,0\n", "utf-8")
    with pytest.raises(PanelError) as caught:
        ask(path)
    assert problem_words.sentence(caught.value) == (
        f"Dòng {before + 3}: có {cells} ô, trong khi dòng tiêu đề có 4 cột; mỗi dòng cần đúng 4 ô."
    )


def test_a_file_in_another_encoding(tmp_path):
    path = tmp_path / "bảng.csv"
    path.write_bytes("unit,năm,y,first\n1,2010,3,0\n".encode("latin-1", errors="replace").replace(b"?", b"\xe3"))
    with pytest.raises(PanelError) as caught:
        ask(path)
    assert problem_words.sentence(caught.value) == (
        "Tệp “bảng.csv” không dùng bảng mã UTF-8. Hãy lưu lại bằng Excel, chọn loại “CSV UTF-8”."
    )


def test_no_such_file(tmp_path):
    with pytest.raises(PanelError) as caught:
        ask(tmp_path / "không có.csv")
    assert "không có.csv" in problem_words.sentence(caught.value)


def test_every_code_has_words():
    import re

    codes = re.findall(r"[a-z]+(?:-[a-z]+)+|ragged|encoding|infinite|duplicate|unreadable", PanelError.__doc__)
    general = problem_words.sentence(PanelError("no such code"))
    facts = dict.fromkeys(
        [
            "file",
            "reason",
            "found",
            "expected",
            "column",
            "count",
            "unit",
            "year",
            "years",
            "most",
            "first",
            "last",
            "value",
            "large",
            "small",
        ],
        1,
    )
    assert len(codes) > 15
    assert [code for code in codes if problem_words.sentence(PanelError(code, facts)) == general] == []
