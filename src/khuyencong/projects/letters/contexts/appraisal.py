"""The appraisal council: who, how they scored, what they said."""

from typing import Any

from django.utils import formats

from khuyencong.projects.appraisal.models import Council, Member
from khuyencong.projects.appraisal.queries import summary_of
from khuyencong.projects.letters.contexts import shown
from khuyencong.projects.record.models import Project


def facts(project: Project) -> dict[str, Any]:
    """hoi_dong; empty while there is no council."""
    council, summary = Council.objects.filter(project=project).first(), summary_of(project)
    if council is None or summary is None:
        return {"hoi_dong": {"thanh_vien": [], "tieu_chi": [], "y_kien": []}}
    members = list(council.members.select_related("user"))
    return {
        "hoi_dong": {
            "quyet_dinh": shown.text(council.decision),
            "ngay_hop": shown.day(council.meets_on),
            "diem_dat": council.threshold,
            "so_phieu": f"{summary.counted} phiếu; {summary.excluded} thành viên có lợi ích liên quan không chấm",
            "thanh_vien": [
                {"stt": number, "ten": str(one.user), "vai_tro": one.get_role_display(), "ghi_chu": _remark(one)}
                for number, one in enumerate(members, start=1)
            ],
            "tieu_chi": [
                {
                    "stt": number,
                    "ten": line.criterion.name,
                    "toi_da": line.criterion.most,
                    "binh_quan": _mean(line.mean),
                    "khoang": _range(line.lowest, line.highest),
                }
                for number, line in enumerate(summary.lines, start=1)
            ],
            "toi_da": sum(line.criterion.most for line in summary.lines),
            "binh_quan": _mean(summary.mean),
            "khoang": _range(summary.lowest, summary.highest),
            "y_kien": [one.comment for one in members if one.comment and not one.conflict] or ["Không có ý kiến khác."],
            "ket_luan": _conclusion(summary.complete, summary.passed),
        }
    }


def _remark(member: Member) -> str:
    return " (có lợi ích liên quan, không chấm điểm)" if member.conflict else ""


def _mean(value: float | None) -> str:
    return shown.DOTS if value is None else formats.number_format(round(value, 1), use_l10n=True)


def _range(low: int | None, high: int | None) -> str:
    return shown.DOTS if low is None else f"{low} - {high}"


def _conclusion(complete: bool, passed: bool) -> str:
    if not complete:
        return "Chưa đủ phiếu để kết luận."
    if passed:
        return "Đề án đạt yêu cầu; Hội đồng đề nghị cấp có thẩm quyền phê duyệt."
    return "Đề án chưa đạt yêu cầu."
