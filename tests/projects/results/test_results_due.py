"""Results that are owed: for the years that the law parameter says, to be collected by whoever is in charge."""

import datetime as dt
import io
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from khuyencong.establishments.models import Establishment, OwedResult, YearlyResult
from khuyencong.establishments.standings import laying
from khuyencong.law.models import Parameter
from khuyencong.people.models import OfficerAssignment
from khuyencong.projects.models import Project
from khuyencong.projects.results.queries import due_for, missing, outstanding, result_years
from khuyencong.projects.steps.actions import take_step
from khuyencong.reports.official.models import ReportDefinition
from khuyencong.work.queries import work_of
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

TODAY = dt.date(2026, 7, 15)


@pytest.fixture
def here(commune):
    return make_establishment(commune, "Miến Tân Việt Á", "CB-1", phone="0912 000 111", owner_name="Hoàng Văn Slửu")


@pytest.fixture
def there(other_commune):
    return make_establishment(other_commune, "Rèn Phúc Sen", "CB-2")


def owed(user, today=TODAY, **asked):
    return [(one.establishment.code, one.year) for one in missing(user, today, **asked)]


def test_the_years_are_those_of_the_parameter_on_the_day_of_acceptance(officer, here):
    project = make_project(here, year=2022)
    assert owed(officer) == [("CB-1", 2023), ("CB-1", 2024), ("CB-1", 2025)]
    project.accepted_on = dt.date(2022, 5, 5)
    project.save()
    Parameter.objects.filter(code="results-years").update(valid_to=dt.date(2022, 4, 30))
    assert owed(officer) == [], "no rule held on that day"
    rule = Parameter.objects.get(code="results-years")
    rule.pk, rule.value, rule.valid_from, rule.valid_to = None, 1, dt.date(2022, 5, 1), None
    rule.save()
    assert owed(officer) == [("CB-1", 2023)]


def test_what_the_database_keeps_is_what_the_rule_asks_for_on_the_day_of_acceptance(officer, here, there):
    """With a gap, an overlap and acceptances of which only the year is known; whatever changes, and however."""
    rule = Parameter.objects.get(code="results-years")
    rule.valid_from, rule.valid_to = dt.date(2012, 7, 5), dt.date(2018, 6, 30)
    rule.save()
    for value, begins, ends in ((1, (2020, 1, 1), None), (5, (2021, 3, 1), (2022, 12, 31)), (0, (2025, 1, 1), None)):
        rule.pk, rule.value = None, value
        rule.valid_from, rule.valid_to = dt.date(*begins), ends and dt.date(*ends)
        rule.save()
    accepted = [(year, None) for year in range(2011, 2027)]
    accepted += [(day.year, day) for day in (dt.date(2018, 6, 30), dt.date(2021, 2, 28), dt.date(2021, 3, 1))]
    for n, (year, day) in enumerate(accepted):
        make_project(*((here, there) if n % 2 else (here,)), code=f"DA-{n}", year=year, accepted_on=day)
    make_project(here, code="DA-open", year=None)
    for year in (2013, 2016, 2022):
        make_result(here, year)

    def proved():
        owed = sorted(OwedResult.objects.values_list("project_id", "establishment_id", "year", "commune_id"))
        assert owed == sorted(
            (project.pk, one.pk, year, one.commune_id)
            for project in Project.objects.prefetch_related("establishments__results")
            for one in project.establishments.all()
            if one.status == Establishment.Status.ACTIVE
            for year in result_years(project.accepted_year, project.accepted_on) - {of.year for of in one.results.all()}
        )
        assert laying.differences() == {}
        return len(owed)

    before = proved()
    Parameter.objects.filter(code="results-years", value=5).update(value=2)
    assert proved() < before
    Parameter.objects.filter(code="results-years", value=1).delete()
    Project.objects.filter(code="DA-open").update(accepted_year=2022)
    Project.objects.filter(code="DA-3").update(accepted_on=dt.date(2021, 12, 1))
    proved()
    YearlyResult.objects.filter(year=2022).update(year=2024, establishment=there)
    Establishment.objects.filter(pk=here.pk).update(status=Establishment.Status.CLOSED)
    Project.objects.get(code="DA-5").delete()
    proved()
    Establishment.objects.filter(pk=here.pk).update(status=Establishment.Status.ACTIVE, commune=there.commune)
    YearlyResult.objects.all().delete()
    proved()


def test_only_years_that_have_ended_and_only_what_is_not_there(officer, here, there):
    make_project(here, there, year=2023)
    make_result(here, 2024)
    assert owed(officer) == [("CB-2", 2024), ("CB-2", 2025), ("CB-1", 2025)]
    assert owed(officer, dt.date(2024, 12, 31)) == []
    assert owed(officer, dt.date(2027, 1, 1)) == [
        ("CB-2", 2024), ("CB-2", 2025), ("CB-1", 2025), ("CB-2", 2026), ("CB-1", 2026),
    ]  # fmt: skip
    assert owed(officer, since=2025) == [("CB-2", 2025), ("CB-1", 2025)]


