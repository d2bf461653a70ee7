"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "report_definition_once": _("Biểu mẫu này đã có bản áp dụng từ cùng ngày."),
        "report_once": _("Báo cáo này, của kỳ này, đã có."),
    }
)
