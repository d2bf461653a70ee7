"""The figures of the home page against a recount that knows nothing of the queries."""

import random

import pytest
from django.test import Client

from khuyencong.core import clock
from khuyencong.establishments.models import Industry
from khuyencong.indicators import headline as queries
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def province_of_chance(commune, other_commune):
    """Establishments, results and projects at random, and plain lists of what was made."""
    chance = random.Random(20260701)
    industry = Industry.objects.get(code="1074")
    made, results, projects = [], [], []
    for number in range(40):
        facts = {
            "commune": chance.choice([commune, other_commune]),
            "status": chance.choice(["active", "active", "paused", "closed"]),
            "tax_code": chance.choice(["", f"{number:012d}"]),
            "industry": chance.choice([None, industry]),
            "latitude": chance.choice([None, 22.5]),
            "workers": chance.choice([None, 0, 7]),
        }
        facts["longitude"] = None if facts["latitude"] is None else 106.5
        one = make_establishment(facts.pop("commune"), f"Cơ sở {number}", f"CB-{number:05d}", **facts)
        made.append(one)
        for year in (2021, 2022, 2023):
            if chance.random() < 0.6:
                workers = chance.choice([None, 0, 3, 12])
                results.append((one, year, workers))
                make_result(one, year, workers=workers)
    for number in range(15):
        members = chance.sample(made, chance.choice([1, 1, 2, 3]))
        year, fund = chance.choice([None, 2020, 2021]), chance.choice(["national", "local"])
        support = chance.randrange(1, 10**9)
        projects.append((members, year, fund, support))
        make_project(*members, code=f"DA-{number}", year=year, fund=fund, support=support)
    return made, results, projects


def recount(everything, inside):
    """All the figures again, by hand, over the establishments that are ``inside``."""
    made, results, projects = everything
    made = [one for one in made if inside(one)]
    results = [entry for entry in results if inside(entry[0])]
    projects = [entry for entry in projects if any(inside(one) for one in entry[0])]
    done = [entry for entry in projects if entry[1]]
    supported = {one.pk for members, year, _fund, _support in projects if year for one in members if inside(one)}
    year = max(year for _one, year, _workers in results)
    known = [workers for _one, when, workers in results if when == year and workers is not None]
    active = [one for one in made if one.status == "active"]
    reported = {one.pk for one, when, _workers in results if when == year}
    return {
        "establishments": len(made),
        "communes": len({one.commune_id for one in made}),
        "supported": len(supported),
        "projects": len(done),
        "support": sum(support for *_rest, support in done),
        "counterpart": sum(support for *_rest, support in done),
        "jobs": sum(known),
        "jobs_counted": len(known),
        "jobs_year": year,
        "active": len(active),
        "without_tax_code": sum(1 for one in active if not one.tax_code),
        "without_industry": sum(1 for one in active if one.industry_id is None),
        "without_coordinates": sum(1 for one in active if one.latitude is None),
        "supported_without_result": sum(1 for one in active if one.pk in supported and one.pk not in reported),
        "result_year": year,
        "coverage": [(when, sum(1 for entry in results if entry[1] == when)) for when in (2021, 2022, 2023)],
        "by_year": [
            (
                when,
                sum(money for _m, year, fund, money in projects if (year, fund) == (when, "national")),
                sum(money for _m, year, fund, money in projects if (year, fund) == (when, "local")),
                sum(1 for _m, year, _f, _s in projects if year == when),
            )
            for when in (2020, 2021)
        ],
    }


def told(user):
    by_year = [(row.year, row.national, row.local, row.projects) for row in queries.support_by_year(user)]
    return vars(queries.programme(user)) | vars(queries.data_state(user)) | {"by_year": by_year}


def test_every_figure_of_the_province(officer, province_of_chance):
    assert told(officer) == recount(province_of_chance, lambda one: True)


def test_every_figure_of_one_commune(commune_officer, commune, province_of_chance):
    assert told(commune_officer) == recount(province_of_chance, lambda one: one.commune_id == commune.pk)


def test_the_chart_adds_up_to_the_headline(officer, province_of_chance):
    figures, years = queries.programme(officer), queries.support_by_year(officer)
    assert sum(row.national + row.local for row in years) == figures.support
    assert sum(row.projects for row in years) == figures.projects


def test_nothing_yet_is_nothing_and_jobs_are_unknown_not_zero(officer, officer_client):
    figures = vars(queries.programme(officer))
    assert (figures["establishments"], figures["support"], figures["jobs"], figures["jobs_year"]) == (0, 0, None, None)
    assert queries.data_state(officer).coverage == []
    assert "Chưa có cơ sở nào" in officer_client.get("/home/").content.decode()


def test_a_year_whose_workers_nobody_told_has_no_jobs(officer, officer_client, commune):
    make_result(make_establishment(commune), 2023, workers=None)
    figures = queries.programme(officer)
    assert (figures.jobs, figures.jobs_counted, figures.jobs_year) == (None, 0, 2023)
    card = officer_client.get("/home/").content.decode().split("Lao động năm 2023")[1]
    assert '<div class="much">–</div>' in card.split("figure-card")[0]


def test_the_page_shows_the_figures_in_words(officer_client, commune, other_commune):
    first, second = make_establishment(commune, "A", "A"), make_establishment(other_commune, "B", "B")
    make_result(first, 2022, workers=1200)
    make_result(second, 2023, workers=34)
    make_project(first, second, code="DA-1", year=2021, support=1_250_000_000, fund="national")
    page = " ".join(officer_client.get("/home/").content.decode().split())
    for shown in (
        "ở 2 xã, phường",
        "qua 1 đề án",
        '<div class="much">1,25 tỷ</div>',
        "cơ sở đối ứng 1,25 tỷ",
        "Lao động năm 2023",
        "tại 1 cơ sở có báo cáo",
        "Đã được hỗ trợ mà thiếu kết quả năm 2023",
        "1.250.000.000 ₫",
    ):
        assert shown in page, shown
    assert "/establishments/?supported=yes&amp;status=active&amp;missing=2023" in page


def test_results_that_are_owed_wait_on_the_home_page(officer_client, commune):
    year = clock.today().year - 1
    make_project(make_establishment(commune), year=year - 1, state="monitored")
    assert 'hx-get="/work/summary/"' in officer_client.get("/home/").content.decode(), "it comes once the page is there"
    page = officer_client.get("/work/summary/").content.decode()
    assert f"Thu kết quả năm {year}" in page and "1 cơ sở được hỗ trợ chưa báo cáo" in page
    assert f"/projects/results-due/?year={year}" in page


def test_what_is_due_leads_to_exactly_those_establishments(officer, officer_client, province_of_chance):
    state = queries.data_state(officer)
    address = f"/establishments/?supported=yes&status=active&missing={state.result_year}"
    assert officer_client.get(address).context["list"].page.total.n == state.supported_without_result


def test_an_administrator_sees_no_figures(person, province, province_of_chance):
    client = Client()
    client.force_login(person("administrator", province))
    page = client.get("/home/").content.decode()
    assert "không xem dữ liệu của chương trình" in page
    assert "figure-card" not in page
