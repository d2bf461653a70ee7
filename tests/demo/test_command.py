"""``khuyencong demo load``: whole or not at all, never mixed with real data (what it says and writes: test_load)."""

import pytest
from django.core.management import CommandError, call_command

from khuyencong.core import audit
from khuyencong.core.models import InstallationFact
from khuyencong.demo import load
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from tests.factories.establishments import make_establishment
from tests.prepared import FEW

pytestmark = pytest.mark.django_db


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


def test_reference_data_load_again_without_change(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        call_command("load_reference", verbosity=0)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [(["--establishments", "10"], "từ 400 đến 1000000"), (["--seed", "-1"], "không âm, nhiều nhất")],
)
def test_an_impossible_wish_is_answered_in_words(arguments, expected):
    with pytest.raises(CommandError, match=f"{arguments[0]}: đọc được “{arguments[1]}”.*{expected}"):
        call_command("demo", "load", *arguments)
