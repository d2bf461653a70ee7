"""The dashboard: narrowed as asked, the same numbers in charts, tables and files."""

import csv
import io
import json

import pytest
from django.urls import reverse

from khuyencong.core import clock
from khuyencong.reports.dashboard.filters import Filters, narrowed
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def records(commune, other_commune):
    here, there = make_establishment(commune, code="A"), make_establishment(other_commune, code="B")
    year = clock.today().year - 1
    make_project(here, code="DA-1", year=year, support=300_000_000)
    make_project(there, code="DA-2", year=year, support=100_000_000, fund="national")
    make_result(here, year, workers=4, revenue=10**9)
    return year


def data_of(answer):
    page = answer.content.decode()
    return json.loads(page.split('<script id="dashboard-data" type="application/json">')[1].split("</script>")[0])


def values(chart, name):
    return dict(
        zip(chart["labels"], next(one["values"] for one in chart["series"] if one["name"] == name), strict=True)
    )


def test_years_are_understood_and_nonsense_left_out():
    assert (narrowed(Filters(), 2026).first, narrowed(Filters(), 2026).last) == (2017, 2026)
    assert narrowed(Filters(first="2030", last="2024"), 2026).years == range(2024, 2025)
    assert narrowed(Filters(first="x", last="٢٠٢٤"), 2026).last == 2026


def test_the_charts_hold_the_sums(officer_client, records):
    answer = officer_client.get(reverse("dashboard"))
    support = data_of(answer)["support"]
    assert values(support, "Khuyến công địa phương")[str(records)] == 300
    assert values(support, "Khuyến công quốc gia")[str(records)] == 100
    assert "400 triệu" in answer.content.decode()


def test_narrowed_to_a_place(officer_client, records):
    answer = officer_client.get(reverse("dashboard"), {"place": "01477"})
    support = data_of(answer)["support"]
    assert values(support, "Khuyến công địa phương")[str(records)] == 300
    assert not any(values(support, "Khuyến công quốc gia").values())
    assert "Kế hoạch là của cả tỉnh" in answer.content.decode()


def test_narrowed_to_an_old_district(officer_client, records):
    answer = officer_client.get(reverse("dashboard"), {"place": "district:Huyện Trùng Khánh"})
    assert values(data_of(answer)["support"], "Khuyến công địa phương")[str(records)] == 300
    assert "Huyện Trùng Khánh (cũ)" in answer.content.decode()


def test_a_commune_officer_sees_the_commune(client, commune_officer, records):
    client.force_login(commune_officer)
    support = data_of(client.get(reverse("dashboard")))["support"]
    assert not any(values(support, "Khuyến công quốc gia").values())


def test_a_year_that_is_not_over_has_no_results(officer_client, records):
    data = data_of(officer_client.get(reverse("dashboard")))
    assert data["reported"]["labels"][-1] == str(records)
    assert values(data["workers"], "Lao động tại cơ sở đã được hỗ trợ")[str(records)] == 4


def test_the_file_holds_whole_numbers(officer_client, records):
    answer = officer_client.get(reverse("dashboard_table", args=["support"]))
    text = answer.content.decode("utf-8-sig")
    rows = {row["Năm"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows[str(records)]["Khuyến công địa phương"] == "300000000"
    assert officer_client.get(reverse("dashboard_table", args=["no-such"])).status_code == 404


def test_without_records_it_says_so(officer_client):
    answer = officer_client.get(reverse("dashboard"))
    assert answer.content.decode().count("Chưa có số liệu cho những gì đã chọn.") >= 5


def test_the_catalogue_of_indicators(officer_client):
    page = officer_client.get(reverse("indicators")).content.decode()
    assert "Tổng vốn đầu tư ÷ Kinh phí đã nghiệm thu" in page
    rows = json.loads(officer_client.get(reverse("indicators_json")).content)
    assert {"code", "name", "unit", "definition", "formula", "source", "responsible", "frequency"} == set(rows[0])
