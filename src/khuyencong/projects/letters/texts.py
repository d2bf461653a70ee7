"""The wording of each letter, ours, in the order and tone that officials use. Fields: see ``contexts``."""

from collections.abc import Callable

from khuyencong.projects.letters.paper import LetterPaper

Writer = Callable[[LetterPaper], None]

_COSTS = (
    ("STT", "Khoản chi", "Đơn vị", "Số lượng", "Đơn giá (đồng)", "Thành tiền (đồng)"),
    "dong in chi_phi",
    ("{{ dong.stt }}", "{{ dong.ten }}", "{{ dong.don_vi }}", "{{ dong.so_luong }}", "{{ dong.don_gia }}",
     "{{ dong.thanh_tien }}"),
    (12, 58, 20, 20, 27, 30),
    ("", "Cộng", "", "", "", "{{ tong_chi_phi }}"),
)  # fmt: skip
_PAYMENTS = (
    ("STT", "Nội dung", "Ngày", "Chứng từ", "Số tiền (đồng)"),
    "dong in cac_lan_chi",
    ("{{ dong.stt }}", "{{ dong.loai }}", "{{ dong.ngay }}", "{{ dong.chung_tu }}", "{{ dong.so_tien }}"),
    (12, 55, 28, 32, 40),
    ("", "Còn giữ tại đơn vị thụ hưởng", "", "", "{{ hop_dong.da_giu }}"),
)
_INVOICES = (
    ("STT", "Người bán", "Số hóa đơn", "Ngày", "Số tiền (đồng)"),
    "dong in hoa_don",
    ("{{ dong.stt }}", "{{ dong.nguoi_ban }}", "{{ dong.so }}", "{{ dong.ngay }}", "{{ dong.so_tien }}"),
    (12, 65, 28, 28, 34),
    ("", "Cộng", "", "", "{{ tong_hoa_don }}"),
)


def _money(paper: LetterPaper) -> None:
    paper.para("Tổng kinh phí: {{ kinh_phi.tong }} (bằng chữ: {{ kinh_phi.tong_chu }}), trong đó:")
    paper.para("- {{ kinh_phi.nguon }} hỗ trợ: {{ kinh_phi.ho_tro }} (bằng chữ: {{ kinh_phi.ho_tro_chu }});")
    paper.para("- Đơn vị thụ hưởng đối ứng: {{ kinh_phi.doi_ung }};")
    paper.each("nguon in long_ghep", "- Lồng ghép từ {{ nguon.ten }}: {{ nguon.so_tien }};")
    paper.when("muc_toi_da")
    paper.para("Mức hỗ trợ tối đa theo quy định: {{ muc_toi_da }} ({{ can_cu_muc }}).")
    paper.end_when()


def _beneficiaries(paper: LetterPaper) -> None:
    paper.each(
        "mot in co_so",
        "{{ mot.ten }} ({{ mot.loai_hinh }}); địa chỉ: {{ mot.dia_chi }}; mã số thuế: {{ mot.ma_so_thue }}; "
        "người đại diện: {{ mot.nguoi_dai_dien }}.",
    )


def _submission(about: str, opening: str) -> Writer:
    def write(paper: LetterPaper) -> None:
        paper.letter_head()
        paper.title("TỜ TRÌNH", about)
        paper.para("Kính gửi: {{ kinh_gui }}.", indent=False)
        paper.basis()
        paper.para(opening)
        paper.section("1. Đơn vị thụ hưởng")
        _beneficiaries(paper)
        paper.section("2. Mục tiêu")
        paper.para("{{ de_an.muc_tieu }}")
        paper.section("3. Nội dung, quy mô")
        paper.para("{{ de_an.noi_dung }}: {{ de_an.quy_mo }}")
        paper.section("4. Thời gian thực hiện")
        paper.para("Từ {{ de_an.bat_dau }} đến {{ de_an.ket_thuc }}. Đơn vị thực hiện: {{ de_an.don_vi_thuc_hien }}.")
        paper.section("5. Dự toán và nguồn kinh phí")
        paper.rows(*_COSTS)
        _money(paper)
        paper.section("6. Hiệu quả dự kiến")
        paper.para(
            "Lao động tăng thêm: {{ hieu_qua.lao_dong }}; doanh thu tăng thêm một năm: {{ hieu_qua.doanh_thu }}; "
            "nộp ngân sách tăng thêm một năm: {{ hieu_qua.nop_ngan_sach }}. Môi trường: {{ hieu_qua.moi_truong }}."
        )
        paper.when("ly_do")
        paper.section("7. Lý do")
        paper.para("{{ ly_do }}")
        paper.end_when()
        paper.para("Kính trình {{ kinh_gui }} xem xét, quyết định./.")
        paper.signed()

    return write


