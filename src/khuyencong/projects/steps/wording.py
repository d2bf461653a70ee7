"""Steps, guards and refusals in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuyencong.core.money import vnd
from khuyencong.law.documents.rules.references import words as provision_words
from khuyencong.law.models import Parameter
from khuyencong.projects.lifecycle.table import Actor, DayProblem, Guard, Transition, Verdict
from khuyencong.projects.papers.wording import paper_label
from khuyencong.projects.record.decisions import STEP
from khuyencong.projects.record.models import Project
from khuyencong.projects.steps.situation import Obstacle

# What the button of each step says.
STEPS = {
    "submit": gettext_lazy("Nộp đề án"),
    "return": gettext_lazy("Trả lại để hoàn thiện"),
    "withdraw": gettext_lazy("Rút đề án"),
    "start-appraisal": gettext_lazy("Bắt đầu thẩm định"),
    "forward": gettext_lazy("Trình Bộ thẩm định"),
    "approve": gettext_lazy("Phê duyệt"),
    "approve-national": gettext_lazy("Ghi nhận Bộ phê duyệt"),
    "reject": gettext_lazy("Không phê duyệt"),
    "plan": gettext_lazy("Giao kế hoạch"),
    "contract": gettext_lazy("Ghi nhận ký hợp đồng"),
    "start": gettext_lazy("Bắt đầu thực hiện"),
    "suspend": gettext_lazy("Tạm dừng"),
    "resume": gettext_lazy("Cho thực hiện tiếp"),
    "ask-adjustment": gettext_lazy("Đề nghị điều chỉnh"),
    "adjust": gettext_lazy("Quyết định điều chỉnh"),
    "terminate": gettext_lazy("Ngừng thực hiện"),
    "accept": gettext_lazy("Nghiệm thu"),
    "close-contract": gettext_lazy("Thanh lý hợp đồng"),
    "settle": gettext_lazy("Phê duyệt quyết toán"),
    "monitor": gettext_lazy("Chuyển sang theo dõi kết quả"),
    "archive": gettext_lazy("Lưu trữ"),
    "archive-terminated": gettext_lazy("Lưu trữ hồ sơ ngừng thực hiện"),
}

ACTORS = {
    Actor.OFFICER: gettext_lazy("cán bộ khuyến công của địa bàn"),
    Actor.PROVINCE_OFFICER: gettext_lazy("cán bộ khuyến công cấp tỉnh"),
    Actor.LEADER: gettext_lazy("lãnh đạo"),
}


# What each guard asks for, said as it is when it holds.
GUARDS = {
    Guard.HAS_BENEFICIARY: gettext_lazy("Đã chọn cơ sở thụ hưởng"),
    Guard.ELIGIBLE: gettext_lazy("Cơ sở đủ điều kiện được hỗ trợ"),
    Guard.COSTS_ADD_UP: gettext_lazy("Dự toán cộng lại đúng bằng tổng kinh phí"),
    Guard.FUNDING_ADDS_UP: gettext_lazy("Các nguồn kinh phí cộng lại khớp nhau"),
    Guard.WITHIN_CEILING: gettext_lazy("Kinh phí hỗ trợ không vượt mức tối đa"),
    Guard.NO_DOUBLE_FUNDING: gettext_lazy("Không trùng nội dung đã được hỗ trợ"),
    Guard.COUNCIL_NAMED: gettext_lazy("Đã lập hội đồng thẩm định"),
    Guard.APPRAISAL_COMPLETE: gettext_lazy("Mọi thành viên hội đồng đã nộp phiếu"),
    Guard.APPRAISAL_PASSED: gettext_lazy("Hội đồng chấm đạt"),
    Guard.PLAN_LINE_HAS_ROOM: gettext_lazy("Dòng kế hoạch còn đủ kinh phí"),
    Guard.CONTRACT_RECORDED: gettext_lazy("Đã ghi hợp đồng trong mức được duyệt"),
    Guard.PAID_AS_ACCEPTED: gettext_lazy("Đã thanh toán đủ theo hợp đồng"),
    Guard.NO_OPEN_HOLD: gettext_lazy("Không còn kiến nghị kiểm tra quá hạn"),
    Guard.RECOVERED: gettext_lazy("Đã thu hồi hết kinh phí phải thu hồi"),
    Guard.RESULTS_REPORTED: gettext_lazy("Cơ sở đã báo cáo đủ kết quả hằng năm"),
}

# What the history of a project says of each step.
TAKEN = {
    "submit": gettext_lazy("%(who)s đã nộp đề án."),
    "return": gettext_lazy("%(who)s đã trả lại đề án để hoàn thiện."),
    "withdraw": gettext_lazy("%(who)s đã rút đề án."),
    "start-appraisal": gettext_lazy("%(who)s đã cho bắt đầu thẩm định."),
    "forward": gettext_lazy("%(who)s đã trình Bộ thẩm định."),
    "approve": gettext_lazy("%(who)s đã phê duyệt đề án."),
    "approve-national": gettext_lazy("%(who)s đã ghi nhận Bộ phê duyệt đề án."),
    "reject": gettext_lazy("%(who)s đã quyết định không phê duyệt đề án."),
    "plan": gettext_lazy("%(who)s đã giao kế hoạch cho đề án."),
    "contract": gettext_lazy("%(who)s đã ghi nhận việc ký hợp đồng."),
    "start": gettext_lazy("%(who)s đã cho bắt đầu thực hiện."),
    "suspend": gettext_lazy("%(who)s đã tạm dừng đề án."),
    "resume": gettext_lazy("%(who)s đã cho thực hiện tiếp."),
    "ask-adjustment": gettext_lazy("%(who)s đã đề nghị điều chỉnh đề án."),
    "adjust": gettext_lazy("%(who)s đã quyết định điều chỉnh đề án."),
    "terminate": gettext_lazy("%(who)s đã ngừng thực hiện đề án."),
    "accept": gettext_lazy("%(who)s đã nghiệm thu đề án."),
    "close-contract": gettext_lazy("%(who)s đã thanh lý hợp đồng."),
    "settle": gettext_lazy("%(who)s đã phê duyệt quyết toán."),
    "monitor": gettext_lazy("%(who)s đã chuyển đề án sang theo dõi kết quả."),
    "archive": gettext_lazy("%(who)s đã lưu trữ đề án."),
    "archive-terminated": gettext_lazy("%(who)s đã lưu trữ hồ sơ ngừng thực hiện."),
}


def step_label(name: str) -> str:
    """The step in words."""
    return str(STEPS[name])


def already(project: Project) -> str:
    """Somebody was faster."""
    last = project.steps.order_by("-position").first()
    who = last.taken_by if last and last.taken_by else _("người khác")
    return _("Đề án đã ở trạng thái “%(state)s” (%(who)s vừa làm). Chưa có gì được ghi thêm; hãy xem lại đề án.") % {
        "state": project.get_state_display(),
        "who": who,
    }


def not_yours(transition: Transition) -> str:
    """Whose step it is."""
    return _("Bước “%(step)s” do %(actor)s làm.") % {
        "step": step_label(transition.name),
        "actor": ACTORS[transition.actor],
    }


def refusals(verdict: Verdict, obstacles: list[Obstacle]) -> list[str]:
    """Everything that stands in the way of a step, one sentence each."""
    told = [not_yours(verdict.transition)] if verdict.wrong_actor else []
    if verdict.same_eyes:
        told.append(str(STEP.refusal))
    told += [_("Thiếu giấy tờ: %(paper)s.") % {"paper": paper_label(kind)} for kind in verdict.missing_papers]
    told += [one.words for one in obstacles if one.guard in verdict.failing]
    if verdict.wrong_day is DayProblem.FUTURE:
        told.append(_("Ngày làm bước này chưa đến."))
    if verdict.wrong_day is DayProblem.BEFORE_THE_LAST:
        told.append(_("Ngày làm bước này sớm hơn ngày của bước trước."))
    if verdict.reason_missing:
        told.append(_("Cần ghi lý do."))
    return told


def time_left(days: int | None) -> str:
    """How much time a step has, in working days; nothing when it has no deadline."""
    if days is None:
        return ""
    if days == 0:
        return _("hôm nay là ngày cuối")
    if days > 0:
        return ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", days) % {"n": days}
    return ngettext("quá hạn %(n)s ngày làm việc", "quá hạn %(n)s ngày làm việc", -days) % {"n": -days}


def effect(transition: Transition, project: Project) -> str:
    """What else a step does than move the project on: to its money, to its dates."""
    support, line = vnd(project.support_amount), project.plan_line
    if transition.name in ("approve", "approve-national"):
        return _("Mức hỗ trợ tối đa của ngày duyệt được giữ lại cùng đề án.")
    if transition.name in ("plan", "adjust") and line is not None:
        return _("Dòng kế hoạch “%(line)s” dành %(money)s cho đề án này.") % {"line": line.name, "money": support}
    if transition.name == "terminate" and line is not None:
        return _("Phần kinh phí chưa chi được trả lại dòng kế hoạch “%(line)s”.") % {"line": line.name}
    if transition.name == "accept":
        return _("Năm nghiệm thu là mốc để đo tác động và để cơ sở báo cáo kết quả hằng năm.")
    return ""


def basis(rule: Parameter | None) -> str:
    """The article that a dated number comes from; the province itself where no law says so."""
    if rule is None:
        return ""
    if rule.own:
        return _("Quy định của tỉnh, không phải thời hạn của luật")
    parts = (provision_words(rule.path) if rule.path else "", rule.document.number if rule.document else "")
    return " ".join(filter(None, parts))
