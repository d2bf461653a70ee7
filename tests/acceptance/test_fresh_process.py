"""No page waits for a package: whatever takes long to import, the server has imported before it answers anybody.

A server in a process of its own is asked for every page, once, by somebody who may see them all.
"""

import datetime as dt
import json
import shutil

import pytest
from django.db import connections
from django.test import override_settings

from khuyencong.core.queue.router import QUEUE
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.rules import Role
from tests import prepared
from tests.acceptance.test_walk import ADDRESSES, LOOKS, _address, _unit
from tests.conftest import PASSWORD
from tests.core.installations import Installation
from tests.factories.samples import make_samples

pytestmark = pytest.mark.database_free

FEW = 10  # modules of others: what Django finds of them for its first page; they cost some thousandths of a second

LOOK = """
import json, sys
from khuyencong.config import wsgi
from django.test import Client
from khuyencong.people.models import User
client = Client(raise_request_exception=False)
client.force_login(User.objects.get(username="fresh"))
known = sys.stdlib_module_names | {{"khuyencong", "django"}}
looks = []
for name, address in json.load(open("{pages}")):
    before = set(sys.modules)
    answer = client.get(address)
    list(answer)
    brought = [one for one in set(sys.modules) - before if one.partition(".")[0] not in known]
    looks.append((name, answer.status_code, brought))
print(json.dumps(looks))
"""


@pytest.fixture
def installation(django_db_setup, django_db_blocker, clone_name, tmp_path):
    """One with the samples, and the pages to look at."""
    kept = override_settings(MEDIA_ROOT=tmp_path / "files", PASSWORD_HASHERS=["tests.hashers.Quick"])
    with django_db_blocker.unblock(), kept, prepared.reference_data(f"fresh_{clone_name}"):
        everybody = User.objects.create_user("fresh", password=PASSWORD, full_name="Thử fresh")
        for role in Role:
            RoleGrant.objects.create(user=everybody, role=role, unit=_unit("04"), valid_from=dt.date(2020, 1, 1))
        samples = make_samples(_unit("01477"), everybody)
        pages = [(name, f"{_address(name, samples)}?{one}") for name in ADDRESSES for one in ("", *LOOKS.get(name, ()))]
        for alias, file in (("default", "khuyencong.sqlite3"), (QUEUE, "queue.sqlite3")):
            place = connections[alias].settings_dict["NAME"]
            connections[alias].close()
            shutil.copy(place, tmp_path / file)
    (tmp_path / "pages.json").write_text(json.dumps(pages))
    (tmp_path / "static").mkdir()
    return Installation(tmp_path)


def test_no_page_imports_what_takes_long(installation):
    installation.environment["KHUYENCONG_HOSTS"] = "testserver"
    told = installation.python(LOOK.format(pages=installation.folder / "pages.json"))
    looks = json.loads(told.splitlines()[-1])
    assert {name for name, status, _brought in looks if status == 200} > {
        "impact:word",
        "official:word",
        "projects:step",
    }
    assert not [(name, status) for name, status, _brought in looks if status >= 500]
    assert {name: brought[:20] for name, _status, brought in looks if len(brought) > FEW} == {}
