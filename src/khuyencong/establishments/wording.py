"""Problems in words: what was read, what was expected."""

from django.utils import formats
from django.utils.translation import gettext as _

from khuyencong.establishments.rules import Problem


def tax_code_problem(code: str, text: str) -> str:
    """Why a tax code is refused."""
    return {
        "digits": _("Mã số thuế chỉ gồm chữ số và dấu gạch ngang; đọc được “%(text)s”."),
        "length": _(
            "Mã số thuế có 10 chữ số (chi nhánh thêm 3 chữ số, hộ kinh doanh là 12 chữ số); đọc được “%(text)s”."
        ),
        "checksum": _("Mã số thuế “%(text)s” không đúng: chữ số kiểm tra không khớp, có thể gõ nhầm một chữ số."),
    }[code] % {"text": text}


def problem(one: Problem) -> str:
    """One problem of a yearly result."""
    facts = {"value": _shown(one.value, one.field), "expected": _shown(one.expected, one.field)}
    return {
        "too-early": _("Đọc được năm %(value)s; cần một năm từ %(expected)s trở đi."),
        "in-the-future": _("Năm %(value)s chưa đến; năm mới nhất nhập được là %(expected)s."),
        "before-founding": _("Năm %(value)s trước năm thành lập của cơ sở (%(expected)s)."),
        "negative": _("Đọc được %(value)s; số này không thể âm."),
        "more-than-workers": _("Đọc được %(value)s, nhiều hơn tổng số lao động (%(expected)s)."),
        "more-than-revenue": _("Đọc được %(value)s, nhiều hơn doanh thu (%(expected)s)."),
        "jump": _("Đọc được %(value)s, năm trước là %(expected)s: chênh nhau từ mười lần trở lên."),
    }[one.code] % facts


def problem_expected(one: Problem) -> str:
    """What a cell of a yearly result must hold."""
    facts = {"expected": _shown(one.expected, one.field)}
    return {
        "too-early": _("cần một năm từ %(expected)s trở đi"),
        "in-the-future": _("cần một năm đã đến"),
        "before-founding": _("cần một năm từ năm thành lập của cơ sở (%(expected)s) trở đi"),
        "negative": _("cần một số không âm"),
        "more-than-workers": _("cần nhiều nhất bằng tổng số lao động (%(expected)s)"),
        "more-than-revenue": _("cần nhiều nhất bằng doanh thu (%(expected)s)"),
    }[one.code] % facts


def number(value: int) -> str:
    """A whole number in the local form."""
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def _shown(value: object, field: str) -> str:
    if isinstance(value, int) and field != "year":
        return number(value)
    return "" if value is None else str(value)


def tax_code_expected(code: str) -> str:
    """What a cell with a tax code must hold."""
    return {
        "digits": _("mã số thuế chỉ gồm chữ số"),
        "length": _("mã số thuế 10, 13 hoặc 12 chữ số"),
        "checksum": _("mã số thuế có chữ số kiểm tra đúng"),
    }[code]
