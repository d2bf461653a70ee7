"""The life cycle as a page of the handbook: made from the one table, so that it cannot say anything else."""

from collections.abc import Mapping

from khuyencong.core.reference import rows
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.lifecycle.table import TABLE, Fund, State, Transition, mermaid, states_of
from khuyencong.projects.papers import wording as papers_wording
from khuyencong.projects.record import wording as record_wording
from khuyencong.projects.record.models import Project
from khuyencong.projects.steps import wording

_HEAD = """# Vòng đời của một đề án

Trang này do lệnh sau lập ra từ chính bảng mà hệ thống dùng; đừng sửa tay.

```
khuyencong projects lifecycle --format markdown --into docs/handbook/lifecycle.md
```

Mỗi đề án đi từng bước. Ai cũng thấy đề án đang ở đâu, đến lượt ai, còn thiếu gì, hạn đến ngày nào. Một bước chỉ ghi được khi đủ giấy tờ và điều kiện; hai người cùng bấm một lúc thì chỉ một người ghi được, người kia được báo ngay. Ai soạn, sửa hay trình đề án thì không được tự duyệt.

Trình tự ghi theo Thông tư 36/2013/TT-BCT (lời văn ban đầu, chưa gồm phần được Thông tư 17/2018/TT-BCT sửa đổi) và cách làm của khuyến công địa phương; cán bộ cần đối chiếu với văn bản. Số ngày làm việc ở bảng dưới là quy định của tỉnh, không phải thời hạn của luật; tỉnh đổi được mà không cần lập trình.

Riêng khuyến công quốc gia, Thông tư 36/2013/TT-BCT định các mốc: hồ sơ về Sở Công Thương trước ngày 20 tháng 5, Sở gửi Bộ trước ngày 15 tháng 6; báo cáo hằng tháng trước ngày 25; hồ sơ quyết toán trong 15 ngày sau lần nghiệm thu cơ sở cuối cùng; thanh lý và quyết toán chậm nhất ngày 22 tháng 01 năm sau.
"""  # noqa: E501 a paragraph is one line of Markdown
_COLUMNS = ("Bước", "Từ trạng thái", "Đến trạng thái", "Ai làm", "Cần có", "Văn bản lập ra", "Hạn của việc tiếp theo")


def labels() -> Mapping[str, str]:
    """The words of every state and step."""
    return {
        **{state.value: record_wording.state_label(state) for state in State},
        **{one.name: wording.step_label(one.name) for one in TABLE},
    }


def markdown() -> str:
    """The whole page: a diagram and a table for each fund."""
    deadlines = {row["code"]: row["value"] for row in rows("khuyencong.law.documents", "parameters.csv")}
    parts = [_HEAD]
    for fund in (Fund.LOCAL, Fund.NATIONAL):
        parts.append(f"## {Project.Fund(fund.value).label}\n\n```mermaid\n{mermaid(fund, labels())}\n```\n")
        parts.append(_table(fund, deadlines) + "\n")
    parts.append("[Mục lục](README.md)\n")
    return "\n".join(parts)


def _table(fund: Fund, deadlines: Mapping[str, str]) -> str:
    reached = states_of(fund)
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|---" * len(_COLUMNS) + "|"]
    for one in TABLE:
        if fund in one.funds:
            days = deadlines.get(one.deadline)
            cells = (
                wording.step_label(one.name),
                "; ".join(record_wording.state_label(state) for state in reached if state in one.sources),
                record_wording.state_label(one.target),
                str(wording.ACTORS[one.actor]),
                _needs(one),
                str(KINDS[one.letter].name) if one.letter else "–",
                f"{days} ngày làm việc (quy định của tỉnh)" if days else "–",
            )
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _needs(one: Transition) -> str:
    told = [papers_wording.paper_label(paper) for paper in one.papers]
    told += [str(wording.GUARDS[guard]) for guard in one.guards]
    if one.reason:
        told.append("Ghi lý do")
    if one.four_eyes:
        told.append("Không phải người soạn, sửa hay trình đề án")
    return "<br>".join(told) or "–"
