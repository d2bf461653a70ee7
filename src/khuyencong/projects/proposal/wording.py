"""A proposal in words: what is still wanted, what is in the way, what the sums say."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.core.money import vnd
from khuyencong.law.models import NormMultiplier, SupportNorm
from khuyencong.projects.record.models import Project

# What the history of a project says of its papers.
PAPERS = {
    "bring": gettext_lazy("%(who)s đã đưa lên %(what)s."),
    "replace": gettext_lazy("%(who)s đã thay %(what)s bằng bản mới hơn."),
    "withdraw": gettext_lazy("%(who)s đã rút %(what)s."),
}


def not_editable(project: Project, typed: bool = True) -> str:
    """Why the content cannot be changed; ``typed``: somebody was changing it just now."""
    told = _("Đề án đang ở trạng thái “%(state)s”, bạn không sửa được nội dung.") % {
        "state": project.get_state_display()
    }
    return f"{told} {_('Những gì bạn gõ vẫn còn ở dưới.')}" if typed else told


def changed_meanwhile() -> str:
    """Somebody else saved it."""
    return _(
        "Người khác vừa lưu đề án này trong lúc bạn đang sửa. Những gì bạn nhập vẫn còn ở dưới; hãy xem lại rồi bấm "
        "Lưu lần nữa nếu vẫn muốn thay."
    )


def balance(costs: int, sources: int) -> str:
    """How the estimate stands to the sources of money."""
    facts = {"costs": vnd(costs), "sources": vnd(sources), "gap": vnd(abs(costs - sources))}
    if costs == sources:
        return _("Dự toán và các nguồn đều là %(costs)s: khớp đến đồng.") % facts
    if costs > sources:
        return _("Dự toán %(costs)s, các nguồn mới có %(sources)s: còn thiếu %(gap)s.") % facts
    return _("Dự toán %(costs)s, các nguồn có %(sources)s: thừa %(gap)s.") % facts


def against_ceiling(support: int, most: int) -> str:
    """How the support asked for stands to the ceiling."""
    facts = {"support": vnd(support), "over": vnd(support - most), "left": vnd(most - support)}
    if support > most:
        return _("Đề nghị %(support)s, vượt mức tối đa %(over)s.") % facts
    if support == most:
        return _("Đề nghị %(support)s, đúng bằng mức tối đa.") % facts
    return _("Đề nghị %(support)s, còn dưới mức tối đa %(left)s.") % facts


def quantity(text: str) -> str:
    """How many, in the local form."""
    return formats.number_format(text, use_l10n=True, force_grouping=True)


def conditions(codes: list[str]) -> str:
    """The conditions under which a cap is multiplied, by their names."""
    names = dict(NormMultiplier.objects.filter(condition__in=codes).values_list("condition", "name"))
    return "; ".join(names.get(code, code) for code in codes)


def variant(code: str) -> str:
    """The case of a content, by its name."""
    return SupportNorm.objects.filter(variant=code).values_list("variant_name", flat=True).first() or code
