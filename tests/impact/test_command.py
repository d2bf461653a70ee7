"""``khuyencong impact evaluate``: two real panels to JSON and a Word report, and refusals in words."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from tests.core.installations import Installation
from tests.factories.panels import JTRAIN, MPDTA, jtrain, mpdta, rows_of, write

pytestmark = pytest.mark.database_free

EFFECT = {"estimate", "se", "ci", "supported"}


@pytest.fixture
def evaluate(tmp_path, capsys):
    """Run the command in this process; gives the JSON, what was printed, and the report's path."""

    def do(panel, columns, *options):
        out, report = tmp_path / "kết quả.json", tmp_path / "báo cáo.docx"
        arguments = [part for name, column in columns.items() for part in (f"--{name.replace('_', '-')}", column)]
        call_command(
            "impact", "evaluate", str(panel), *arguments, "--json", str(out), "--report", str(report), *options
        )
        return json.loads(out.read_text("utf-8")), capsys.readouterr().out, report

    return do


@pytest.fixture
def counties(tmp_path):
    path = tmp_path / "mpdta.csv"
    mpdta().to_csv(path, index=False)
    return path


@pytest.fixture
def firms(tmp_path):
    path = tmp_path / "jtrain.parquet"
    jtrain()[["fcode", "year", "lscrap", "lemploy", "grant", "union"]].to_parquet(path)
    return path


def test_mpdta(evaluate, counties):
    result, printed, report = evaluate(counties, MPDTA)
    cells = {(one["group"], one["time"]): one["estimate"] for one in result["group_time"]}
    assert round(cells[2004, 2007], 4) == -0.1008
    assert round(result["overall"]["estimate"], 4) == -0.0400
    assert result["verdict"]["text"] in printed
    assert "làm “lemp” giảm khoảng 0,0400" in printed
    assert result["verdict"]["text"] in _text(report)


def test_jtrain(evaluate, firms):
    result, printed, report = evaluate(firms, JTRAIN)
    assert (result["units"], result["supported"], result["observations"]) == (157, 66, 162)
    assert result["overall"]["estimate"] == pytest.approx(-0.3450, abs=5e-5)
    assert result["verdict"]["grade"] == "not-enough-evidence"
    assert printed.startswith("Chưa đủ bằng chứng để nói sự hỗ trợ đã làm “lscrap” thay đổi.\n")
    assert "Chưa đủ bằng chứng" in _text(report)


def test_a_flag_is_the_first_year_in_which_it_is_one(evaluate, firms):
    """The same as the year of the first grant given outright: the grant of 1988 still counts in 1989."""
    flagged, _printed, _report = evaluate(firms, JTRAIN)
    frame = jtrain()[["fcode", "year", "lscrap", "grant"]]
    assert (frame[frame.year == 1989].set_index("fcode").grant == 0)[
        frame[(frame.year == 1988) & (frame.grant == 1)].fcode
    ].all()
    first = frame[frame.grant == 1].groupby("fcode").year.min()
    given = firms.with_name("first.csv")
    frame.assign(first=frame.fcode.map(first)).to_csv(given, index=False)
    columns = {name: column for name, column in JTRAIN.items() if name != "support_flag"}
    outright, _printed, _report = evaluate(given, columns | {"first_support": "first"})
    for one, other in zip(outright["group_time"], flagged["group_time"], strict=True):
        assert one.pop("ci") == pytest.approx(other.pop("ci"))
        assert one == pytest.approx(other)


def test_the_json_holds_everything(evaluate, counties):
    result, _printed, _report = evaluate(counties, MPDTA, "--permutations", "99")
    assert set(result) == {
        *("question", "fingerprint", "years", "units", "supported", "controls", "observations"),
        *("overall", "event_study", "group_time", "by_group", "by_year", "sup_t"),
        *("pretrend", "minimum_detectable_effect", "attrition", "randomization", "leave_one_out"),
        *("warnings", "verdict"),
    }
    assert set(result["overall"]) == EFFECT | {"p_normal", "p_randomization", "controls"}
    assert {frozenset(one) for one in result["group_time"]} == {frozenset(EFFECT | {"group", "time", "controls"})}
    assert {frozenset(one) for one in result["event_study"]} == {frozenset(EFFECT | {"since", "band"})}
    assert set(result["pretrend"]) == {"statistic", "leads", "p_value", "method"}
    assert set(result["attrition"]) == {"supported", "others", "p_value", "gap"}
    assert set(result["verdict"]) == {"grade", "direction", "reasons", "text", "why"}
    assert result["question"]["permutations"] == result["randomization"]["draws"] == 99


