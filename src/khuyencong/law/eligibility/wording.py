"""Eligibility and priority in words: what a rule asks, what was found, what is missing."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from khuyencong.core.money import vnd
from khuyencong.core.per_request import once
from khuyencong.law.documents.status_wording import day, number
from khuyencong.law.eligibility import priority
from khuyencong.law.eligibility import rules as eligibility
from khuyencong.law.eligibility.models import AreaStatus, EligibilityRule, EligibleGroup, PriorityCriterion
from khuyencong.law.norms.models import ActivityType


def known_values(kind: str) -> dict[str, str]:
    """What a rule or criterion of this kind may name: code -> words. Nothing for kinds that name nothing."""
    lists: dict[str, Callable[[], dict[str, str]]] = {
        "beneficiary": legal_forms,
        "industry": groups,
        "area": localities,
        "priority-area": lambda: _areas("difficult", "especially-difficult"),
        "new-rural": lambda: _areas("new-rural"),
    }
    return lists[kind]() if kind in lists else {}


def legal_forms() -> dict[str, str]:
    """Who may own an establishment."""
    names = {
        "enterprise": _("Doanh nghiệp"),
        "cooperative": _("Hợp tác xã"),
        "cooperative-union": _("Liên hiệp hợp tác xã"),
        "cooperative-group": _("Tổ hợp tác"),
        "household": _("Hộ kinh doanh"),
    }
    return {code: names[code] for code in eligibility.LEGAL_FORMS}


def localities() -> dict[str, str]:
    """The units an establishment may lie in."""
    names = {
        "commune": _("Xã"),
        "ward": _("Phường của tỉnh"),
        "special-zone": _("Đặc khu"),
        "city-ward": _("Phường của thành phố trực thuộc Trung ương"),
        "lower-city-ward": _("Phường trước đây thuộc thành phố loại 2, loại 3"),
        "craft-village": _("Làng nghề được công nhận"),
    }
    return {code: names[code] for code in eligibility.LOCALITIES}


@once
def groups() -> dict[str, str]:
    """The groups of industries of Article 5."""
    return {one.code: str(one) for one in EligibleGroup.objects.all()}


@once
def contents() -> dict[str, str]:
    """What may be supported."""
    return {one.code: str(one) for one in ActivityType.objects.all()}


def names(codes: Iterable[str]) -> str:
    """Codes of values or contents in words, in the order in which the lists have them."""
    wanted = set(codes)
    known = legal_forms() | localities() | _areas(*AreaStatus.Kind.values)
    for stored in (groups, contents):
        known |= stored() if wanted - set(known) else {}
    return "; ".join([known[code] for code in known if code in wanted] + sorted(wanted - set(known)))


def asks(rule: EligibilityRule) -> str:
    """When a rule of eligibility passes."""
    if rule.kind == EligibilityRule.Kind.ACTIVE:
        return _("Cơ sở đang hoạt động")
    if rule.kind == EligibilityRule.Kind.NO_DOUBLE_FUNDING:
        return _("Chưa được hỗ trợ cùng nội dung")
    return names(rule.values)


def counts(criterion: PriorityCriterion) -> str:
    """When a criterion of priority gives its points."""
    kind = PriorityCriterion.Kind
    if criterion.kind == kind.LABOUR:
        return _("Từ %(n)s lao động") % {"n": number(criterion.threshold or 1)}
    if criterion.kind == kind.EXPORT:
        if (criterion.threshold or 1) <= 1:
            return _("Có giá trị xuất khẩu trong năm gần nhất")
        return _("Xuất khẩu từ %(amount)s trong năm gần nhất") % {"amount": vnd(criterion.threshold)}
    if criterion.kind == kind.LOCAL_MATERIAL:
        return _("Nguyên liệu chính lấy tại chỗ")
    if criterion.kind == kind.INDUSTRY:
        return names(criterion.values)
    return _("Xã, phường thuộc diện: %(kinds)s") % {"kinds": names(criterion.values)}


def span(valid_from: dt.date, valid_to: dt.date | None) -> str:
    """``từ 05/07/2012 đến hết 14/10/2025``."""
    if valid_to is None:
        return _("từ %(first)s") % {"first": day(valid_from)}
    return _("từ %(first)s đến hết %(last)s") % {"first": day(valid_from), "last": day(valid_to)}


def eligible(answer: eligibility.Answer) -> str:
    """The answer in three words or four."""
    if answer.eligible is None:
        return _("Chưa nói được")
    return _("Đủ điều kiện") if answer.eligible else _("Không đủ điều kiện")


def finding(one: eligibility.Finding) -> str:
    """What one rule found."""
    kind = eligibility.Kind
    if one.rule.kind is kind.NO_DOUBLE_FUNDING:
        return _("Đã được hỗ trợ: %(what)s") % {"what": one.fact} if one.fact else _("Chưa được hỗ trợ cùng nội dung")
    if one.rule.kind is kind.ACTIVE:
        return _("Đang hoạt động") if one.fact == "active" else _("Đang tạm ngừng hoặc đã ngừng hoạt động")
    if one.outcome is eligibility.Outcome.UNKNOWN:
        if one.fact == "ward":
            return _("Cần xác định phường này trước đây thuộc thành phố loại mấy")
        if one.fact == "city-ward":
            return _("Ở phường của thành phố: cần xác định cơ sở có trong làng nghề được công nhận không")
        return {
            kind.BENEFICIARY: _("Hồ sơ chưa ghi loại hình cơ sở"),
            kind.INDUSTRY: _("Hồ sơ chưa ghi nhóm ngành được hưởng"),
            kind.AREA: _("Chưa xác định được cơ sở ở xã hay phường"),
        }[one.rule.kind]
    label = dict(EligibilityRule.Kind.choices)[one.rule.kind.value]
    return f"{label}: {names([one.fact])}"


def missing_field(one: eligibility.Finding) -> str:
    """The field of the establishment's card that would settle an unknown finding; empty when it is settled."""
    if one.outcome is not eligibility.Outcome.UNKNOWN or one.fact:
        return ""
    return {
        eligibility.Kind.BENEFICIARY: "legal_form",
        eligibility.Kind.INDUSTRY: "eligible_group",
        eligibility.Kind.AREA: "commune",
    }.get(one.rule.kind, "")


def part(one: priority.Part) -> str:
    """What a criterion found; why it gave no points when it did not."""
    if one.met is None:
        return {
            priority.Kind.AREA: _("Chưa nhập danh sách xã thuộc diện này"),
            priority.Kind.NEW_RURAL: _("Chưa nhập danh sách xã thuộc diện này"),
            priority.Kind.INDUSTRY: _("Hồ sơ chưa ghi nhóm ngành được hưởng"),
            priority.Kind.LOCAL_MATERIAL: _("Hồ sơ chưa ghi có dùng nguyên liệu tại chỗ không"),
            priority.Kind.LABOUR: _("Chưa có số lao động"),
            priority.Kind.EXPORT: _("Chưa có giá trị xuất khẩu của năm nào"),
        }[one.criterion.kind]
    if not one.met:
        return _("Không đạt")
    return _("Đạt") if one.points else _("Đạt, đã tính ở mức cao hơn")


def _areas(*codes: str) -> dict[str, str]:
    return {str(code): str(label) for code, label in AreaStatus.Kind.choices if code in codes}
