"""The measurement as a person meets it: the province's data, and a panel of one's own down to its last file."""

import json
import shlex
import subprocess
import sys
import zipfile

import pytest
from docx import Document
from playwright.sync_api import expect

from khuyencong.core import jobs
from khuyencong.demo import load
from tests.core.installations import Installation
from tests.e2e.conftest import SIZES
from tests.e2e.swaps import until
from tests.factories.panels import mpdta

ANSWER = "**/impact/*-*/"


@pytest.fixture
def demo_officer(db, province, person):
    """An officer of a small invented province."""
    load.load(seed=7, count=400)
    return person("officer", province)


def _chart(page):
    """Check that every point, the zero line and the band stand in the drawing; gives the points."""
    points = json.loads(page.locator("#event-data").text_content())["points"]
    page.locator("#event-chart svg").wait_for()
    drawn = page.evaluate("echarts.getInstanceByDom(document.getElementById('event-chart')).getOption().series")
    assert len(drawn[0]["data"]) == len(points)
    assert drawn[0]["markLine"]["data"][0]["yAxis"] == 0
    assert [height is not None for height in drawn[3]["data"]] == [point["se"] is not None for point in points]
    expect(page.locator("#event-chart svg path")).not_to_have_count(0)
    assert page.locator("#event-chart svg path").count() > len(points)
    return points


def _answered(page):
    """Wait for the answer, while the worker works at it."""
    page.wait_for_url("**/jobs/*/")
    jobs.work_off()
    page.wait_for_url(ANSWER)


def test_a_question_to_the_programmes_data(page, demo_officer, sign_in):
    sign_in(demo_officer)
    page.goto("/impact/")
    page.get_by_label("Sự hỗ trợ làm thay đổi điều gì?").select_option("workers")
    page.get_by_label("Quy mô lao động").check()
    page.locator("form", has_text="Hỏi số liệu của chương trình").get_by_role("button", name="Đo tác động").click()
    _answered(page)
    expect(page.locator("h1")).to_have_text("Hỗ trợ làm thay đổi số lao động thế nào?")
    expect(page.locator(".verdict h2")).to_contain_text("số lao động")
    points = _chart(page)
    page.get_by_text("Bảng số liệu", exact=True).first.click()
    rows = page.locator("#event-chart ~ .chart-foot tbody tr")
    expect(rows).to_have_count(len(points))
    assert {point["since"] for point in points} >= {-2, -1, 0, 1, 2}
    expect(page.get_by_role("note").filter(has_text="Dữ liệu minh họa")).to_be_visible()
    page.set_viewport_size(SIZES["phone"])
    until(page, "document.documentElement.scrollWidth <= window.innerWidth")  # once the chart has shrunk
    page.goto("/impact/")
    expect(page.locator("section", has_text="Các lần đo trước").locator("a")).to_have_count(
        2
    )  # the province's own answer stands there too


def test_a_panel_of_ones_own(page, officer, sign_in, tmp_path):
    panel = tmp_path / "mpdta.csv"
    mpdta().to_csv(panel, index=False)
    sign_in(officer)
    page.goto("/impact/")
    page.get_by_label("Bảng số liệu").set_input_files(panel)
    page.get_by_role("button", name="Tải lên và chọn cột").click()
    page.wait_for_url("**/columns/")
    for label, column in {
        "Cột mã đơn vị": "countyreal",
        "Cột năm": "lpop",  # a mistake: whole years are expected
        "Cột kết quả cần xem": "lemp",
        "Cột về hỗ trợ": "first.treat",
    }.items():
        page.get_by_label(label).select_option(column)
    page.get_by_role("button", name="Đo tác động").click()
    expect(page.locator("[role=alert]")).to_contain_text("Dòng 2: cột “lpop” ghi")
    assert page.get_by_label("Cột kết quả cần xem").input_value() == "lemp"  # nothing that was chosen is lost
    page.get_by_label("Cột năm").select_option("year")
    page.get_by_role("button", name="Đo tác động").click()
    _answered(page)
    expect(page.locator(".verdict h2")).to_have_text("Có bằng chứng: sự hỗ trợ làm “lemp” giảm khoảng 0,0400.")
    assert [point["since"] for point in _chart(page)] == list(range(-3, 4))
    page.get_by_text("Từng năm hỗ trợ, từng năm kết quả").first.click()
    expect(page.locator("tr", has_text="-0,1008").last).to_contain_text("2004")
    _word_report(page, tmp_path)
    _bundle_repeats_itself(page, tmp_path)


def _download(page, name, folder):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def _word_report(page, folder):
    document = Document(_download(page, "Báo cáo Word", folder))
    assert any("làm “lemp” giảm khoảng 0,0400" in paragraph.text for paragraph in document.paragraphs)
    assert len(document.inline_shapes) == 1


def _bundle_repeats_itself(page, folder):
    """Unpack, run the command of README.txt in a process of its own, compare."""
    unpacked = folder / "gói"
    with zipfile.ZipFile(_download(page, "Gói làm lại được", folder)) as pack:
        pack.extractall(unpacked)
    line = (unpacked / "README.txt").read_text("utf-8").split("Làm lại / to repeat:\n")[1].strip()
    program, *arguments = shlex.split(line)
    assert program == "khuyencong"
    environment = Installation(folder / "data").environment
    subprocess.run([sys.executable, "-m", "khuyencong", *arguments], cwd=unpacked, env=environment, check=True)
    told, again = (json.loads((unpacked / name).read_text("utf-8")) for name in ("result.json", "result-again.json"))
    assert again["overall"].pop("ci") == pytest.approx(told["overall"].pop("ci"))
    assert again["overall"] == pytest.approx(told["overall"])
    assert again["fingerprint"] == told["fingerprint"]
    assert again["verdict"]["reasons"] == told["verdict"]["reasons"]
