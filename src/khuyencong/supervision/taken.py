"""What is said when two write the same at once, by the constraint that the second one meets."""

from django.utils.translation import gettext_lazy as _

from khuyencong.core.audit import collisions

collisions.tell(
    {
        "supervision.inspectionplan.year": _("Năm này đã có kế hoạch kiểm tra."),
        "answer_once": _("Câu hỏi này đã được trả lời."),
    }
)
