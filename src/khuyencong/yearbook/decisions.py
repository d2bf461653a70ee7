"""What is decided about the province's own statistics, by other eyes than those that entered them."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.four_eyes import Decision

VERIFY = Decision(
    _("Xác minh số liệu kinh tế - xã hội"),
    settled=frozenset({"verify"}),
    drafter=lambda figure: figure.entered_by_id,
    refusal=_("Người nhập không được tự xác minh; cần một người khác có thẩm quyền."),
)
