"""The invented province as rows: complete, recorded, never mixed with real data."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from khuyencong.core import audit
from khuyencong.core.models import AuditRecord, InstallationFact
from khuyencong.demo import accounts, load
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.rules import Role
from khuyencong.places.queries import resolve
from khuyencong.projects.models import Project
from tests.samples import make_establishment

pytestmark = pytest.mark.django_db
FEW = 400  # enough for sixty to be supported


@pytest.fixture
def loaded(db):
    return load.load(seed=7, count=FEW)


def test_everything_is_written_and_recorded(loaded):
    assert Establishment.objects.count() == loaded.establishments == FEW
    assert YearlyResult.objects.count() == loaded.results
    assert Project.objects.count() == loaded.projects == 71
    assert Project.objects.filter(accepted_year=None).count() == 12
    assert Establishment.objects.filter(projects__accepted_year__isnull=False).distinct().count() == 60
    recorded = AuditRecord.objects.filter(action="demo").exclude(object_type="projects.attachment")
    assert recorded.count() == loaded.establishments + loaded.results + loaded.projects
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


def test_it_is_never_mixed_with_data_that_are_there(commune):
    make_establishment(commune)
    with pytest.raises(CommandError, match="không được trộn"):
        call_command("demo", "load")
    assert not User.objects.exists()
    assert InstallationFact.read("demo") == ""


def test_it_is_loaded_whole_or_not_at_all(monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(load, "_projects", fail)
    with pytest.raises(RuntimeError):
        load.load(seed=7, count=FEW)
    assert not Establishment.objects.exists()
    assert not User.objects.exists()
    assert audit.verify() == audit.Verdict(0, None)


def test_the_command_says_what_it_did(capsys):
    call_command("demo", "load", "--seed", "7", "--establishments", str(FEW))
    said = capsys.readouterr().out
    assert f"{FEW} cơ sở" in said
    assert accounts.PASSWORD in said


def test_reference_data_load_again_without_change(django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        call_command("load_reference", verbosity=0)


@pytest.mark.parametrize("arguments", [["--establishments", "10"], ["--seed", "-1"]])
def test_an_impossible_wish_is_answered_in_words(arguments):
    with pytest.raises(CommandError, match="ít nhất 400"):
        call_command("demo", "load", *arguments)
