"""People of the law room: who drafts, who adopts, who only reads."""

import pytest
from django.test import Client


@pytest.fixture
def leader(person, province):
    """A leader of the province."""
    return person("leader", province)


@pytest.fixture
def viewer(person, province):
    """Somebody who only reads."""
    return person("viewer", province)


@pytest.fixture
def as_(db):
    """A browser session: ``as_(leader).get(...)``."""

    def do(user):
        client = Client()
        client.force_login(user)
        return client

    return do
