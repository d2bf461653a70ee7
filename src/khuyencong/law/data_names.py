"""The names in this room's reference data, written once more so that the translators' tools find them."""

from django.utils.translation import gettext_noop as _

ACTIVITY_TYPES = (
    _("Đào tạo nghề, truyền nghề"),
    _("Nâng cao năng lực quản lý, khởi sự doanh nghiệp, sản xuất sạch hơn"),
    _("Xây dựng mô hình trình diễn kỹ thuật, công nghệ mới, sản phẩm mới"),
    _("Ứng dụng máy móc, thiết bị tiên tiến; chuyển giao công nghệ"),
    _("Mô hình thí điểm sản xuất sạch hơn"),
    _("Hội chợ, triển lãm; bình chọn sản phẩm tiêu biểu"),
    _("Xây dựng, đăng ký nhãn hiệu"),
    _("Phòng trưng bày, giới thiệu sản phẩm"),
    _("Tư vấn lập dự án, tiếp thị, quản lý, thiết kế mẫu mã, bao bì"),
    _("Thông tin về chính sách, công nghệ, thị trường"),
    _("Liên doanh, liên kết; hiệp hội; cụm công nghiệp; di dời cơ sở gây ô nhiễm"),
    _("Xử lý ô nhiễm môi trường tại cơ sở"),
    _("Hợp tác quốc tế về khuyến công"),
    _("Nâng cao năng lực quản lý, thực hiện hoạt động khuyến công"),
    _("Sản xuất và tiêu dùng bền vững"),
    _("Chuyển đổi số trong sản xuất"),
)

ELIGIBLE_GROUPS = (
    _("Chế biến nông, lâm, thủy sản và thực phẩm"),
    _("Sản xuất hàng công nghiệp phục vụ tiêu dùng, xuất khẩu hoặc thay thế hàng nhập khẩu"),
    _("Công nghiệp hóa chất phục vụ nông nghiệp, nông thôn"),
    _("Sản xuất vật liệu xây dựng"),
    _("Sản xuất sản phẩm, phụ tùng; lắp ráp và sửa chữa máy móc cơ khí, điện, điện tử, tin học; công nghiệp hỗ trợ"),
    _("Sản xuất hàng tiểu thủ công nghiệp"),
    _("Khai thác, chế biến khoáng sản tại địa bàn khó khăn, đặc biệt khó khăn"),
)
