"""Names that come from reference data and are translated on screens: listed here so that the catalogues hold them."""

from django.utils.translation import gettext_noop as _

NAMES = (
    _("Xây dựng nông thôn mới"),
    _("Mỗi xã một sản phẩm (OCOP)"),
    _("Giảm nghèo bền vững"),
    _("Phát triển vùng dân tộc thiểu số và miền núi"),
    _("Xúc tiến thương mại"),
    _("Sử dụng năng lượng tiết kiệm, hiệu quả"),
    _("Khoa học và công nghệ"),
    _("Chương trình khác"),
    _("Sở Nông nghiệp và Môi trường"),
    _("Sở Dân tộc và Tôn giáo"),
    _("Sở Công Thương"),
    _("Sở Khoa học và Công nghệ"),
)
