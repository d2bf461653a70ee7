"""The measured effect of support on revenue, as far as it may be used to foresee anything, and in words."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from khuyencong.impact import queries, wording
from khuyencong.impact.models import Evaluation
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.prospects.rules import Effect

_USABLE = ("strong-evidence", "some-evidence")


@dataclass(frozen=True)
class Measured:
    """The latest evaluation the person may read; ``effect`` only where its verdict carries it; ``words`` always."""

    evaluation: Evaluation | None
    effect: Effect | None
    words: str


def measured(user: User) -> Measured:
    """The latest evaluation of revenue in per cent over the registry, and whether its effect may be used."""
    if not may(user, Permission.IMPACT_EVALUATE):
        told = _("Kết quả đo tác động là của cấp tỉnh, nên danh sách của bạn không tính doanh thu thêm.")
        return Measured(None, None, told)
    latest = (
        queries.evaluations(user)
        .filter(origin=Evaluation.Origin.REGISTRY, settings__outcome="revenue", settings__log=True)
        .order_by("-asked_at")
        .first()
    )
    found = latest.result if latest else None
    if found is None:
        return Measured(None, None, _("Chưa có lần đo tác động nào về doanh thu, nên chưa tính được doanh thu thêm."))
    effect = _effect(found)
    if effect is None:
        told = _("%(verdict)s Vì vậy danh sách không tính doanh thu thêm.") % {
            "verdict": wording.verdict(found, _("doanh thu"))
        }
        return Measured(latest, None, told)
    scale = wording.scale(found)
    told = _(
        "Nếu tác dụng như đã đo ở các cơ sở đã được hỗ trợ: doanh thu tăng khoảng %(amount)s mỗi năm, khoảng tin "
        "cậy 95 %% %(interval)s. Con số ở mỗi cơ sở là tỷ lệ này nhân với doanh thu gần nhất; từng cơ sở có thể khác "
        "nhiều."
    ) % {
        "amount": wording.amount(found["overall"]["estimate"], scale),
        "interval": wording.interval(found["overall"]["ci"], scale),
    }
    return Measured(latest, effect, told)


def _effect(found: wording.Result) -> Effect | None:
    overall, verdict = found["overall"], found["verdict"]
    low, high = overall["ci"]
    if verdict["grade"] not in _USABLE or verdict["direction"] <= 0 or low is None or high is None:
        return None
    return Effect(*(math.expm1(one) for one in (overall["estimate"], low, high)))
