"""States, steps, guards and refusals in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.projects.models import Attachment, Project
from khuyencong.projects.queries.situation import Obstacle
from khuyencong.projects.rules.lifecycle import Actor, State, Transition, Verdict

# What the button of each step says.
STEPS = {
    "submit": gettext_lazy("Nộp đề án"),
    "return": gettext_lazy("Trả lại để hoàn thiện"),
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


def state_label(state: State | str) -> str:
    """The state in words."""
    return str(Project.State(str(state)).label)


def step_label(name: str) -> str:
    """The step in words."""
    return str(STEPS[name])


def paper_label(kind: str) -> str:
    """The kind of paper in words."""
    return str(Attachment.Kind(kind).label)


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
        told.append(_("Người soạn đề án không được tự duyệt; cần một người khác có thẩm quyền."))
    told += [_("Thiếu giấy tờ: %(paper)s.") % {"paper": paper_label(kind)} for kind in verdict.missing_papers]
    told += [one.words for one in obstacles if one.guard in verdict.failing]
    if verdict.reason_missing:
        told.append(_("Cần ghi lý do."))
    return told
