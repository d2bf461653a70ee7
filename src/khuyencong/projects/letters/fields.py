"""Every field a template may use: what it is, and an example with which an uploaded template is tried."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Field(NamedTuple):
    """One field. A list of fields with dots stands for a table or a repeated line."""

    meaning: Any
    example: Any


_TEXT = {
    "so": Field(_("số, ký hiệu của văn bản"), "01/QĐ-SCT"),
    "ngay": Field(_("ngày, tháng, năm của văn bản, viết bằng chữ"), "ngày 05 tháng 3 năm 2026"),
    "noi": Field(_("địa danh"), "Cao Bằng"),
    "co_quan_tren": Field(_("cơ quan chủ quản, chữ in hoa"), "ỦY BAN NHÂN DÂN TỈNH"),
    "co_quan": Field(_("cơ quan ban hành, chữ in hoa"), "SỞ CÔNG THƯƠNG"),
    "co_quan_ten": Field(_("tên cơ quan ban hành trong câu"), "Sở Công Thương tỉnh"),
    "tham_quyen": Field(_("người có thẩm quyền, chữ in hoa"), "GIÁM ĐỐC SỞ CÔNG THƯƠNG"),
    "kinh_gui": Field(_("nơi nhận chính của tờ trình"), "Sở Công Thương tỉnh"),
    "xet": Field(_("văn bản làm cơ sở xét"), "tờ trình số 01/TTr-TTKC"),
    "ly_do": Field(_("lý do của bước này"), "Cơ sở thay đổi thiết bị."),
    "ngay_buoc": Field(_("ngày của bước này"), "ngày 05 tháng 3 năm 2026"),
    "so_nam_bao_cao": Field(_("số năm cơ sở phải báo cáo kết quả"), "3"),
    "muc_toi_da": Field(_("mức hỗ trợ tối đa khi duyệt"), "300.000.000 đồng"),
    "can_cu_muc": Field(_("điều khoản của mức tối đa"), "khoản 4 Điều 8 Thông tư 28/2018/TT-BTC"),
    "tong_chi_phi": Field(_("tổng dự toán, chỉ có số"), "500.000.000"),
    "tong_hoa_don": Field(_("tổng hóa đơn, chỉ có số"), "500.000.000"),
}
_GROUPS: dict[str, dict[str, Field]] = {
    "nguoi_ky": {
        "ten": Field(_("họ tên người ký"), "Nguyễn Văn Mẫu"),
        "chuc_danh": Field(_("chức danh, chữ in hoa"), "GIÁM ĐỐC"),
        "chuc_danh_thuong": Field(_("chức danh, chữ thường"), "Giám đốc"),
    },
    "de_an": {
        "ten": Field(_("tên đề án"), "Hỗ trợ máy sấy miến dong"),
        "so": Field(_("số đề án"), "DA-2026-0001"),
        "noi_dung": Field(_("nội dung khuyến công"), "Ứng dụng máy móc tiên tiến"),
        "muc_tieu": Field(_("mục tiêu"), "Nâng công suất"),
        "quy_mo": Field(_("nội dung, quy mô"), "Một dây chuyền"),
        "bat_dau": Field(_("ngày bắt đầu"), "ngày 01 tháng 3 năm 2026"),
        "ket_thuc": Field(_("ngày kết thúc"), "ngày 30 tháng 9 năm 2026"),
        "don_vi_thuc_hien": Field(_("đơn vị thực hiện"), "Trung tâm Khuyến công"),
    },
    "kinh_phi": {
        "nguon": Field(_("nguồn kinh phí"), "Khuyến công địa phương"),
        "ho_tro": Field(_("kinh phí hỗ trợ"), "200.000.000 đồng"),
        "ho_tro_chu": Field(_("kinh phí hỗ trợ bằng chữ"), "Hai trăm triệu đồng"),
        "doi_ung": Field(_("vốn đối ứng"), "300.000.000 đồng"),
        "tong": Field(_("tổng kinh phí"), "500.000.000 đồng"),
        "tong_chu": Field(_("tổng kinh phí bằng chữ"), "Năm trăm triệu đồng"),
    },
    "hieu_qua": {
        "lao_dong": Field(_("lao động tăng thêm"), "3 người"),
        "doanh_thu": Field(_("doanh thu tăng thêm một năm"), "400.000.000 đồng"),
        "nop_ngan_sach": Field(_("nộp ngân sách tăng thêm một năm"), "10.000.000 đồng"),
        "moi_truong": Field(_("tác động môi trường"), "Giảm khói bụi"),
    },
    "ke_hoach": {
        "nam": Field(_("năm kế hoạch"), "2026"),
        "ten": Field(_("tên dòng kế hoạch"), "Máy móc tiên tiến"),
    },
    "hop_dong": {
        "so": Field(_("số hợp đồng"), "01/HĐKC"),
        "ngay_ky": Field(_("ngày ký hợp đồng"), "ngày 05 tháng 3 năm 2026"),
        "gia_tri": Field(_("giá trị hợp đồng"), "200.000.000 đồng"),
        "gia_tri_chu": Field(_("giá trị hợp đồng bằng chữ"), "Hai trăm triệu đồng"),
        "tu_ngay": Field(_("hợp đồng từ ngày"), "ngày 05 tháng 3 năm 2026"),
        "den_ngay": Field(_("hợp đồng đến ngày"), "ngày 30 tháng 9 năm 2026"),
        "tam_ung": Field(_("tạm ứng nhiều nhất, phần trăm"), "70"),
        "da_giu": Field(_("đã chi trừ đã thu hồi"), "140.000.000 đồng"),
        "da_giu_chu": Field(_("đã chi trừ đã thu hồi, bằng chữ"), "Một trăm bốn mươi triệu đồng"),
        "con_lai": Field(_("còn phải chi theo hợp đồng"), "60.000.000 đồng"),
        "con_lai_chu": Field(_("còn phải chi, bằng chữ"), "Sáu mươi triệu đồng"),
    },
    "thu_hoi": {
        "so_tien": Field(_("số tiền thu hồi"), "20.000.000 đồng"),
        "bang_chu": Field(_("số tiền thu hồi bằng chữ"), "Hai mươi triệu đồng"),
        "ly_do": Field(_("lý do thu hồi"), "Sử dụng sai mục đích"),
    },
    "hoi_dong": {
        "quyet_dinh": Field(_("quyết định lập hội đồng"), "10/QĐ-SCT"),
        "ngay_hop": Field(_("ngày họp"), "ngày 20 tháng 02 năm 2026"),
        "diem_dat": Field(_("điểm đạt"), "70"),
        "so_phieu": Field(_("số phiếu"), "5 phiếu"),
        "toi_da": Field(_("tổng điểm tối đa"), "100"),
        "binh_quan": Field(_("tổng điểm bình quân"), "82,4"),
        "khoang": Field(_("tổng điểm thấp nhất và cao nhất"), "76 - 90"),
        "ket_luan": Field(_("kết luận"), "Đề án đạt yêu cầu."),
    },
    "kiem_tra": {"ket_luan": Field(_("kết luận kiểm tra"), "Sử dụng đúng mục đích.")},
}
_LISTS: dict[str, dict[str, Field]] = {
    "co_so": {
        "ten": Field(_("tên cơ sở thụ hưởng"), "Cơ sở miến dong Mẫu"),
        "loai_hinh": Field(_("loại hình"), "hộ kinh doanh"),
        "dia_chi": Field(_("địa chỉ"), "Xóm 1, Xã Mẫu"),
        "ma_so_thue": Field(_("mã số thuế"), "0100000000"),
        "nguoi_dai_dien": Field(_("người đại diện"), "Nông Văn Mẫu"),
        "von": Field(_("vốn đăng ký"), "500.000.000 ₫"),
    },
    "chi_phi": {
        "stt": Field(_("số thứ tự"), "1"),
        "ten": Field(_("khoản chi"), "Máy sấy"),
        "don_vi": Field(_("đơn vị"), "cái"),
        "so_luong": Field(_("số lượng"), "1"),
        "don_gia": Field(_("đơn giá"), "500.000.000"),
        "thanh_tien": Field(_("thành tiền"), "500.000.000"),
        "nguon_gia": Field(_("nguồn giá"), "Báo giá"),
    },
    "long_ghep": {
        "ten": Field(_("chương trình lồng ghép"), "Nông thôn mới"),
        "so_tien": Field(_("số tiền lồng ghép"), "50.000.000 đồng"),
    },
    "cac_lan_chi": {
        "stt": Field(_("số thứ tự"), "1"),
        "loai": Field(_("tạm ứng, thanh toán hay thu hồi"), "Tạm ứng"),
        "ngay": Field(_("ngày"), "05/03/2026"),
        "chung_tu": Field(_("số chứng từ"), "UNC 12"),
        "so_tien": Field(_("số tiền"), "140.000.000"),
    },
    "hoa_don": {
        "stt": Field(_("số thứ tự"), "1"),
        "nguoi_ban": Field(_("người bán"), "Công ty Mẫu"),
        "so": Field(_("số hóa đơn"), "0000123"),
        "ngay": Field(_("ngày hóa đơn"), "05/03/2026"),
        "so_tien": Field(_("số tiền"), "500.000.000"),
    },
}
_LINES = {
    "can_cu": Field(_("các dòng căn cứ pháp lý"), ["Căn cứ Nghị định số 45/2012/NĐ-CP;"]),
    "noi_nhan": Field(_("các dòng nơi nhận"), ["Lưu: VT, KC."]),
}
_IN_GROUPS: dict[str, dict[str, dict[str, Field]]] = {
    "hoi_dong": {
        "thanh_vien": {
            "stt": Field(_("số thứ tự"), "1"),
            "ten": Field(_("thành viên"), "Lý Thị Mẫu"),
            "vai_tro": Field(_("vai trò"), "Chủ tịch"),
            "ghi_chu": Field(_("ghi chú"), ""),
        },
        "tieu_chi": {
            "stt": Field(_("số thứ tự"), "1"),
            "ten": Field(_("tiêu chí"), "Sự phù hợp"),
            "toi_da": Field(_("điểm tối đa"), "20"),
            "binh_quan": Field(_("điểm bình quân"), "17,5"),
            "khoang": Field(_("điểm thấp nhất và cao nhất"), "15 - 20"),
        },
    },
    "kiem_tra": {
        "muc": {
            "cau_hoi": Field(_("mục kiểm tra"), "Máy đúng chủng loại"),
            "ket_qua": Field(_("kết quả"), "đạt"),
            "ghi_chu": Field(_("ghi chú"), ""),
        },
        "phat_hien": {
            "noi_dung": Field(_("phát hiện"), "Chưa gắn biển đề án"),
            "muc_do": Field(_("mức độ"), "nhẹ"),
            "khac_phuc": Field(_("phải khắc phục"), "Gắn biển"),
            "han": Field(_("hạn"), "30/04/2026"),
        },
    },
}


def example() -> dict[str, Any]:
    """A whole set of fields, to try a template with."""
    found: dict[str, Any] = {name: one.example for name, one in (_TEXT | _LINES).items()}
    found |= {name: _examples(group) for name, group in _GROUPS.items()}
    found |= {name: [_examples(group)] for name, group in _LISTS.items()}
    for name, lists in _IN_GROUPS.items():
        found[name] |= {inner: [_examples(group)] for inner, group in lists.items()}
    found["hoi_dong"]["y_kien"] = ["Nhất trí."]
    return found


def listed() -> list[tuple[str, Any, str]]:
    """Name as it is written in a template, meaning, example; repeated ones under their loop."""
    found = [(name, one.meaning, _plain(one.example)) for name, one in (_TEXT | _LINES).items()]
    for groups, mark in ((_GROUPS, "."), (_LISTS, "[].")):
        for name, group in groups.items():
            found += [(f"{name}{mark}{key}", one.meaning, _plain(one.example)) for key, one in group.items()]
    for name, lists in _IN_GROUPS.items():
        for inner, group in lists.items():
            found += [(f"{name}.{inner}[].{key}", one.meaning, _plain(one.example)) for key, one in group.items()]
    return found


def _examples(group: dict[str, Field]) -> dict[str, Any]:
    return {name: one.example for name, one in group.items()}


def _plain(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
