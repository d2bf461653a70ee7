"""Every address declares its rule, and the rule holds for every role."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from khuyencong.people.guard import PUBLIC, SIGNED_IN, rule_of
from khuyencong.people.rules import TABLE, Access, Grant, Permission, Role, ScopeKind
from tests.samples import OF_A_PERSON, OF_A_PLACE, OF_NOBODY, SAMPLES, make_samples

pytestmark = pytest.mark.django_db


def _addresses(resolver=None, namespace=""):
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry, inner)


ADDRESSES = dict(_addresses())


def _address(name, samples):
    names = ADDRESSES[name].pattern.converters
    return reverse(name, kwargs={key: samples[SAMPLES[name][key]] for key in names})


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_address_declares_its_rule(name):
    entry = ADDRESSES[name]
    assert entry.name, f"{entry} has no name"
    assert rule_of(entry.callback, entry.name) is not None, f"{name} declares no access rule"
    missing = set(entry.pattern.converters) - set(SAMPLES.get(name, {}))
    assert not missing, f"{name}: say in tests/samples.py what to put for {missing}"


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_sent_to_the_login(name, commune, officer):
    entry = ADDRESSES[name]
    response = Client().get(_address(name, make_samples(commune, officer)))
    if rule_of(entry.callback, entry.name) == PUBLIC:
        assert response.status_code in (200, 302, 405)
    else:
        assert response.status_code == 302
        assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", ScopeKind)
def test_every_role_at_every_address(role, kind, person, province, commune, officer):
    user = person(role.value, province if kind is ScopeKind.PROVINCE else commune, username=f"walk-{role}")
    access = Access((Grant(role, kind, 1),))
    samples = make_samples(commune, user)
    client = Client()
    client.force_login(user)
    wrong = []
    for name, entry in ADDRESSES.items():
        rule = rule_of(entry.callback, entry.name)
        if rule in (PUBLIC, SIGNED_IN):
            continue
        status = client.get(_address(name, samples)).status_code
        allowed = access.may(rule)
        if (status == 403) == allowed or status >= 500:
            wrong.append((name, rule, status))
    assert not wrong


def _not_refused(client, samples, of):
    """The addresses of such samples that answer with anything but a refusal."""
    wrong = []
    for name, keys in SAMPLES.items():
        if not of & set(keys.values()):
            continue
        for method in (client.get, client.post):
            status = method(_address(name, samples)).status_code
            # An address that only takes posts refuses to be looked at, by anybody.
            if status != 403 and not (method == client.get and status == 405):
                wrong.append((name, method.__name__, status))
    return wrong


def test_every_sample_is_of_a_place_or_of_a_person_or_of_nobody():
    named = {sample for keys in SAMPLES.values() for sample in keys.values()}
    assert named == OF_A_PLACE | OF_A_PERSON | OF_NOBODY


def test_objects_of_another_commune_are_refused(commune_officer, other_commune, officer):
    samples = make_samples(other_commune, officer)
    client = Client()
    client.force_login(commune_officer)
    assert not _not_refused(client, samples, OF_A_PLACE | OF_A_PERSON)


def test_what_another_person_brought_is_refused_even_to_one_of_the_same_rank(person, province, commune, officer):
    samples = make_samples(commune, officer)
    client = Client()
    client.force_login(person("officer", province, username="colleague"))
    assert not _not_refused(client, samples, OF_A_PERSON)
    assert len(_not_refused(client, samples, OF_A_PLACE)) > 1, "the colleague may open what belongs to the place"


def test_every_permission_is_in_the_table():
    assert set(TABLE) == set(Permission)
