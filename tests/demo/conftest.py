"""The invented province, loaded once for the tests of a file that only look at it."""

import pytest
from django.db import transaction
from django.test import override_settings

from khuyencong.demo import load

SEED, FEW = 7, 400  # enough for sixty to be supported


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """What was loaded; gone with the file, since the transaction around it is never committed."""
    changed = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"), PASSWORD_HASHERS=["tests.hashers.Quick"])
    with django_db_blocker.unblock(), changed, transaction.atomic():
        yield load.load(SEED, FEW, with_reports=False)
        transaction.set_rollback(True)
