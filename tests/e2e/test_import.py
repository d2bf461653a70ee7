"""Bringing in a file in a real browser, short and long."""

import re

from khuyencong.core import jobs
from khuyencong.establishments.models import Establishment
from tests.factories.establishments import make_establishment
from tests.factories.sheets import csv_file, xlsx

HEADS = ("Tên cơ sở", "Loại hình", "Xã", "Lao động")


def choose(page, name, content):
    page.goto("/import/")
    kind = "application/octet-stream"
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="Xem trước").click()


def test_look_decide_take_the_good_rows_and_fetch_the_bad_ones(page, sign_in, officer, commune):
    make_establishment(commune, "Miến dong Hồng Ngự", "CB-00001", workers=1)
    sign_in(officer)
    rows = [
        ("Chè Kolia", "Hộ kinh doanh", "Thị trấn Trùng Khánh", 3),
        ("MIẾN DONG HỒNG NGỰ", "Hộ kinh doanh", "Xã Trùng Khánh", 9),
        ("Lò rèn", "Công ty", "", "tám"),
    ]
    choose(page, "cơ sở.xlsx", xlsx(HEADS, *rows))
    page.wait_for_selector("text=Lỗi theo từng ô")
    assert page.get_by_text("Thị trấn").count() == 0
    page.get_by_role("button", name="Xác nhận nhập").click()
    assert page.locator("#only-good:invalid").count() == 1, "the browser asks before rows are left behind"
    page.get_by_label(re.compile("Chỉ nhập các dòng đúng")).check()
    page.get_by_label("Xử lý dòng 3").select_option("update")
    page.get_by_role("button", name="Xác nhận nhập").click()
    page.wait_for_selector("text=Đã ghi 2 dòng.")
    assert sorted(Establishment.objects.values_list("code", "workers")) == [("CB-00001", 9), ("CB-00002", 3)]
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Tải các dòng lỗi kèm lý do").click()
    assert fetched.value.suggested_filename == "dong-loi-cơ sở.xlsx"


def test_a_long_file_shows_its_progress_and_arrives(page, sign_in, officer):
    sign_in(officer)
    rows = [(f"Cơ sở {number}", "Hộ kinh doanh", "Xã Trùng Khánh", 5) for number in range(1300)]
    choose(page, "so.csv", csv_file(HEADS, *rows, separator=";"))
    page.get_by_role("button", name="Xác nhận nhập").click()
    page.wait_for_selector("progress")
    jobs.work_off()
    page.wait_for_selector("text=Đã ghi 1.300 dòng.")
    assert Establishment.objects.count() == 1300