def test_one_line_for_two_projects_named_after_the_first_and_nothing_of_the_closed_or_unaccepted(officer, here, there):
    first = make_project(here, code="DA-1", year=2022)
    make_project(here, code="DA-2", year=2023)
    make_project(there, code="DA-3", year=None)
    found = missing(officer, TODAY)
    assert [(one.year, one.project.code) for one in found] == [(2023, "DA-1"), (2024, "DA-1"), (2025, "DA-1")]
    assert first.pk == found[0].project.pk
    Establishment.objects.filter(pk=here.pk).update(status=Establishment.Status.CLOSED)
    assert missing(officer, TODAY) == []


def test_each_commune_is_for_whoever_is_in_charge_else_for_all_who_reach_it(
    officer, commune_officer, person, province, here, there
):
    make_project(here, there, year=2024)
    colleague = person("officer", province, "dong-nghiep")

    def mine(user):
        return [one.establishment.code for one in due_for(user, TODAY)]

    assert mine(officer) == mine(colleague) == ["CB-2", "CB-1"] and mine(commune_officer) == ["CB-1"]
    OfficerAssignment.objects.create(user=colleague, unit=here.commune, valid_from=dt.date(2026, 1, 1))
    assert (mine(officer), mine(colleague), mine(commune_officer)) == (["CB-2"], ["CB-2", "CB-1"], [])
    assert mine(person("viewer", province)) == []


def test_what_is_counted_for_the_work_list_is_what_the_page_lists(
    officer, commune_officer, commune, other_commune, here, there
):
    make_project(here, there, year=2022, state="monitored")
    make_project(there, year=2023, state="monitored", code="DA-2023-01")
    make_result(there, 2024)
    OfficerAssignment.objects.create(user=commune_officer, unit=commune, valid_from=dt.date(2020, 1, 1))
    for user in (officer, commune_officer):
        for since in (0, 2024, 2025):
            listed = Counter(one.year for one in due_for(user, TODAY, since))
            assert outstanding(user, TODAY, since).to_collect == listed, (user, since)


def test_the_work_list_names_only_the_last_three_years_and_the_page_all(officer, here):
    make_project(here, code="DA-1", year=2018, state="monitored")
    make_project(here, code="DA-2", year=2023, state="monitored")
    ReportDefinition.objects.filter(sort="kind").delete()  # official reports come round by the calendar
    work = work_of(officer, TODAY)
    told = {one.verb: one.url for one in work.overdue}
    page = reverse("projects:results_due")
    assert told == {f"Thu kết quả năm {year}": f"{page}?year={year}" for year in (2024, 2025)}
    assert [one.due for one in work.overdue] == [dt.date(2025, 3, 31), dt.date(2026, 3, 31)]
    client = Client()
    client.force_login(officer)
    years = next(one for one in client.get(page).context["list"].selects if one.name == "year")
    assert [value for value, _label in years.choices][:3] == ["2019", "2020", "2021"]
    make_result(here, 2024)
    make_result(here, 2025)
    assert not work_of(officer, TODAY).count, "reported: gone"


def test_the_page_narrows_and_the_workbook_is_what_the_page_shows(officer_client, here, there):
    make_project(here, there, year=2022)
    page = reverse("projects:results_due")
    asked = f"{page}?year=2024&commune={here.commune.name}"
    assert officer_client.get(page).context["list"].page.total.n == 6
    assert [one.establishment for one in officer_client.get(asked).context["list"].page.rows] == [here]
    book = load_workbook(io.BytesIO(officer_client.get(asked + "&download=yes").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1:] == [
        (2024, "CB-1", "Miến Tân Việt Á", "Xã Trùng Khánh", "Hoàng Văn Slửu", "0912 000 111", "Đề án thử DA-1")
    ]


def test_whoever_may_not_see_contacts_gets_none_in_the_workbook(person, province, here):
    make_project(here, year=2022)
    client = Client()
    client.force_login(person("viewer", province))
    book = load_workbook(io.BytesIO(client.get(reverse("projects:results_due") + "?download=yes").content))
    assert [row[4:6] for row in book.active.iter_rows(min_row=2, values_only=True)] == [(None, None)] * 3


@pytest.mark.parametrize("asked", ["year=99999999999999999999", "year=²", "commune=x%00", "page=0", "year=-1"])
def test_what_is_not_understood_is_no_error(officer_client, asked, here):
    assert officer_client.get(f"{reverse('projects:results_due')}?{asked}").status_code == 200


def test_projects_whose_results_are_all_there_wait_to_be_put_away(officer, here, there):
    project = make_project(here, there, year=2022, state="monitored")
    Establishment.objects.filter(pk=there.pk).update(status=Establishment.Status.CLOSED)
    for year in (2023, 2024):
        make_result(here, year)

    def told():
        work = work_of(officer, TODAY)
        return [one.about for one in (*work.overdue, *work.this_week, *work.later) if "Lưu trữ" in one.verb]

    assert told() == []
    make_result(here, 2025)
    assert told() == ["1 đề án đã đủ kết quả hằng năm"]
    assert take_step(officer, project.pk, "archive").target == "archived"
    assert told() == []
