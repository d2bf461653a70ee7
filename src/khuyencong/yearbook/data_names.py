"""The words in this part's reference data, written once more so that the translators' tools find them."""

from django.utils.translation import gettext_noop as _

INDICATORS = (
    _("Giá trị sản xuất công nghiệp"),
    _("Tỷ trọng công nghiệp trong kinh tế tỉnh"),
    _("Cơ sở công nghiệp nông thôn"),
    _("Lao động công nghiệp nông thôn"),
    _("Tỷ lệ hộ nghèo"),
)

DEFINITIONS = (
    _("Giá trị sản xuất của toàn ngành công nghiệp trên địa bàn tỉnh trong năm, ghi rõ giá hiện hành hay giá so sánh."),
    _("Giá trị tăng thêm của công nghiệp chia cho tổng sản phẩm trên địa bàn tỉnh (GRDP) của năm."),
    _("Số cơ sở công nghiệp nông thôn trên địa bàn tỉnh do tỉnh công bố cho năm."),
    _("Số lao động làm việc tại các cơ sở công nghiệp nông thôn do tỉnh công bố cho năm."),
    _("Số hộ nghèo chia cho tổng số hộ của tỉnh theo chuẩn nghèo đa chiều áp dụng trong năm."),
)