def _decision(about: str, articles: Writer, detail: bool = False) -> Writer:
    def write(paper: LetterPaper) -> None:
        paper.letter_head()
        paper.title("QUYẾT ĐỊNH", about)
        paper.authority("{{ tham_quyen }}")
        paper.basis()
        paper.para("Xét {{ xet }},", indent=True)
        paper.authority("QUYẾT ĐỊNH:")
        articles(paper)
        paper.signed()
        if detail:
            paper.section("Phụ lục: dự toán chi phí")
            paper.rows(*_COSTS)

    return write


def _carry_out(paper: LetterPaper, number: int) -> None:
    paper.article(number, "Quyết định này có hiệu lực kể từ ngày ký.")
    paper.article(
        number + 1,
        "{{ de_an.don_vi_thuc_hien }}, đơn vị thụ hưởng và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi "
        "hành Quyết định này./.",
    )


def _approval(paper: LetterPaper) -> None:
    paper.article(1, "Phê duyệt đề án khuyến công “{{ de_an.ten }}” (số {{ de_an.so }}) với các nội dung sau:")
    paper.para("1. Đơn vị thụ hưởng:")
    _beneficiaries(paper)
    paper.para("2. Mục tiêu: {{ de_an.muc_tieu }}")
    paper.para("3. Nội dung, quy mô: {{ de_an.noi_dung }}: {{ de_an.quy_mo }}")
    paper.para("4. Thời gian thực hiện: từ {{ de_an.bat_dau }} đến {{ de_an.ket_thuc }}.")
    paper.para("5. Kinh phí:")
    _money(paper)
    paper.article(
        2,
        "{{ de_an.don_vi_thuc_hien }} tổ chức thực hiện đề án đúng nội dung được duyệt, đúng mục đích, đúng quy định.",
    )
    _carry_out(paper, 3)


def _assignment(paper: LetterPaper) -> None:
    paper.article(
        1,
        "Giao kế hoạch thực hiện đề án khuyến công “{{ de_an.ten }}” (số {{ de_an.so }}) trong năm "
        "{{ ke_hoach.nam }}, thuộc dòng kế hoạch “{{ ke_hoach.ten }}”.",
    )
    paper.article(2, "Kinh phí hỗ trợ: {{ kinh_phi.ho_tro }} (bằng chữ: {{ kinh_phi.ho_tro_chu }}), "
                     "nguồn: {{ kinh_phi.nguon }}.")  # fmt: skip
    _carry_out(paper, 3)


def _suspension(paper: LetterPaper) -> None:
    paper.article(
        1, "Tạm dừng thực hiện đề án khuyến công “{{ de_an.ten }}” (số {{ de_an.so }}) kể từ {{ ngay_buoc }}."
    )
    paper.article(2, "Lý do: {{ ly_do }}")
    _carry_out(paper, 3)


def _adjustment(paper: LetterPaper) -> None:
    paper.article(1, "Điều chỉnh đề án khuyến công “{{ de_an.ten }}” (số {{ de_an.so }}) như sau:")
    paper.para("1. Nội dung, quy mô: {{ de_an.quy_mo }}")
    paper.para("2. Thời gian thực hiện: từ {{ de_an.bat_dau }} đến {{ de_an.ket_thuc }}.")
    paper.para("3. Kinh phí sau điều chỉnh:")
    _money(paper)
    paper.when("ly_do")
    paper.article(2, "Lý do điều chỉnh: {{ ly_do }}")
    paper.end_when()
    _carry_out(paper, 3)


def _termination(paper: LetterPaper) -> None:
    paper.article(1, "Ngừng thực hiện đề án khuyến công “{{ de_an.ten }}” (số {{ de_an.so }}) kể từ {{ ngay_buoc }}.")
    paper.article(2, "Lý do: {{ ly_do }}")
    paper.article(3, "Số kinh phí đã chi và chưa thu hồi: {{ hop_dong.da_giu }}. Đơn vị thực hiện thu hồi, nộp trả "
                     "theo quy định.")  # fmt: skip
    _carry_out(paper, 4)


