"""Five establishments that were never supported, each in another situation, and one that was."""

import datetime as dt
import math

import pytest

from khuyencong.core import clock
from khuyencong.establishments.models import Industry
from khuyencong.impact.models import Evaluation
from khuyencong.law.models import ActivityType, EligibleGroup
from tests.factories.establishments import make_establishment, make_result
from tests.factories.law import leave_groups_out
from tests.factories.projects import make_project

MILLION = 1_000_000


@pytest.fixture
def places(commune, other_commune):
    """Name -> establishment."""
    leave_groups_out()
    agro = EligibleGroup.objects.get(code="agro-processing")
    craft = EligibleGroup.objects.get(code="handicraft")
    industry = Industry.objects.filter(code__startswith="10").first()

    def make(code, name, where=commune, **fields):
        return make_establishment(where, name, code, **{"eligible_group": agro, "industry": industry, **fields})

    found = {
        "best": make("CB-1", "Miến dong Phia Đén", workers=25, local_material=True, products="Miến dong",
                     address="Xóm Phia Đén", owner_name="Nông Văn Thử", phone="0206 000 001"),
        "rich": make("CB-2", "Rèn Phúc Sen", other_commune, workers=4, eligible_group=craft, local_material=False,
                     address="Xóm Pác Rằng", phone="0206 000 002"),
        "poor": make("CB-3", "Hương Phia Thắp", workers=4, eligible_group=craft, local_material=False),
        "lacking": make("CB-4", "Cơ sở chưa rõ ngành", eligible_group=None, workers=None),
        "running": make("CB-5", "Đang có đề án", workers=30),
        "group": make("CB-6", "Tổ hợp tác chiếu trúc", legal_form="cooperative-group"),
        "supported": make("CB-7", "Đã được hỗ trợ"),
        "stopped": make("CB-8", "Đã ngừng", status="closed"),
    }  # fmt: skip
    make_result(found["best"], 2021, revenue=400 * MILLION)
    make_result(found["best"], 2022, revenue=500 * MILLION, export_value=5 * MILLION)
    make_result(found["rich"], 2022, revenue=2000 * MILLION)
    make_project(found["running"], code="ĐP-1", year=None, state="submitted")
    make_project(found["poor"], code="ĐP-2", year=None, state="terminated")
    machinery = ActivityType.objects.get(code="machinery")
    make_project(found["supported"], code="ĐP-3", year=2020, activity=machinery)
    return found


@pytest.fixture
def evaluated(province, officer):
    """An evaluation of revenue over the registry: ``evaluated(grade)``, +12 % with 5 % to 20 %."""

    def make(grade="some-evidence", direction=1, **fields):
        low, middle, high = (math.log1p(share) for share in (0.05, 0.12, 0.20))
        result = {
            "question": {"log": True},
            "overall": {"estimate": middle, "se": 0.03, "ci": [low, high], "supported": 40, "controls": 900},
            "verdict": {"grade": grade, "direction": direction, "reasons": []},
        }
        made = Evaluation.objects.create(
            owner=officer, origin="registry", province=province, result=result,
            settings={"outcome": "revenue", "log": True}, **fields,
        )  # fmt: skip
        Evaluation.objects.filter(pk=made.pk).update(asked_at=clock.now() - dt.timedelta(days=1))
        return made

    return make
