"""A long file is written in the background."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core import jobs
from khuyencong.core.tables.asking import Answers
from khuyencong.core.tables.planning import Decision
from khuyencong.core.tables.reading import TableError
from khuyencong.imports import actions
from khuyencong.imports.batches import actions as batches
from khuyencong.imports.models import ImportBatch


@jobs.work
def confirm(
    run: jobs.Run,
    batch: str,
    choice: dict[str, Any],
    seen: str,
    sheets: list[str],
    answers: dict[str, Any] | None = None,
) -> str:
    """Confirm a batch; one that is written already, by a try that died right after, is left as it is.

    ``answers``: what the person had answered when they confirmed.
    """
    found = ImportBatch.objects.get(pk=batch)
    if found.state == ImportBatch.State.PLANNED:
        try:
            given = Answers.of_plain(answers) if answers else None
            batches.confirm_batch(found, run.owner, _choice(choice), run.progress, seen, sheets, given)
        except (actions.PlanChanged, actions.HasErrors) as error:
            raise jobs.Refused(why_not(error)) from error
        except TableError as error:
            raise jobs.Refused(str(error)) from error
    return reverse("imports:preview", args=[found.pk])


def plain(choice: actions.Choice) -> dict[str, Any]:
    """What was decided, as it waits in the queue."""
    return {
        "only_good": choice.only_good,
        "default": choice.default.value,
        "decisions": {str(row): decision.value for row, decision in choice.decisions.items()},
    }


def why_not(error: actions.PlanChanged | actions.HasErrors) -> str:
    """Why nothing was written."""
    if isinstance(error, batches.ConfirmedElsewhere):
        return _(
            "Tệp này đã được xác nhận thêm một lần ở nơi khác; lần này dừng lại, không ghi gì. Kết quả ở trang của tệp."
        )
    if isinstance(error, batches.NeverStill):
        return _(
            "Trong lúc chuẩn bị, có người liên tục sửa những cơ sở có trong tệp, nên chưa ghi gì. Hãy xác nhận lại khi"
            " họ đã sửa xong."
        )
    if isinstance(error, actions.HasErrors):
        return _("Còn dòng lỗi. Hãy chọn chỉ nhập các dòng đúng, hoặc sửa tệp rồi chọn lại.")
    return _("Số liệu trong hệ thống đã thay đổi từ lúc bạn xem trước. Chưa có gì được ghi; hãy xem lại rồi xác nhận.")


def _choice(given: dict[str, Any]) -> actions.Choice:
    return actions.Choice(
        only_good=given["only_good"],
        default=Decision(given["default"]),
        decisions={int(row): Decision(decision) for row, decision in given["decisions"].items()},
    )