def _recovery(paper: LetterPaper) -> None:
    paper.article(
        1,
        "Thu hồi kinh phí khuyến công đã hỗ trợ cho đề án “{{ de_an.ten }}” (số {{ de_an.so }}): "
        "{{ thu_hoi.so_tien }} (bằng chữ: {{ thu_hoi.bang_chu }}).",
    )
    paper.article(2, "Lý do: {{ thu_hoi.ly_do }}")
    _carry_out(paper, 3)


def _settlement(paper: LetterPaper) -> None:
    paper.article(1, "Phê duyệt quyết toán kinh phí đề án khuyến công “{{ de_an.ten }}” (số {{ de_an.so }}):")
    paper.para("- Kinh phí được duyệt: {{ kinh_phi.ho_tro }};")
    paper.para("- Giá trị hợp đồng: {{ hop_dong.gia_tri }};")
    paper.para("- Kinh phí quyết toán: {{ hop_dong.da_giu }} (bằng chữ: {{ hop_dong.da_giu_chu }}).")
    paper.rows(*_PAYMENTS)
    paper.article(2, "Đơn vị thực hiện lưu giữ hồ sơ, chứng từ theo quy định.")
    _carry_out(paper, 3)


def _notice(about: str, body: str) -> Writer:
    def write(paper: LetterPaper) -> None:
        paper.letter_head()
        paper.title("THÔNG BÁO", about)
        paper.para("Kính gửi:", indent=False)
        paper.each("mot in co_so", "- {{ mot.ten }};")
        paper.para("- {{ de_an.don_vi_thuc_hien }}.")
        paper.basis()
        paper.para(body)
        paper.when("ly_do")
        paper.para("Lý do: {{ ly_do }}")
        paper.end_when()
        paper.para("{{ co_quan_ten }} thông báo để các đơn vị biết và thực hiện./.")
        paper.signed()

    return write


def _appraisal(paper: LetterPaper) -> None:
    paper.letter_head()
    paper.title("BIÊN BẢN", "Họp Hội đồng thẩm định đề án khuyến công “{{ de_an.ten }}”")
    paper.basis()
    paper.para("Hội đồng thẩm định ({{ hoi_dong.quyet_dinh }}) họp {{ hoi_dong.ngay_hop }}.")
    paper.section("I. Thành phần")
    paper.each("mot in hoi_dong.thanh_vien", "{{ mot.stt }}. {{ mot.ten }}, {{ mot.vai_tro }}{{ mot.ghi_chu }}.")
    paper.section("II. Kết quả chấm điểm")
    paper.rows(
        ("STT", "Tiêu chí", "Tối đa", "Bình quân", "Thấp nhất - cao nhất"),
        "dong in hoi_dong.tieu_chi",
        ("{{ dong.stt }}", "{{ dong.ten }}", "{{ dong.toi_da }}", "{{ dong.binh_quan }}", "{{ dong.khoang }}"),
        (12, 80, 20, 24, 31),
        ("", "Tổng điểm", "{{ hoi_dong.toi_da }}", "{{ hoi_dong.binh_quan }}", "{{ hoi_dong.khoang }}"),
    )
    paper.para("Số phiếu: {{ hoi_dong.so_phieu }}; điểm đạt: từ {{ hoi_dong.diem_dat }} điểm.")
    paper.section("III. Ý kiến của thành viên")
    paper.each("y in hoi_dong.y_kien", "- {{ y }}")
    paper.section("IV. Kết luận")
    paper.para("{{ hoi_dong.ket_luan }}")
    paper.signed("THƯ KÝ", "CHỦ TỊCH HỘI ĐỒNG")


