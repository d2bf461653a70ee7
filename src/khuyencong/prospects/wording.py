"""Why an establishment stands where it stands, and what is missing, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.money import vnd_short
from khuyencong.law.documents.status_wording import number
from khuyencong.law.eligibility import wording as eligibility_wording
from khuyencong.law.eligibility.priority import Kind, Part
from khuyencong.law.eligibility.rules import Answer
from khuyencong.prospects.ceilings import Most
from khuyencong.prospects.queries import Candidate
from khuyencong.prospects.rules import Gain, Group

_AREAS = (Kind.AREA, Kind.NEW_RURAL)


def facts() -> dict[str, str]:
    """The facts that may be missing: code -> words."""
    return {
        "legal_form": _("loại hình"),
        "eligible_group": _("nhóm ngành được hưởng"),
        "commune": _("xã hay phường"),
        "local_material": _("có dùng nguyên liệu tại chỗ không"),
        "workers": _("số lao động"),
        "export_value": _("giá trị xuất khẩu"),
        "revenue": _("doanh thu"),
    }


def missing(names: Iterable[str]) -> str:
    """``chưa ghi nhóm ngành được hưởng, số lao động``; nothing when nothing is missing."""
    known = facts()
    told = ", ".join(known[name] for name in names)
    return _("chưa ghi %(facts)s") % {"facts": told} if told else ""


def group_name(group: Group) -> str:
    """The group as a tab has it."""
    return {
        Group.READY: _("Có thể hỗ trợ"),
        Group.LACKING: _("Cần bổ sung hồ sơ"),
        Group.UNDER_WAY: _("Đang có đề án"),
        Group.NOT_ELIGIBLE: _("Chưa đủ điều kiện"),
    }[group]


def about_group(group: Group) -> str:
    """What the establishments of a group have in common, and what to do."""
    return {
        Group.READY: _("Đang hoạt động, chưa từng được hỗ trợ, đủ điều kiện của ít nhất một nội dung."),
        Group.LACKING: _(
            "Hồ sơ còn thiếu điều cần biết nên chưa nói được cơ sở được hỗ trợ những gì. Bổ sung hồ sơ là việc "
            "đầu tiên của cán bộ xã."
        ),
        Group.UNDER_WAY: _("Chưa từng được hỗ trợ nhưng đã có đề án đang soạn, đang xét hoặc đang thực hiện."),
        Group.NOT_ELIGIBLE: _("Theo quy định áp dụng hôm nay, không đủ điều kiện của nội dung nào."),
    }[group]


def why(one: Candidate) -> list[str]:
    """Short reasons, the decisive one first."""
    if one.group is Group.NOT_ELIGIBLE:
        return failed(one.answers)
    told = [missing(one.hinders)] if one.hinders else []
    met = [_short(part, one) for part in one.score.parts if part.points]
    told += [", ".join(met) if met else _("chưa đạt tiêu chí ưu tiên nào")]
    return [each[:1].upper() + each[1:] for each in told]


def open_to(one: Candidate) -> str:
    """``13 nội dung, tối đa 300 triệu``; nothing when no content is open to it."""
    n = len(one.contents)
    contents = ngettext("%(n)s nội dung", "%(n)s nội dung", n) % {"n": n} if n else ""
    if one.most is None:
        return contents
    return f"{contents}, {capped(one.most) or share(one.most)}"


def _short(part: Part, one: Candidate) -> str:
    """A criterion that gave points, in two words or three."""
    if part.criterion.kind is Kind.LABOUR:
        n = one.workers or 0
        return ngettext("%(n)s lao động", "%(n)s lao động", n) % {"n": number(n)}
    return {
        Kind.AREA: _("địa bàn khó khăn"),
        Kind.NEW_RURAL: _("xã nông thôn mới"),
        Kind.INDUSTRY: _("ngành ưu tiên"),
        Kind.LOCAL_MATERIAL: _("nguyên liệu tại chỗ"),
        Kind.EXPORT: _("có xuất khẩu"),
    }[part.criterion.kind]


def failed(answers: Iterable[Answer]) -> list[str]:
    """The rules that are not met, each once, with the article."""
    found = {
        finding.rule.key: (finding, finding.rule.article)
        for answer in answers
        for finding in answer.findings
        if finding.outcome == "fails"
    }
    return [f"{eligibility_wording.finding(one)} ({article})" for one, article in found.values()]


def most(one: Most) -> str:
    """``Ứng dụng máy móc: tối đa 300 triệu, 50 % chi phí``."""
    told = ", ".join(part for part in (capped(one), share(one)) if part)
    return f"{one.content}: {told}"


def capped(one: Most) -> str:
    """``tối đa 300 triệu``; nothing where the norm has no cap."""
    return "" if one.amount is None else _("tối đa %(amount)s") % {"amount": vnd_short(one.amount)}


def share(one: Most) -> str:
    """``50 % chi phí``; nothing where the norm sets no share."""
    percent = one.norm.percent
    return "" if percent is None else _("%(percent)s %% chi phí") % {"percent": number(percent)}


def gain(one: Gain | None) -> str:
    """``khoảng 96 triệu``; nothing when it is not known."""
    return _("khoảng %(amount)s") % {"amount": vnd_short(one.amount)} if one else ""


def gain_interval(one: Gain) -> str:
    """``từ 40 triệu đến 150 triệu``."""
    return _("từ %(low)s đến %(high)s") % {"low": vnd_short(one.low), "high": vnd_short(one.high)}


def parts(one: Candidate) -> dict[str, list[str]]:
    """The criteria met, not met, and not known, by name; lists of communes nobody entered are told once, elsewhere."""
    scored = [part for part in one.score.parts if not no_list(part)]
    return {
        "met": [part.criterion.name for part in scored if part.met],
        "unmet": [part.criterion.name for part in scored if part.met is False],
        "unknown": [part.criterion.name for part in scored if part.met is None],
    }


def no_list(part: Part) -> bool:
    """Whether nothing can be said because no list of communes of that kind was entered."""
    return part.met is None and part.criterion.kind in _AREAS
