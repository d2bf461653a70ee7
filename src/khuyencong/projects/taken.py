"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "projects.project.code": _("Số đề án này đã có."),
        "step_position_once": _("Đề án vừa chuyển sang bước khác."),
        "projects.council.project": _("Đề án này đã có hội đồng thẩm định."),
        "member_once": _("Người này đã có trong hội đồng."),
        "score_once": _("Thành viên này đã chấm tiêu chí này."),
        "one_active_template": _("Văn bản này vừa có mẫu mới của tỉnh."),
        "letter_book_once": _("Sổ văn bản của năm này vừa được mở."),
        "projects.attachment.replaced_by": _("Giấy tờ này đã có bản thay thế."),
        "projects.contract.project": _("Đề án này đã có hợp đồng."),
        "projects.payment.key": _("Khoản chi này đã được ghi."),
        "invoice_once": _("Hóa đơn này đã được ghi, ở đề án này hoặc đề án khác."),
        "projects.hold.source": _("Việc tạm dừng chi này đã được ghi."),
        "projects.survey.project": _("Đề án này đã có phiếu khảo sát."),
    }
)
