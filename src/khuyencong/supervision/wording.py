"""Risks in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.supervision.rules import Score


def parts(score: Score) -> list[str]:
    """The parts that gave points."""
    return [_told(one.risk.value, one.points) for one in score.parts if one.points]


def stored_parts(stored: Iterable[Mapping[str, Any]]) -> list[str]:
    """The same from what a visit keeps of its choice."""
    return [_told(one["risk"], one["points"]) for one in stored if one["points"] or one["risk"] == "chance"]


def _told(risk: str, points: int) -> str:
    words = {
        "amount": _("số tiền lớn"),
        "delay": _("chậm tiến độ"),
        "new-establishment": _("cơ sở mới thành lập"),
        "earlier-findings": _("đã có sai sót trước đây"),
        "advance-without-progress": _("giữ tiền tạm ứng lâu"),
        "chance": _("chọn ngẫu nhiên"),
    }[risk]
    return f"{words}: {points}" if points else words
