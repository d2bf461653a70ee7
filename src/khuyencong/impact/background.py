"""Answering a question takes longer than a page should."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import jobs
from khuyencong.impact import actions, problem_words, queries
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question


@jobs.work
def answer(run: jobs.Run, evaluation: str, question: dict[str, Any]) -> str:
    """Evaluate and keep the answer; begun again it gives the same answer anew."""
    stages = {
        "read": _("Đang đọc số liệu"),
        "effects": _("Đang so sánh các nhóm"),
        "randomization": _("Đang kiểm tra bằng xáo trộn ngẫu nhiên"),
        "leave-one-out": _("Đang thử bỏ từng cơ sở"),
    }
    asked = queries.get(run.owner, UUID(evaluation))
    try:
        actions.answer(
            run.owner,
            asked,
            Question.from_json(question),
            lambda share, stage: run.progress(share, stages.get(stage, "")),
        )
    except PanelError as error:
        raise jobs.Refused(problem_words.sentence(error)) from error
    return reverse("impact:result", args=[asked.pk])
