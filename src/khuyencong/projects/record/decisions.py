"""What is decided about a project, by other eyes than those that wrote it."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.four_eyes import Decision

STEP = Decision(
    _("Chuyển đề án lên Bộ, phê duyệt, điều chỉnh, quyết toán đề án"),
    frozenset({
        "projects.project", "projects.costline", "projects.blendedfunding",
        "projects.contract", "projects.payment", "projects.invoice",
    }),
    settled=frozenset({"step:approve", "step:approve-national", "step:adjust"}),
    handing_in=frozenset({"step:submit", "step:ask-adjustment"}),
    refusal=_("Người soạn đề án không được tự duyệt; cần một người khác có thẩm quyền."),
)  # fmt: skip
