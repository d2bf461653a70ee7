"""Establishments and what they reported."""

from khuyencong.core import clock
from khuyencong.establishments.models import Establishment, YearlyResult


def make_establishment(commune, name="Cơ sở miến dong thử", code="THU-1", **fields):
    """A saved establishment."""
    fields = {"legal_form": "household", "founded": 2015, **fields}
    establishment = Establishment(code=code, name=name, commune=commune, **fields)
    establishment.fold()
    establishment.save()
    return establishment


def make_result(establishment, year=2023, **fields):
    """A saved yearly result."""
    fields = {"source": "survey", "entered_at": clock.now(), **fields}
    return YearlyResult.objects.create(establishment=establishment, year=year, **fields)
