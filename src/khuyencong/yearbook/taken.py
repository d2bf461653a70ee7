"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "reports.macroindicator.code": _("Chỉ tiêu mang mã này đã có."),
        "macro_figure_once_a_year": _("Tỉnh đã có số liệu của chỉ tiêu này trong năm này."),
    }
)
