"""The invented province as rows: complete, recorded, never mixed with real data."""

import pytest
from django.contrib.auth import authenticate

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord, InstallationFact
from khuyencong.demo import accounts
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.people.models import RoleGrant
from khuyencong.people.rules import Role
from khuyencong.places.queries import resolve
from khuyencong.projects.models import Project
from tests.prepared import FEW

pytestmark = pytest.mark.django_db


def test_everything_is_written_and_recorded(loaded):
    establishments, results, projects = (model.objects.count() for model in (Establishment, YearlyResult, Project))
    assert (establishments, projects) == (FEW, 73)
    assert f"{establishments} cơ sở, {results} kết quả năm, {projects} đề án" in loaded
    assert accounts.PASSWORD in loaded
    assert Project.objects.filter(accepted_year=None).count() == 14
    assert Establishment.objects.filter(projects__accepted_year__isnull=False).distinct().count() == 60
    recorded = AuditRecord.objects.filter(action="demo").exclude(object_type="projects.attachment")
    assert recorded.count() == establishments + results + projects
    assert audit.verify().broken is None
    assert InstallationFact.read("demo") == "7"


def test_a_result_is_in_the_history_of_its_establishment(loaded):
    result = YearlyResult.objects.first()
    shown = {entry.object_type for entry in audit.history(result.establishment)}
    assert shown == {"establishments.establishment", "establishments.yearlyresult"}


def test_search_columns_are_filled(loaded):
    assert not Establishment.objects.filter(search="").exists()
    assert Establishment.objects.filter(search__contains="mien dong").exists()
    assert not Project.objects.filter(search="").exists()


def test_every_record_obeys_the_rules_of_the_forms(loaded):
    for establishment in Establishment.objects.select_related("commune", "industry", "eligible_group"):
        establishment.full_clean()
    for project in Project.objects.all():
        project.full_clean()


def test_old_place_names_lead_to_the_commune(loaded):
    given = Establishment.objects.exclude(place_as_given="").select_related("commune")
    clear = 0
    for establishment in given:
        found = resolve(establishment.place_as_given, "04").commune
        assert found is None or found.code == establishment.commune.code, establishment.place_as_given
        clear += found is not None
    assert clear > 0.97 * len(given)


def test_each_role_has_an_account_that_can_sign_in(loaded):
    assert {grant.role for grant in RoleGrant.objects.all()} == {role.value for role in Role}
    for account in accounts.ACCOUNTS:
        assert authenticate(username=account.username, password=accounts.PASSWORD)
    commune = RoleGrant.objects.get(user__username="xa.trung.khanh")
    assert commune.unit.name == "Xã Trùng Khánh"
