"""What is decided about reports, by other eyes than those that wrote them."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.four_eyes import Decision

SIGN = Decision(
    _("Ký báo cáo định kỳ"),
    settled=frozenset({"sign"}),
    handing_in=frozenset({"send"}),
    refusal=_("Người lập, sửa hay trình báo cáo không tự ký báo cáo ấy."),
)
