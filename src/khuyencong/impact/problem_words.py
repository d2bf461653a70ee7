"""What is wrong with a panel, in words: where, what was read, what was expected."""

from typing import Any

from django.utils.translation import gettext as _

from khuyencong.impact.estimation.problems import PanelError


def sentence(error: PanelError) -> str:
    """The error as one or two Vietnamese sentences that name the place and say what to do."""
    facts = _shown(error.facts)
    told = _SENTENCES().get(error.code, _("Không đọc được số liệu."))
    return _place(error.facts) + told % facts


def _SENTENCES() -> dict[str, str]:
    return {
        "no-file": _("Không có tệp “%(file)s”."),
        "unknown-format": _("Tệp “%(file)s” không thuộc loại đọc được. Hãy dùng tệp csv, xlsx hoặc parquet."),
        "unreadable": _("Không mở được tệp “%(file)s”: %(reason)s."),
        "empty": _("Số liệu không có dòng nào trong các năm đã chọn."),
        "missing-column": _("Không có cột “%(column)s”. Các cột đọc được: %(present)s."),
        "not-a-number": _(
            "cột “%(column)s” ghi “%(value)s”, cần một con số (dấu thập phân là dấu chấm, không có dấu nhóm)."
        ),
        "not-whole": _("cột “%(column)s” ghi “%(value)s”, cần một năm viết bằng số nguyên, ví dụ 2019."),
        "not-a-flag": _("cột “%(column)s” ghi “%(value)s”, cần 0 (không được hỗ trợ) hoặc 1 (được hỗ trợ)."),
        "missing-unit": _("cột “%(column)s” để trống, cần mã của đơn vị."),
        "infinite": _("Đơn vị %(unit)s, năm %(year)s: cột “%(column)s” có giá trị vô hạn, cần một con số."),
        "not-positive": _(
            "cột “%(column)s” ghi “%(value)s”; muốn tính theo phần trăm thì mọi giá trị phải lớn hơn 0 "
            "(có %(count)s giá trị không đạt). Hãy bỏ các giá trị đó hoặc tính theo đơn vị gốc."
        ),
        "duplicate": _("Đơn vị %(unit)s có hai dòng cho năm %(year)s; mỗi đơn vị mỗi năm chỉ được một dòng."),
        "two-first-supports": _("Đơn vị %(unit)s có hai năm hỗ trợ đầu tiên khác nhau: %(values)s. Chỉ được một."),
        "two-strata": _("Đơn vị %(unit)s thuộc hai nhóm so sánh khác nhau: %(values)s. Mỗi đơn vị chỉ thuộc một nhóm."),
        "one-year": _("Số liệu chỉ có năm %(year)s. Cần ít nhất hai năm: trước và sau khi được hỗ trợ."),
        "too-many-years": _("Số liệu có %(years)s mốc thời gian, nhiều nhất là %(most)s."),
        "nobody-supported": _(
            "Không có đơn vị nào được hỗ trợ sau năm %(first)s và đến hết năm %(last)s, nên không có gì để so sánh."
        ),
        "no-controls": _("Mọi đơn vị được hỗ trợ cùng một lúc hoặc từ đầu, không còn đơn vị nào để so sánh."),
        "no-comparison": _("Không có năm nào mà cả bên được hỗ trợ và bên so sánh cùng có số liệu."),
    }


def _place(facts: dict[str, Any]) -> str:
    if "row" not in facts:
        return ""
    words = {"sheet": facts.get("sheet"), "row": facts["row"]}
    return (_("Trang tính “%(sheet)s”, dòng %(row)s: ") if facts.get("sheet") else _("Dòng %(row)s: ")) % words


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    shown = dict(facts)
    shown["value"] = _("(trống)") if facts.get("value") is None else facts["value"]
    for name in ("present", "values"):
        shown[name] = ", ".join(str(value) for value in facts.get(name, []))
    return shown
