"""The invented province, in a database of its own for the tests of a file that only look at it."""

import pytest
from django.test import override_settings

from tests import prepared


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, clone_name, tmp_path_factory):
    """What the command said that loaded it."""
    files = tmp_path_factory.mktemp("files")
    changed = override_settings(MEDIA_ROOT=files, PASSWORD_HASHERS=["tests.hashers.Quick"])
    with (
        django_db_blocker.unblock(),
        changed,
        prepared.province(f"province_{clone_name}", files) as said,
    ):
        yield said
