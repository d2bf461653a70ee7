"""One person of each kind."""

import pytest

from khuyencong.places.models import Unit
from tests.factories.ready import People


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


@pytest.fixture
def other_province():
    """Hà Nội."""
    return Unit.objects.get(code="01", parent=None, valid_to=None)
