"""What the database keeps of establishments is what it would be if worked out anew, whatever changed and however."""

import pytest
from django.core.management import call_command
from django.db import connection

from khuyencong.core import clock
from khuyencong.establishments.listing import registry_list
from khuyencong.establishments.models import Establishment, EstablishmentStanding, YearlyResult
from khuyencong.establishments.standings import laying, search_index
from khuyencong.indicators import headline
from khuyencong.projects.models import Project
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


def kept(one):
    """The standing, after everything kept was compared with what it rests on."""
    assert laying.differences() == {}
    return EstablishmentStanding.objects.get(pk=one.pk)


def test_every_way_of_changing_a_fact_is_followed(commune, other_commune):
    firm, other = make_establishment(commune, code="A"), make_establishment(commune, "Xưởng chè", code="B")
    make_result(firm, 2021, revenue=5, workers=3)
    make_result(firm, 2023, revenue=None, workers=4)
    found = kept(firm)
    assert (found.last_year, found.revenue_year, found.revenue, found.workers) == (2023, 2021, 5, 4)
    project = make_project(firm, year=2022)
    assert kept(firm).first_supported == 2022
    Project.objects.filter(pk=project.pk).update(accepted_year=2020)
    assert kept(firm).first_supported == 2020
    project.establishments.set([other])
    assert (kept(firm).first_supported, kept(other).first_supported) == (None, 2020)
    make_project(firm, code="DA-2", year=None)
    assert kept(firm).under_way
    Project.objects.filter(code="DA-2").update(state="terminated")
    assert not kept(firm).under_way
    Establishment.objects.filter(pk=firm.pk).update(commune=other_commune, status="closed", tax_code="0100109106")
    found = kept(firm)
    assert (found.commune_id, found.active, found.no_tax_code) == (other_commune.pk, False, False)
    YearlyResult.objects.filter(year=2021).update(revenue=None, establishment=other)
    assert (kept(firm).revenue, kept(other).last_year) == (None, 2021)
    YearlyResult.objects.bulk_create([YearlyResult(establishment=other, year=year, source="tax", revenue=year,
                                                   entered_at=clock.now()) for year in (2015, 2019)])  # fmt: skip
    assert kept(other).revenue == 2019
    other.results.all().delete()
    assert kept(other).last_year is None
    for one in Project.objects.all():
        one.delete()
    firm.delete()
    assert laying.differences() == {}
    assert set(EstablishmentStanding.objects.values_list("pk", flat=True)) == {other.pk}


def test_the_check_says_what_differs_and_rebuilding_mends_it(commune, capsys):
    firm = make_establishment(commune)
    make_result(firm, 2023, revenue=7)
    call_command("standings", "check")
    assert "Khớp" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("UPDATE establishments_establishmentstanding SET revenue = 8")
    with pytest.raises(SystemExit):
        call_command("standings", "check")
    assert "establishments_establishmentstanding" in capsys.readouterr().err
    call_command("standings", "rebuild")
    assert kept(firm).revenue == 7


def test_an_upgrade_fills_what_was_there_before(commune):
    firm = make_establishment(commune)
    laying.remove()
    make_result(firm, 2023, revenue=7)
    assert laying.differences()
    laying.after_migration(using="default")
    assert kept(firm).revenue == 7


def test_words_that_very_many_hold_are_found_and_counted_too(officer, commune, monkeypatch):
    firms = [make_establishment(commune, f"Miến dong {n}", code=f"M{n}", owner_name="Nông Thị Đào") for n in range(4)]
    make_establishment(commune, "Chè", code="T")
    for words in ("mien dong", "dao", "ien", "on"):
        assert {one.pk for one in registry_list(officer).found({"q": words})} == {one.pk for one in firms}
    monkeypatch.setattr(search_index, "FEW", 2)  # as in a registry of a hundred thousand
    shown = registry_list(officer).show({"q": "mien dong"})
    assert [one.pk for one in shown.page.rows] == sorted(one.pk for one in firms)
    assert shown.page.total.n == 4
    assert registry_list(officer).found({"q": "on", "sort": "-name"})[0].pk == firms[-1].pk


def test_sums_are_those_of_the_places_within_reach(officer, commune_officer, commune, other_commune):
    for place, code, workers in ((commune, "A", 3), (other_commune, "B", 4)):
        make_result(make_establishment(place, code=code), 2023, workers=workers)
    assert headline.programme(officer).jobs == 7
    assert headline.programme(commune_officer).jobs == 3
