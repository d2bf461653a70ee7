"""Every address declares its rule; each page is visited once by everybody.

One visit asks for all of it: whether the rule holds, what it costs, whether its markup holds together, and whether
any text of the other language is left on it. People of the province look in Vietnamese, people of a commune in English.
"""

import datetime as dt
import re

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse

from khuyencong.core.queue.router import QUEUE
from khuyencong.people.guard import PUBLIC, SIGNED_IN, rule_of
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.rules import TABLE, Access, Grant, Permission, Role, ScopeKind
from khuyencong.places.models import Unit
from tests.acceptance.languages import left_over
from tests.acceptance.markup import faults
from tests.acceptance.query_limits import limit
from tests.conftest import PASSWORD
from tests.factories.samples import OF_A_PERSON, OF_A_PLACE, OF_NOBODY, SAMPLES, make_samples

pytestmark = pytest.mark.django_db

# Other looks of an address, at which those who come to work there look too.
LOOKS = {
    "search": ["q=zzz"],
    "establishments:list": ["supported=yes&missing=2023"],
    "prospects:list": ["q=c&met=industry"],
    "establishments:card": ["tab=results", "tab=projects", "tab=history"],
    "projects:card": ["tab=file", "tab=appraisal", "tab=money", "tab=inspection"],
}
# Other samples of an address, with all its looks: a project asks for other things at each stage of its life.
STAGES = {
    "projects:card": [{"project": "appraised"}, {"project": "contracted"}],
    "projects:step": [{"project": "appraised", "step": "approve"}, {"project": "contracted", "step": "accept"}],
}
# What these show, apart from the words of the product, are Vietnamese texts of the law and of the province.
VIETNAMESE_RECORDS = re.compile(
    r"law:|kit$|entitlements:establishment|in_plan:build|planning:(plan|adjustment|periods?)$|programmes:home"
    r"|projects:(sheet|criteria)|prospects:list"
)
LANGUAGES = {ScopeKind.PROVINCE: "vi", ScopeKind.COMMUNE: "en"}


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


def _unit(code):
    return Unit.objects.get(code=code, valid_to=None)


@pytest.fixture
def _files_of_this_test():
    """The files are those of the samples."""


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The samples and whose they are: somebody without a role; gone with the module."""
    files = tmp_path_factory.mktemp("files")
    changed = override_settings(MEDIA_ROOT=files, PASSWORD_HASHERS=["tests.hashers.Quick"])
    with django_db_blocker.unblock(), changed, transaction.atomic(), transaction.atomic(QUEUE):
        owner = User.objects.create_user("walk", password=PASSWORD, full_name="Thử walk")
        yield owner, make_samples(_unit("01477"), owner)
        for alias in (QUEUE, DEFAULT_DB_ALIAS):
            transaction.set_rollback(True, alias)


@pytest.fixture
def owner(made):
    return made[0]


@pytest.fixture
def samples(made):
    return made[1]


class Cost:
    """Counts the queries of what is done inside."""

    def __call__(self, execute, *arguments):
        self.queries += 1
        return execute(*arguments)

    def __enter__(self):
        self.queries = 0
        self.wrapper = connection.execute_wrapper(self)
        self.wrapper.__enter__()
        return self

    def __exit__(self, *error):
        self.wrapper.__exit__(*error)


@pytest.mark.database_free
@pytest.mark.parametrize("name", ADDRESSES)
def test_every_address_declares_its_rule(name):
    entry = ADDRESSES[name]
    assert entry.name, f"{entry} has no name"
    assert rule_of(entry.callback, entry.name) is not None, f"{name} declares no access rule"
    missing = set(entry.pattern.converters) - set(SAMPLES.get(name, {}))
    assert not missing, f"{name}: say in tests/factories/samples.py what to put for {missing}"


def test_a_stranger_is_sent_to_the_login(samples):
    wrong = []
    for name, entry in ADDRESSES.items():
        response = Client().get(_address(name, samples))
        if rule_of(entry.callback, entry.name) == PUBLIC:
            fine = response.status_code in (200, 302, 405)
        else:
            fine = response.status_code == 302 and response.url.startswith("/account/login/")
        if not fine:
            wrong.append((name, response.status_code))
    assert not wrong


# What a role may is code; that the same queries run on PostgreSQL too, those show who may see most.
WALKERS = [
    pytest.param(role, kind, marks=[] if role is Role.OFFICER else [pytest.mark.database_free])
    for kind in ScopeKind
    for role in Role
]


def _looks(role, samples):
    """Name, samples and query of each page that is visited."""
    for name in ADDRESSES:
        yield name, samples, ""
    if role is Role.OFFICER:
        for name, queries in LOOKS.items():
            yield from ((name, samples, query) for query in queries)
        for name, stages in STAGES.items():
            yield from (
                (name, samples | {key: samples.get(one, one) for key, one in stage.items()}, query)
                for stage in stages
                for query in ["", *LOOKS.get(name, [])]
            )


def _faults_of(name, page, language):
    yield from faults(page)
    if language == "vi" or not VIETNAMESE_RECORDS.match(name):
        yield from left_over(page, language)


@pytest.mark.parametrize(("role", "kind"), WALKERS)
def test_everybody_at_every_address(role, kind, owner, samples):
    unit = _unit("04" if kind is ScopeKind.PROVINCE else "01477")
    RoleGrant.objects.create(user=owner, role=role, unit=unit, valid_from=dt.date(2020, 1, 1))
    access = Access((Grant(role, kind, 1),))
    language = LANGUAGES[kind]
    client = Client()
    client.force_login(owner)
    client.cookies["django_language"] = language
    wrong = []
    for name, chosen, query in _looks(role, samples):
        entry = ADDRESSES[name]
        rule = rule_of(entry.callback, entry.name)
        with Cost() as cost:
            response = client.get(f"{_address(name, chosen)}?{query}")
        status = response.status_code
        allowed = rule in (PUBLIC, SIGNED_IN) or access.may(rule)
        if (status == 403) == allowed or status >= 500:
            wrong.append((name, rule, status))
        if cost.queries > limit(name):
            wrong.append((name, f"{cost.queries} queries"))
        if status == 200 and response.headers["Content-Type"].startswith("text/html"):
            assert response.headers["Content-Language"] == language
            wrong += [(name, one) for one in _faults_of(name, response.content.decode(), language)]
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("language", LANGUAGES.values())
def test_a_page_that_is_not_there_speaks_one_language(language, officer_client):
    officer_client.cookies["django_language"] = language
    assert not left_over(officer_client.get("/nowhere/").content.decode(), language)


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


def test_objects_of_another_commune_are_refused(person, samples, other_commune):
    client = Client()
    client.force_login(person("officer", other_commune))
    assert not _not_refused(client, samples, OF_A_PLACE | OF_A_PERSON)


def test_what_another_person_brought_is_refused_even_to_one_of_the_same_rank(person, province, samples):
    client = Client()
    client.force_login(person("officer", province, username="colleague"))
    assert not _not_refused(client, samples, OF_A_PERSON)
    assert len(_not_refused(client, samples, OF_A_PLACE)) > 1, "the colleague may open what belongs to the place"


@pytest.mark.database_free
def test_every_permission_is_in_the_table():
    assert set(TABLE) == set(Permission)