def _contract(paper: LetterPaper) -> None:
    paper.national_head()
    paper.title("HỢP ĐỒNG", "Thực hiện đề án khuyến công “{{ de_an.ten }}”", number="Số: {{ so }}")
    paper.basis()
    paper.para("Hôm nay, {{ ngay }}, tại {{ noi }}, hai bên gồm:")
    paper.section("Bên A: {{ de_an.don_vi_thuc_hien }}")
    paper.para("Đại diện: {{ nguoi_ky.ten }}, chức vụ: {{ nguoi_ky.chuc_danh_thuong }}.")
    paper.section("Bên B: đơn vị thụ hưởng")
    _beneficiaries(paper)
    paper.para("Hai bên thống nhất ký hợp đồng với các điều khoản sau:")
    paper.article(1, "Nội dung: {{ de_an.noi_dung }}: {{ de_an.quy_mo }}")
    paper.article(2, "Thời gian thực hiện: từ {{ hop_dong.tu_ngay }} đến {{ hop_dong.den_ngay }}.")
    paper.article(3, "Kinh phí hỗ trợ: {{ hop_dong.gia_tri }} (bằng chữ: {{ hop_dong.gia_tri_chu }}), "
                     "nguồn: {{ kinh_phi.nguon }}. Bên B đối ứng {{ kinh_phi.doi_ung }}.")  # fmt: skip
    paper.article(4, "Tạm ứng: nhiều nhất {{ hop_dong.tam_ung }} % giá trị hợp đồng. Phần còn lại được thanh toán sau "
                     "khi nghiệm thu, căn cứ hóa đơn, chứng từ hợp lệ.")  # fmt: skip
    paper.article(5, "Trách nhiệm của Bên A: hướng dẫn, kiểm tra việc thực hiện; tổ chức nghiệm thu; thanh toán đúng "
                     "hạn.")  # fmt: skip
    paper.article(6, "Trách nhiệm của Bên B: sử dụng kinh phí đúng mục đích; bảo đảm vốn đối ứng; báo cáo tiến độ; "
                     "chịu sự kiểm tra; báo cáo kết quả sản xuất hằng năm trong {{ so_nam_bao_cao }} năm sau nghiệm "
                     "thu; hoàn trả kinh phí nếu sử dụng sai mục đích.")  # fmt: skip
    paper.article(7, "Hợp đồng có hiệu lực từ ngày ký, lập thành bốn bản có giá trị như nhau, mỗi bên giữ hai bản.")
    paper.section("Dự toán")
    paper.rows(*_COSTS)
    paper.signed("ĐẠI DIỆN BÊN B", "ĐẠI DIỆN BÊN A")


def _minutes(name: str, about: str, body: Writer) -> Writer:
    def write(paper: LetterPaper) -> None:
        paper.national_head()
        paper.title(name, about, number="Số: {{ so }}")
        paper.basis()
        paper.para("Hôm nay, {{ ngay }}, các bên gồm:")
        paper.para("Đại diện {{ co_quan_ten }}: {{ nguoi_ky.ten }}, {{ nguoi_ky.chuc_danh_thuong }};")
        paper.para("Đại diện đơn vị thụ hưởng:")
        _beneficiaries(paper)
        body(paper)
        paper.para("Biên bản được các bên đọc lại, thống nhất và cùng ký./.")
        paper.signed("ĐẠI DIỆN ĐƠN VỊ THỤ HƯỞNG", "ĐẠI DIỆN ĐƠN VỊ THỰC HIỆN")

    return write


def _acceptance(paper: LetterPaper) -> None:
    paper.section("1. Nội dung nghiệm thu")
    paper.para("{{ de_an.noi_dung }}: {{ de_an.quy_mo }}")
    paper.section("2. Kinh phí thực hiện")
    paper.rows(*_COSTS)
    _money(paper)
    paper.section("3. Hóa đơn, chứng từ")
    paper.rows(*_INVOICES)
    paper.section("4. Kết luận")
    paper.para("Đơn vị thụ hưởng đã hoàn thành nội dung đề án; các bên thống nhất nghiệm thu, đưa vào sử dụng.")


def _closing(paper: LetterPaper) -> None:
    paper.section("1. Hợp đồng")
    paper.para("Hợp đồng số {{ hop_dong.so }} ký {{ hop_dong.ngay_ky }}, giá trị hỗ trợ {{ hop_dong.gia_tri }}.")
    paper.section("2. Kinh phí đã chi")
    paper.rows(*_PAYMENTS)
    paper.para("Còn phải chi: {{ hop_dong.con_lai }} (bằng chữ: {{ hop_dong.con_lai_chu }}).")
    paper.section("3. Kết luận")
    paper.para("Hai bên thống nhất thanh lý hợp đồng; trách nhiệm báo cáo kết quả hằng năm vẫn giữ nguyên.")


