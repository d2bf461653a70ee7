"""What an establishment was supported with before."""

import pytest

from khuyencong.law.eligibility.rules import Earlier
from khuyencong.law.models import ActivityType
from khuyencong.projects.record.queries import earlier_support
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


def test_accepted_projects_count_oldest_first_proposals_do_not(commune):
    one, other = make_establishment(commune), make_establishment(commune, "Khác", "THU-2")
    machinery = ActivityType.objects.get(code="machinery")
    fair = ActivityType.objects.get(code="fair")
    make_project(one, code="DA-2", year=2021, title="Gian hàng", activity=fair)
    make_project(one, other, code="DA-1", year=2019, title="Máy sấy", activity=machinery)
    make_project(other, code="DA-3", year=None, title="Chưa nghiệm thu", activity=fair)
    dryer = Earlier("machinery", 2019, "Máy sấy (năm 2019)")
    assert earlier_support([one.pk, other.pk]) == {
        one.pk: (dryer, Earlier("fair", 2021, "Gian hàng (năm 2021)")),
        other.pk: (dryer,),
    }
    assert earlier_support([one.pk], until=2020) == {one.pk: (dryer,)}
    assert earlier_support([one.pk], until=2018) == {}
