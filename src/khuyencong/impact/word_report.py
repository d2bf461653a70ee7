"""The evaluation as a Word document a leader can file: question, verdict, chart, tables, method."""

from django.utils.translation import gettext as _

from khuyencong.core.word.paper import Paper
from khuyencong.impact import wording
from khuyencong.impact.chart_image import event_study_png


def word_report(result: wording.Result, outcome: str, source: str) -> bytes:
    """The report as the bytes of a docx file. ``source`` says in words where the data come from."""
    paper = Paper()
    scale = wording.scale(result)
    paper.title(_("BÁO CÁO ĐO TÁC ĐỘNG CỦA HỖ TRỢ KHUYẾN CÔNG"))
    paper.para(_("Câu hỏi: sự hỗ trợ đã làm %(outcome)s của cơ sở được hỗ trợ thay đổi thế nào, so với khi "
                      "không được hỗ trợ?") % {"outcome": outcome})  # fmt: skip
    paper.section(_("1. Kết luận"))
    paper.para(wording.verdict(result, outcome), bold=True)
    paper.bullets(wording.reasons(result) + wording.findings(result))
    paper.section(_("2. Biểu đồ"))
    title = _("Thay đổi của %(outcome)s theo số năm kể từ khi được hỗ trợ") % {"outcome": outcome}
    paper.picture(event_study_png(result, title))
    paper.para(_("Bên trái vạch đứng là các năm trước khi được hỗ trợ: nếu so sánh đúng, các điểm ở đó nằm quanh 0."))
    paper.table(
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
    paper.section(_("3. Kết luận dựa trên gì"))
    paper.para(source)
    paper.table([_("Nội dung"), _("Giá trị")], [list(pair) for pair in wording.basis(result)])
    cautions = wording.warnings(result)
    if cautions:
        paper.section(_("4. Lưu ý khi sử dụng"))
        paper.bullets(cautions)
    paper.section(_("5. Từng năm hỗ trợ, từng năm kết quả"))
    paper.table(
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
    paper.section(_("6. Phương pháp"))
    paper.para(
        _(
            "Ước lượng tác động theo nhóm năm hỗ trợ và năm kết quả của Callaway và Sant’Anna (2021), Journal of "
            "Econometrics 225(2), 200–230, không dùng hồi quy hai chiều. Mỗi so sánh dùng các cơ sở có số liệu ở cả "
            "hai năm. Sai số tính từ hàm ảnh hưởng, chia cho n. Giá trị xác suất ngẫu nhiên có được bằng cách xáo "
            "trộn năm hỗ trợ giữa các cơ sở."
        ),
    )
    paper.para(_("Dấu vết của số liệu (SHA-256): %(hash)s. Số khởi tạo ngẫu nhiên: %(seed)s.") % {
        "hash": result["fingerprint"], "seed": result["question"]["seed"]})  # fmt: skip
    return paper.content()
