"""What is wrong with a panel, in words: where, what was read, what was expected."""

from typing import Any

from django.utils.translation import gettext as _

from khuyencong.impact.estimation.problems import PanelError


def sentence(error: PanelError) -> str:
    """The error as one or two Vietnamese sentences that name the place and say what to do."""
    facts = _shown(error.facts)
    told = _place(error) + _words(error.code, error.facts) % facts
    return told[:1].upper() + told[1:]


def _words(code: str, facts: dict[str, Any]) -> str:
    if code == "missing-column" and facts.get("near"):
        return _("không có cột “%(column)s”. Có phải bạn muốn nói: %(near)s?")
    if code == "duplicate" and "other_row" in facts:
        return _(
            "đơn vị %(unit)s đã có số liệu năm %(year)s ở dòng %(other_row)s; mỗi đơn vị mỗi năm chỉ được một dòng."
        )
    return {
        "no-file": _("không có tệp “%(file)s”."),
        "unreadable": _(
            "không mở được tệp “%(file)s”: tệp hỏng hoặc không đúng loại. Hãy lưu lại tệp dưới dạng csv, xlsx hoặc "
            "parquet."
        ),
        "too-large": _(
            "tệp “%(file)s” quá lớn, hoặc có ô ghi rất xa bảng số liệu. Hãy chép riêng bảng số liệu sang tệp mới, "
            "hoặc dùng tệp parquet trên dòng lệnh."
        ),
        "password": _("tệp “%(file)s” có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi gửi lại."),
        "quote": _(
            "tệp “%(file)s”, dòng %(line)s: có dấu nháy kép mở mà không đóng, nên các dòng sau bị gộp vào một ô. "
            "Hãy xóa hoặc đóng dấu ấy rồi gửi lại."
        ),
        "several-sheets": _("tệp “%(file)s” có nhiều trang tính: %(present)s. Hãy cho biết dùng trang nào."),
        "no-sheet": _("tệp “%(file)s” không có trang tính “%(value)s”. Các trang đọc được: %(present)s."),
        "ragged": _("có %(found)s ô, trong khi dòng tiêu đề có %(expected)s cột; mỗi dòng cần đúng %(expected)s ô."),
        "encoding": _("tệp “%(file)s” không dùng bảng mã UTF-8. Hãy lưu lại bằng Excel, chọn loại “CSV UTF-8”."),
        "empty": _("số liệu không có dòng nào (trong các năm đã chọn)."),
        "missing-column": _("không có cột “%(column)s”. Các cột đọc được: %(present)s."),
        "same-heading": _("có nhiều cột cùng mang tên “%(column)s”. Hãy nói rõ cột nào: %(near)s."),
        "not-a-number": _(
            "cột “%(column)s” ghi “%(value)s”, cần một con số, ví dụ 1250 hoặc 12,5; cả cột một kiểu dấu thập phân."
        ),
        "not-whole": _("cột “%(column)s” ghi “%(value)s”, cần một năm viết bằng số nguyên, ví dụ 2019."),
        "two-readings": _(
            "cột “%(column)s” ghi “%(value)s” (có %(count)s ô như vậy): có thể là %(large)s hoặc %(small)s. "
            "Hãy ghi lại cột này không có dấu phân nhóm, ví dụ %(large)s."
        ),
        "month": _(
            "cột “%(column)s” ghi “%(value)s”, là tháng hay quý; cần năm. Hãy gộp số liệu theo năm trước khi đo."
        ),
        "not-a-year": _(
            "cột “%(column)s” ghi “%(value)s”, cần năm được hỗ trợ lần đầu; để trống, 0 hoặc -1 nếu chưa bao giờ."
        ),
        "lost-zeros": _(
            "cột “%(column)s” có các mã chỉ khác nhau ở số 0 đứng đầu: %(values)s. Nếu là một đơn vị, hãy ghi "
            "cùng một mã ở mọi năm; nếu là hai, hãy đặt mã khác hẳn nhau."
        ),
        "not-a-flag": _("cột “%(column)s” ghi “%(value)s”, cần 0 (không được hỗ trợ) hoặc 1 (được hỗ trợ)."),
        "missing-unit": _("cột “%(column)s” để trống, cần mã của đơn vị."),
        "infinite": _("cột “%(column)s” ghi “%(value)s”, vô hạn hoặc lớn đến mức không tính được; cần một con số."),
        "not-positive": _(
            "cột “%(column)s” ghi “%(value)s”; muốn tính theo phần trăm thì mọi giá trị phải lớn hơn 0 "
            "(có %(count)s giá trị không đạt). Hãy để trống các giá trị đó hoặc tính theo đơn vị gốc."
        ),
        "duplicate": _("đơn vị %(unit)s có hai dòng cho năm %(year)s; mỗi đơn vị mỗi năm chỉ được một dòng."),
        "two-first-supports": _(
            "đơn vị %(unit)s có hai năm hỗ trợ đầu tiên khác nhau ở cột “%(column)s”: %(values)s. Chỉ được một "
            "(0 hoặc trống ở mọi dòng nếu chưa bao giờ)."
        ),
        "two-strata": _(
            "đơn vị %(unit)s thuộc hai nhóm so sánh khác nhau (cột %(column)s): %(values)s. "
            "Mỗi đơn vị chỉ thuộc một nhóm trong mọi năm."
        ),
        "one-year": _("số liệu chỉ có năm %(year)s. Cần ít nhất hai năm: trước và sau khi được hỗ trợ."),
        "too-many-years": _("số liệu có %(years)s mốc thời gian, nhiều nhất là %(most)s."),
        "nobody-supported": _(
            "không có đơn vị nào được hỗ trợ sau năm %(first)s và đến hết năm %(last)s, nên không có gì để so sánh."
        ),
        "no-controls": _("mọi đơn vị được hỗ trợ cùng một lúc hoặc từ đầu, không còn đơn vị nào để so sánh."),
        "no-comparison": _("không có năm nào mà cả bên được hỗ trợ và bên so sánh cùng có số liệu."),
    }.get(code, _("không đọc được số liệu."))


def _place(error: PanelError) -> str:
    facts = error.facts
    if "row" in facts:
        words = {"sheet": facts.get("sheet"), "row": facts["row"]}
        return (_("Trang tính “%(sheet)s”, dòng %(row)s: ") if facts.get("sheet") else _("Dòng %(row)s: ")) % words
    if "unit" in facts and error.code not in ("duplicate", "two-first-supports", "two-strata"):
        return _("Đơn vị %(unit)s, năm %(year)s: ") % facts
    return ""


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    shown = dict(facts)
    value = facts.get("value")
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    shown["value"] = _("(trống)") if value is None else int(value) if whole else value
    for name in ("present", "near", "values"):
        shown[name] = ", ".join(str(value) for value in facts.get(name, []))
    return shown
