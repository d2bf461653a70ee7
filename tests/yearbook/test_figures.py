"""Figures of the province: entered with their source, corrected, verified by another person; none of elsewhere."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditRecord, InstallationFact
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.places.models import Unit
from khuyencong.yearbook import actions, queries, reference
from khuyencong.yearbook.models import MacroFigure, MacroIndicator
from khuyencong.yearbook.rules import value_problem
from khuyencong.yearbook.wording import number, origin
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project
from tests.factories.yearbook import make_macro_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(person, province):
    """A leader of the province."""
    return person("leader", province)


@pytest.fixture
def elsewhere():
    """Hà Nội."""
    return Unit.objects.get(code="01", kind="province", valid_to=None)


def values(code="poverty-rate", **fields):
    return {
        "indicator": MacroIndicator.objects.get(code=code), "year": 2024, "value": Decimal("22.5"),
        "source": "Niên giám thử, trang 5", "published_on": None, "note": "", **fields,
    }  # fmt: skip


def test_reference_figures_tell_their_source_and_how_sure_they_are(province):
    found = {(one.indicator.code, one.year): one for one in MacroFigure.objects.filter(province=province)}
    assert {key: int(one.value) for key, one in found.items()} == {
        ("rural-establishments", 2009): 1526, ("rural-establishments", 2015): 1650,
        ("rural-workers", 2009): 7039, ("rural-workers", 2015): 9000,
    }  # fmt: skip
    assert all(one.source for one in found.values())
    assert {key[0] for key, one in found.items() if one.verified} == {"rural-establishments"}
    assert all("suy ra" in one.note for one in found.values() if not one.verified)


def test_loading_again_changes_nothing_and_keeps_what_was_corrected():
    MacroFigure.objects.filter(indicator__code="rural-workers").update(value=7040)
    InstallationFact.write("macro", "0")
    reference.load()
    assert MacroFigure.objects.count() == 4
    assert set(MacroFigure.objects.filter(indicator__code="rural-workers").values_list("value", flat=True)) == {7040}


def test_another_province_has_nothing_of_this_one(settings, person, elsewhere):
    MacroFigure.objects.all().delete()
    InstallationFact.write("macro", "0")
    settings.PROVINCE_CODE = "01"
    reference.load()
    assert not MacroFigure.objects.exists()
    make_macro_figure(Unit.objects.get(code="04", valid_to=None))
    user = person("officer", elsewhere)
    assert queries.province_of(user) == elsewhere
    assert not any(figures for _one, figures in queries.picture(queries.province_of(user)))


def test_a_commune_officer_sees_the_province_of_the_commune(commune_officer, province):
    assert queries.province_of(commune_officer) == province


def test_entered_corrected_and_verified_by_another(officer, leader, province):
    figure = actions.add_figure(officer, province, values())
    assert not figure.verified
    actions.verify_figure(leader, figure.pk)
    figure.refresh_from_db()
    assert (figure.verified, figure.verified_by) == (True, leader)
    actions.change_figure(officer, figure.pk, values(value=Decimal("21.9")), version_of(figure))
    figure.refresh_from_db()
    assert (figure.value, figure.verified, figure.verified_by) == (Decimal("21.90"), False, None)
    assert list(AuditRecord.objects.order_by("seq").values_list("action", flat=True)) == ["create", "verify", "update"]


def test_saving_without_a_change_keeps_it_verified(officer, leader, province):
    figure = actions.add_figure(officer, province, values())
    actions.verify_figure(leader, figure.pk)
    figure.refresh_from_db()
    assert actions.change_figure(officer, figure.pk, values(), version_of(figure)).verified


def test_nobody_verifies_what_they_entered(person, province):
    both = person("officer", province)
    person_grant = both.role_grants.first()
    person_grant.pk, person_grant.role = None, "leader"
    person_grant.save()
    figure = actions.add_figure(both, province, values())
    with pytest.raises(PermissionDenied, match="không được tự xác minh"):
        actions.verify_figure(both, figure.pk)


def test_who_may_not(leader, commune_officer, officer, person, elsewhere, province):
    stranger = person("officer", elsewhere)
    for user in (leader, commune_officer, stranger):
        with pytest.raises(PermissionDenied):
            actions.add_figure(user, province, values())
    figure = make_macro_figure(province)
    with pytest.raises(PermissionDenied):
        actions.verify_figure(officer, figure.pk)
    with pytest.raises(PermissionDenied):
        queries.get(stranger, figure.pk, queries.Permission.MACRO_EDIT)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": Decimal("100.1")}, "value"),
        ({"value": Decimal(-1)}, "value"),
        ({"code": "rural-workers", "value": Decimal("7.5")}, "value"),
        ({"year": 2090}, "year"),
        ({"year": 1980}, "year"),
        ({"source": ""}, "source"),
        ({"code": "rural-workers", "year": 2009, "value": Decimal(7000)}, "year"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(officer, province, wrong, field):
    with pytest.raises(ValidationError) as refused:
        actions.add_figure(officer, province, values(**wrong))
    assert field in refused.value.message_dict
    assert MacroFigure.objects.count() == 4


def test_a_second_person_who_saved_first_is_noticed(officer, province):
    figure = actions.add_figure(officer, province, values())
    seen = version_of(MacroFigure.objects.get(pk=figure.pk))
    actions.change_figure(officer, figure.pk, values(value=Decimal(20)), seen)
    with pytest.raises(ChangedMeanwhile):
        actions.change_figure(officer, figure.pk, values(value=Decimal(19)), seen)


def test_the_database_holds_the_rules_too(province):
    make_macro_figure(province)
    for wrong in ({}, {"year": 2021, "source": ""}, {"year": 2021, "value": Decimal(-1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_macro_figure(province, **wrong)


def test_the_programme_counts_each_establishment_once_and_no_money_twice(officer, commune):
    one, two = make_establishment(commune, code="A-1"), make_establishment(commune, code="A-2")
    make_project(one, two, code="DA-1", year=2020, support=100)
    make_project(one, code="DA-2", year=2020, support=50)
    make_project(two, code="DA-3", year=2022, support=70)
    make_project(two, code="DA-4", year=None, support=900)
    assert [(one.year, one.establishments, one.support) for one in queries.programme(officer)] == [
        (2020, 2, 150), (2022, 1, 70),
    ]  # fmt: skip


@given(st.sampled_from(MacroIndicator.Scale.values), st.decimals(-1000, 10**9, places=2))
def test_values_are_refused_for_one_reason_only(unit, value):
    code = value_problem(unit, value)
    assert (code == "negative") is (value < 0)
    if code == "over-100":
        assert unit == "percent"
    if code == "not-whole":
        assert unit in ("establishments", "persons") and value % 1


def test_the_day_of_publication_is_told_with_the_source(officer, province):
    figure = actions.add_figure(officer, province, values(published_on=dt.date(2025, 3, 1), note="giá hiện hành"))
    assert origin(figure) == "Niên giám thử, trang 5. công bố ngày 01/03/2025. giá hiện hành"
    assert [number(Decimal(value)) for value in ("22.50", "7039.00", "9000")] == ["22,5", "7.039", "9.000"]
