"""Every kind of letter: its name, the book that numbers it, the letters behind its number."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from khuyencong.projects.lifecycle.table import RECOVERABLE, State


@dataclass(frozen=True)
class Kind:
    """One kind. ``book``: letters of one book share one row of numbers a year; ``suffix``: ``QĐ-SCT`` and the like.

    ``on_demand``: the states in which it may be made by hand, besides by the steps that produce it.
    """

    code: str
    name: Any
    book: str
    suffix: str
    on_demand: frozenset[State] = frozenset()


KINDS = {
    one.code: one
    for one in (
        Kind("submission", gettext_lazy("Tờ trình đề án"), "submission", "TTr-TTKC"),
        Kind(
            "appraisal-minutes",
            gettext_lazy("Biên bản thẩm định"),
            "minutes",
            "BB-HĐTĐ",
            frozenset({State.DEPARTMENT_APPRAISAL}),
        ),
        Kind("forwarding", gettext_lazy("Tờ trình Bộ thẩm định"), "submission", "TTr-SCT"),
        Kind("approval", gettext_lazy("Quyết định phê duyệt đề án"), "decision", "QĐ-SCT"),
        Kind("approval-notice", gettext_lazy("Thông báo đề án được phê duyệt"), "letter", "TB-SCT"),
        Kind("refusal", gettext_lazy("Thông báo không phê duyệt"), "letter", "TB-SCT"),
        Kind("assignment", gettext_lazy("Quyết định giao kế hoạch"), "decision", "QĐ-SCT"),
        Kind("contract", gettext_lazy("Hợp đồng"), "contract", "HĐKC", frozenset({State.PLANNED})),
        Kind("suspension", gettext_lazy("Quyết định tạm dừng"), "decision", "QĐ-SCT"),
        Kind("resumption", gettext_lazy("Thông báo cho thực hiện tiếp"), "letter", "TB-SCT"),
        Kind("adjustment-request", gettext_lazy("Tờ trình điều chỉnh"), "submission", "TTr-TTKC"),
        Kind("adjustment", gettext_lazy("Quyết định điều chỉnh"), "decision", "QĐ-SCT"),
        Kind("termination", gettext_lazy("Quyết định ngừng thực hiện"), "decision", "QĐ-SCT"),
        Kind("recovery", gettext_lazy("Quyết định thu hồi kinh phí"), "decision", "QĐ-SCT", RECOVERABLE),
        Kind("inspection", gettext_lazy("Biên bản kiểm tra"), "minutes", "BB-KT"),
        Kind("acceptance", gettext_lazy("Biên bản nghiệm thu"), "minutes", "BB-NT"),
        Kind("contract-closing", gettext_lazy("Biên bản thanh lý hợp đồng"), "minutes", "BB-TLHĐ"),
        Kind("settlement", gettext_lazy("Quyết định phê duyệt quyết toán"), "decision", "QĐ-SCT"),
    )
}
