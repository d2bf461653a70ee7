"""Past projects in words: what is expected where something told cannot be."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.projects.past.rules import Fault

# What is expected where something told of a past project cannot be.
FAULTS = {
    Fault.FUTURE: gettext_lazy("cần một ngày đã đến"),
    Fault.OUT_OF_ORDER: gettext_lazy("cần một ngày không sớm hơn ngày của bước trước"),
    Fault.NOT_REACHED: gettext_lazy("cần để trống, vì theo trạng thái đã ghi thì đề án chưa đến bước này"),
    Fault.YEAR_DIFFERS: gettext_lazy("cần là năm của ngày nghiệm thu"),
    Fault.YEAR_MISSING: gettext_lazy("cần năm nghiệm thu, vì theo trạng thái đã ghi thì đề án đã nghiệm thu"),
    Fault.YEAR_TOO_EARLY: gettext_lazy("cần để trống, vì theo trạng thái đã ghi thì đề án chưa nghiệm thu"),
    Fault.NOT_THE_REST: gettext_lazy("cần bằng tổng kinh phí trừ kinh phí hỗ trợ và vốn đối ứng"),
    Fault.DAY_MISSING: gettext_lazy("cần ngày ký của hợp đồng đã ghi số"),
    Fault.NUMBER_MISSING: gettext_lazy("cần số hợp đồng, vì đã ghi số tiền chi"),
    Fault.ABOVE_SUPPORT: gettext_lazy("cần không quá kinh phí hỗ trợ"),
    Fault.NO_SUPPORT: gettext_lazy("cần để trống, vì đề án không có kinh phí hỗ trợ"),
}


def runs_here() -> str:
    """Why a project cannot be rewritten as a whole."""
    return _("Đề án này đang chạy trong hệ thống: nội dung sửa ở phần soạn đề án, trạng thái đổi qua từng bước.")