def test_the_report_opens_and_holds_chart_tables_and_method(evaluate, firms):
    result, _printed, report = evaluate(firms, JTRAIN, "--strata", "union")
    document = Document(report)
    assert len(document.inline_shapes) == 1
    assert [len(table.rows) for table in document.tables] == [
        1 + len(result["event_study"]),
        1 + len(_basis(result)),
        1 + len(result["group_time"]),
    ]
    text = _text(report)
    for heading in ("1. Kết luận", "2. Biểu đồ", "3. Kết luận dựa trên gì", "6. Phương pháp", result["fingerprint"]):
        assert heading in text
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=1)


def test_json_to_the_screen_is_json_only(firms, capsys):
    call_command("impact", "evaluate", str(firms), *_options(JTRAIN), "--json", "-", "--permutations", "0")
    assert json.loads(capsys.readouterr().out)["units"] == 157


def test_one_seed_one_answer(evaluate, firms):
    first, _printed, _report = evaluate(firms, JTRAIN, "--seed", "5")
    again, _printed, _report = evaluate(firms, JTRAIN, "--seed", "5")
    assert again == first


def test_years_and_logs_and_controls(evaluate, tmp_path):
    path = write([[*rows_of()[0]], *([*row[:2], row[2] + 1, row[3]] for row in rows_of()[1:])], tmp_path / "bảng.xlsx")
    columns = {"unit": "unit", "time": "year", "outcome": "y", "first_support": "first"}
    result, printed, _report = evaluate(path, columns, "--log", "--control", "not-yet", "--first-year", "2011")
    assert result["years"] == [2011, 2012, 2013]
    assert (result["question"]["log"], result["question"]["control"]) == (True, "not-yet")
    assert " %; khoảng tin cậy" in printed or " % so với" in printed


def _refused(capsys, *arguments):
    with pytest.raises(SystemExit) as caught:
        call_command("impact", "evaluate", *arguments, stderr=(told := io.StringIO()))
    assert caught.value.code == 2
    return told.getvalue().strip()


def test_refusals(capsys, tmp_path, firms):
    rows = rows_of()
    rows[7][2] = "hai mươi"
    bad = write(rows, tmp_path / "bảng.csv")
    columns = {"unit": "unit", "time": "year", "outcome": "y"}
    assert _refused(capsys, str(bad), *_options(columns | {"first_support": "first"})) == (
        "Dòng 8: cột “y” ghi “hai mươi”, cần một con số, ví dụ 1250 hoặc 12,5; cả cột một kiểu dấu thập phân."
    )
    assert "--first-support hoặc --support-flag" in _refused(capsys, str(bad), *_options(columns))
    told = _refused(capsys, str(firms), *_options(JTRAIN), "--json", str(tmp_path / "không có" / "a.json"))
    assert told.startswith("Không ghi được tệp “")


@pytest.mark.parametrize("option", ["--seed", "--permutations"])
def test_numbers_that_may_not_be_negative(option, firms):
    with pytest.raises(CommandError, match="số nguyên không âm"):
        call_command("impact", "evaluate", str(firms), *_options(JTRAIN), f"{option}=-5")


def test_as_a_person_runs_it(firms, tmp_path):
    """A process of its own, without any set-up: no database is touched."""
    folder = tmp_path / "data"
    out = tmp_path / "out.json"
    installation = Installation(folder)
    printed = installation.run("impact", "evaluate", str(firms), *_options(JTRAIN), "--json", str(out))
    assert "Chưa đủ bằng chứng" in printed
    assert json.loads(out.read_text("utf-8"))["overall"]["supported"] == 29
    assert not list(folder.glob("*.sqlite3"))


def _options(columns):
    return [part for name, column in columns.items() for part in (f"--{name.replace('_', '-')}", column)]


def _basis(result):
    from khuyencong.impact import wording

    return wording.basis(result)


def _text(report):
    document = Document(report)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
