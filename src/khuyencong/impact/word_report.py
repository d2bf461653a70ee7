"""The evaluation as a Word document a leader can file: question, verdict, chart, tables, method."""

import io

from django.utils.translation import gettext as _
from docx.shared import Mm

from khuyencong.core import word
from khuyencong.impact import wording
from khuyencong.impact.chart_image import event_study_png


def word_report(result: wording.Result, outcome: str, source: str) -> bytes:
    """The report as the bytes of a docx file. ``source`` says in words where the data come from."""
    document = word.blank()
    scale = wording.scale(result)
    word.title(document, _("BÁO CÁO ĐO TÁC ĐỘNG CỦA HỖ TRỢ KHUYẾN CÔNG"))
    word.para(document, _("Câu hỏi: sự hỗ trợ đã làm %(outcome)s của cơ sở được hỗ trợ thay đổi thế nào, so với khi "
                      "không được hỗ trợ?") % {"outcome": outcome})  # fmt: skip
    word.head(document, _("1. Kết luận"))
    word.para(document, wording.verdict(result, outcome), bold=True)
    word.bullets(document, wording.reasons(result) + wording.findings(result))
    word.head(document, _("2. Biểu đồ"))
    title = _("Thay đổi của %(outcome)s theo số năm kể từ khi được hỗ trợ") % {"outcome": outcome}
    document.add_picture(io.BytesIO(event_study_png(result, title)), width=Mm(160))
    word.para(
        document, _("Bên trái vạch đứng là các năm trước khi được hỗ trợ: nếu so sánh đúng, các điểm ở đó nằm quanh 0.")
    )
    word.table(
        document,
        [_("Năm kể từ hỗ trợ"), _("Ước lượng"), _("Khoảng 95 %"), _("Dải cho cả đường"), _("Số cơ sở")],
        [
            [
                str(point["since"]),
                wording.amount(point["estimate"], scale, signed=True),
                wording.interval(point["ci"], scale),
                wording.interval(point["band"], scale),
                str(point["supported"]),
            ]
            for point in result["event_study"]
        ],
    )
    word.head(document, _("3. Kết luận dựa trên gì"))
    word.para(document, source)
    word.table(document, [_("Nội dung"), _("Giá trị")], [list(pair) for pair in wording.basis(result)])
    cautions = wording.warnings(result)
    if cautions:
        word.head(document, _("4. Lưu ý khi sử dụng"))
        word.bullets(document, cautions)
    word.head(document, _("5. Từng năm hỗ trợ, từng năm kết quả"))
    word.table(
        document,
        [_("Năm hỗ trợ"), _("Năm kết quả"), _("Ước lượng"), _("Khoảng 95 %"), _("Được hỗ trợ"), _("So sánh")],
        [
            [
                str(cell["group"]),
                str(cell["time"]),
                wording.amount(cell["estimate"], scale, signed=True),
                wording.interval(cell["ci"], scale),
                str(cell["supported"]),
                str(cell["controls"]),
            ]
            for cell in result["group_time"]
        ],
    )
    word.head(document, _("6. Phương pháp"))
    word.para(
        document,
        _(
            "Ước lượng tác động theo nhóm năm hỗ trợ và năm kết quả của Callaway và Sant’Anna (2021), Journal of "
            "Econometrics 225(2), 200–230, không dùng hồi quy hai chiều. Mỗi so sánh dùng các cơ sở có số liệu ở cả "
            "hai năm. Sai số tính từ hàm ảnh hưởng, chia cho n. Giá trị xác suất ngẫu nhiên có được bằng cách xáo "
            "trộn năm hỗ trợ giữa các cơ sở."
        ),
    )
    word.para(document, _("Dấu vết của số liệu (SHA-256): %(hash)s. Số khởi tạo ngẫu nhiên: %(seed)s.") % {
        "hash": result["fingerprint"], "seed": result["question"]["seed"]})  # fmt: skip
    return word.to_bytes(document)