def _inspection(paper: LetterPaper) -> None:
    paper.section("1. Nội dung kiểm tra")
    paper.each("dong in kiem_tra.muc", "- {{ dong.cau_hoi }}: {{ dong.ket_qua }}{{ dong.ghi_chu }}.")
    paper.section("2. Phát hiện")
    paper.each(
        "dong in kiem_tra.phat_hien",
        "- {{ dong.noi_dung }} ({{ dong.muc_do }}). Phải khắc phục: {{ dong.khac_phuc }}, hạn {{ dong.han }}.",
    )
    paper.section("3. Kết luận")
    paper.para("{{ kiem_tra.ket_luan }}")


LETTERS: dict[str, Writer] = {
    "submission": _submission(
        "Về việc đề nghị thẩm định, phê duyệt đề án khuyến công “{{ de_an.ten }}”",
        "{{ co_quan_ten }} kính trình {{ kinh_gui }} thẩm định, phê duyệt đề án khuyến công “{{ de_an.ten }}” "
        "(số {{ de_an.so }}) với các nội dung sau:",
    ),
    "forwarding": _submission(
        "Về việc đề nghị Bộ Công Thương thẩm định đề án khuyến công quốc gia “{{ de_an.ten }}”",
        "Đề án đã được thẩm định cấp cơ sở. {{ co_quan_ten }} kính trình {{ kinh_gui }} thẩm định đề án khuyến công "
        "quốc gia “{{ de_an.ten }}” (số {{ de_an.so }}) với các nội dung sau:",
    ),
    "adjustment-request": _submission(
        "Về việc đề nghị điều chỉnh đề án khuyến công “{{ de_an.ten }}”",
        "{{ co_quan_ten }} kính trình {{ kinh_gui }} cho điều chỉnh đề án khuyến công “{{ de_an.ten }}” "
        "(số {{ de_an.so }}); các nội dung hiện nay của đề án như sau:",
    ),
    "approval": _decision("Về việc phê duyệt đề án khuyến công “{{ de_an.ten }}”", _approval, detail=True),
    "assignment": _decision("Về việc giao kế hoạch thực hiện đề án khuyến công “{{ de_an.ten }}”", _assignment),
    "suspension": _decision("Về việc tạm dừng đề án khuyến công “{{ de_an.ten }}”", _suspension),
    "adjustment": _decision("Về việc điều chỉnh đề án khuyến công “{{ de_an.ten }}”", _adjustment, detail=True),
    "termination": _decision("Về việc ngừng thực hiện đề án khuyến công “{{ de_an.ten }}”", _termination),
    "recovery": _decision("Về việc thu hồi kinh phí khuyến công", _recovery),
    "settlement": _decision("Về việc phê duyệt quyết toán đề án khuyến công “{{ de_an.ten }}”", _settlement),
    "approval-notice": _notice(
        "Về việc đề án khuyến công quốc gia được phê duyệt",
        "Đề án khuyến công quốc gia “{{ de_an.ten }}” (số {{ de_an.so }}) đã được Bộ Công Thương phê duyệt, kinh phí "
        "hỗ trợ {{ kinh_phi.ho_tro }} (bằng chữ: {{ kinh_phi.ho_tro_chu }}).",
    ),
    "refusal": _notice(
        "Về việc không phê duyệt đề án khuyến công",
        "Đề án khuyến công “{{ de_an.ten }}” (số {{ de_an.so }}) chưa đủ điều kiện để phê duyệt.",
    ),
    "resumption": _notice(
        "Về việc tiếp tục thực hiện đề án khuyến công",
        "Đề án khuyến công “{{ de_an.ten }}” (số {{ de_an.so }}) được tiếp tục thực hiện kể từ {{ ngay_buoc }}.",
    ),
    "appraisal-minutes": _appraisal,
    "contract": _contract,
    "acceptance": _minutes("BIÊN BẢN", "Nghiệm thu đề án khuyến công “{{ de_an.ten }}”", _acceptance),
    "contract-closing": _minutes("BIÊN BẢN", "Thanh lý hợp đồng đề án khuyến công “{{ de_an.ten }}”", _closing),
    "inspection": _minutes("BIÊN BẢN", "Kiểm tra đề án khuyến công “{{ de_an.ten }}”", _inspection),
}
