"""The evaluation in plain words. Numbers are made in ``estimation``; here they become sentences."""

import math
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Everything here reads the JSON form of an evaluation, so that a stored one reads as on its first day.
Result = dict[str, Any]


@dataclass(frozen=True)
class Scale:
    """How the effects of one answer are written: in per cent, or with so many decimals, the same for all."""

    log: bool
    places: int


def scale(result: Result) -> Scale:
    """Per cent have one decimal; amounts as many as show three digits of the overall effect or its error."""
    overall = result["overall"]
    size = max(abs(overall["estimate"]), overall["se"] or 0.0)
    places = 2 - math.floor(math.log10(size)) if size > 0 else 0
    return Scale(result["question"]["log"], 1 if result["question"]["log"] else min(max(places, 0), 9))


def amount(value: float | None, scale: Scale, signed: bool = False) -> str:
    """An effect in the local form: per cent if the outcome was logged, else in units of the outcome."""
    if value is None:
        return _("không xác định")
    shown = round((math.exp(value) - 1) * 100 if scale.log else value, scale.places) + 0.0  # never -0
    text = formats.number_format(shown, decimal_pos=scale.places, use_l10n=True, force_grouping=True)
    sign = "+" if signed and shown > 0 else ""
    return f"{sign}{text} %" if scale.log else f"{sign}{text}"


def p_value(value: float | None) -> str:
    """A p-value with three decimals, never "0,000"."""
    if value is None:
        return _("không tính được")
    if value < 0.001:
        return _("nhỏ hơn %(bound)s") % {"bound": formats.number_format(0.001, use_l10n=True)}
    return formats.number_format(round(value, 3), decimal_pos=3, use_l10n=True)


def interval(ci: list[float | None], scale: Scale) -> str:
    """``từ 9,1 % đến 28,2 %``."""
    if ci[0] is None or ci[1] is None:
        return _("không xác định")
    return _("từ %(low)s đến %(high)s") % {"low": amount(ci[0], scale), "high": amount(ci[1], scale)}


def verdict_tone(result: Result) -> str:
    """Which colour the verdict wears: good, open or bad."""
    grade = result["verdict"]["grade"]
    return {"strong-evidence": "good", "some-evidence": "good", "not-credible": "bad"}.get(grade, "open")


def verdict(result: Result, outcome: str) -> str:
    """The verdict in one sentence; ``outcome`` is its name in words."""
    grade = result["verdict"]["grade"]
    words = {"outcome": outcome, "moved": _moved(result), "amount": _size(result)}
    if grade == "strong-evidence":
        return _("Có bằng chứng mạnh: sự hỗ trợ làm %(outcome)s %(moved)s khoảng %(amount)s.") % words
    if grade == "some-evidence":
        return _("Có bằng chứng: sự hỗ trợ làm %(outcome)s %(moved)s khoảng %(amount)s.") % words
    if grade == "not-credible":
        return _("Chưa thể kết luận: cách so sánh này không đứng vững với %(outcome)s.") % words
    return _("Chưa đủ bằng chứng để nói sự hỗ trợ đã làm %(outcome)s thay đổi.") % words


def reasons(result: Result) -> list[str]:
    """Why the verdict is what it is, the decisive reason first."""
    return [_reason(code, result) for code in result["verdict"]["reasons"]]


def findings(result: Result) -> list[str]:
    """What was found, in sentences with figures, whatever the verdict."""
    shape, overall = scale(result), result["overall"]
    found = [
        _("Ước lượng: %(estimate)s so với khi không được hỗ trợ; khoảng tin cậy 95 %%: %(interval)s.")
        % {"estimate": amount(overall["estimate"], shape, signed=True), "interval": interval(overall["ci"], shape)}
    ]
    if overall["p_randomization"] is not None:
        found.append(
            _("Nếu sự hỗ trợ không có tác dụng gì, xác suất thấy con số xa 0 đến thế là %(p)s (xáo trộn ngẫu nhiên "
              "%(draws)s lần), %(normal)s theo phân phối chuẩn.")
            % {
                "p": p_value(overall["p_randomization"]),
                "draws": result["randomization"]["draws"],
                "normal": p_value(overall["p_normal"]),
            }
        )  # fmt: skip
    least = result["minimum_detectable_effect"]
    if least is not None:
        found.append(
            _("Với số liệu này, chỉ tác động từ khoảng %(least)s trở lên mới dễ nhận ra (xác suất 80 %%).")
            % {"least": amount(least, shape)}
        )
    one_out = result["leave_one_out"]
    if one_out is not None:
        found.append(
            _("Bỏ ra lần lượt từng cơ sở được hỗ trợ, ước lượng nằm trong khoảng từ %(low)s đến %(high)s.")
            % {"low": amount(one_out["lowest"], shape), "high": amount(one_out["highest"], shape)}
        )
    return found


def warnings(result: Result) -> list[str]:
    """What the reader must know before using the figure."""
    return [_warning(one["code"], one["facts"]) for one in result["warnings"]]


def basis(result: Result) -> list[tuple[str, str]]:
    """What the evaluation rests on: label and value."""
    years, attrition = result["years"], result["attrition"]
    control = {
        "never": _("cơ sở chưa bao giờ được hỗ trợ"),
        "not-yet": _("cơ sở chưa được hỗ trợ tính đến năm so sánh"),
    }[result["question"]["control"]]
    return [
        (_("Số đơn vị trong số liệu"), _number(result["units"])),
        (_("Được hỗ trợ trong kỳ"), _number(result["supported"])),
        (_("Được hỗ trợ và có đủ số liệu để so sánh"), _number(result["overall"]["supported"])),
        (_("Chưa bao giờ được hỗ trợ"), _number(result["controls"])),
        (_("Đơn vị so sánh có đủ số liệu"), _number(result["overall"]["controls"])),
        (_("Số quan sát"), _number(result["observations"])),
        (_("Các năm"), f"{years[0]}–{years[-1]}"),
        (_("So sánh với"), control),
        (
            _("Không còn số liệu ở năm cuối"),
            _("%(supported)s cơ sở được hỗ trợ, %(others)s cơ sở khác")
            % {"supported": _share(attrition["supported"]), "others": _share(attrition["others"])},
        ),
        (_("Xu hướng trước hỗ trợ"), _pre_trend(result["pretrend"])),
    ]


def _moved(result: Result) -> str:
    return _("tăng") if result["verdict"]["direction"] > 0 else _("giảm")


def _size(result: Result) -> str:
    return amount(result["overall"]["estimate"], scale(result)).lstrip("-")


def _number(value: float) -> str:
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def _share(value: float) -> str:
    return f"{formats.number_format(round(value * 100, 1), use_l10n=True)} %"


def _pre_trend(test: dict[str, Any]) -> str:
    if test["p_value"] is None:
        return _("không kiểm tra được")
    words = _("không thấy khác nhau") if test["p_value"] >= 0.05 else _("khác nhau")
    return _("%(words)s (xác suất %(p)s, %(leads)s mốc)") % {
        "words": words,
        "p": p_value(test["p_value"]),
        "leads": test["leads"],
    }


def _reason(code: str, result: Result) -> str:
    compared, controls = result["overall"]["supported"], result["overall"]["controls"]
    if code == "clear" and result["overall"]["p_randomization"] is None:
        return _("Con số khác 0 rõ ràng (theo phân phối chuẩn).")
    simple = {
        "clear": _("Con số khác 0 rõ ràng theo cả hai cách kiểm tra (phân phối chuẩn và xáo trộn ngẫu nhiên)."),
        "not-clear": _("Con số tìm thấy chưa khác 0 rõ ràng: có thể chỉ là ngẫu nhiên."),
        "p-values-disagree": _("Hai cách kiểm tra cho kết quả khác nhau, nên chưa thể kết luận."),
        "pre-trend": _(
            "Ngay từ trước khi được hỗ trợ, nhóm được hỗ trợ đã thay đổi khác nhóm so sánh; phần chênh lệch về sau "
            "không thể coi là do hỗ trợ."
        ),
        "pre-trend-doubtful": _("Xu hướng trước hỗ trợ của hai nhóm chưa thật giống nhau."),
        "no-pre-trend-test": _("Không có đủ năm trước hỗ trợ để kiểm tra hai nhóm có cùng xu hướng hay không."),
        "attrition": _("Tỷ lệ cơ sở không còn số liệu khác nhau nhiều giữa hai nhóm."),
        "one-unit-decides": _("Bỏ một cơ sở ra thì kết quả đổi dấu: con số phụ thuộc vào một cơ sở."),
        "no-standard-error": _("Quá ít cơ sở để tính sai số."),
    }
    if code == "few-supported":
        return ngettext(
            "Chỉ có %(n)s cơ sở được hỗ trợ có đủ số liệu, quá ít để kết luận.",
            "Chỉ có %(n)s cơ sở được hỗ trợ có đủ số liệu, quá ít để kết luận.",
            compared,
        ) % {"n": compared}
    if code == "few-controls":
        return ngettext(
            "Chỉ có %(n)s cơ sở để so sánh, quá ít để kết luận.",
            "Chỉ có %(n)s cơ sở để so sánh, quá ít để kết luận.",
            controls,
        ) % {"n": controls}
    return simple[code]


def _warning(code: str, facts: dict[str, Any]) -> str:
    told = {
        "supported-before": _(
            "%(units)s cơ sở được hỗ trợ từ năm %(year)s trở về trước, không có năm nào trước hỗ trợ để so sánh; "
            "đã để ra."
        ),
        "strata-dropped": _("%(count)s nhóm không có cơ sở để so sánh, %(supported)s cơ sở được hỗ trợ bị để ra."),
        "small-cohorts": _(
            "Các năm %(groups)s có dưới %(fewer_than)s cơ sở được hỗ trợ: số riêng từng năm rất bấp bênh, và khoảng "
            "tin cậy hẹp hơn thực tế; nên tin xác suất tính bằng xáo trộn ngẫu nhiên."
        ),
        "unbalanced": _(
            "%(units)s trong %(of)s cơ sở thiếu số liệu ít nhất một năm; mỗi so sánh dùng cơ sở có đủ cả hai năm."
        ),
        "flag-ends": _(
            "%(units)s cơ sở có năm ghi không được hỗ trợ sau năm đã ghi được hỗ trợ; mọi năm kể từ năm đầu tiên được "
            "tính là sau hỗ trợ."
        ),
        "far-off": _(
            "%(units)s cơ sở có số cách xa các số khác hàng trăm lần (xa nhất là một số của năm %(year)s, khoảng "
            "%(times)s lần); có thể đã ghi theo đơn vị tính khác. Hãy kiểm tra, sửa rồi đo lại."
        ),
        "no-randomization": _(
            "Số liệu có %(units)s đơn vị, nhiều đến mức không cần xáo trộn ngẫu nhiên: dùng phân phối chuẩn."
        ),
    }[code]
    shown = {
        name: _number(value) if isinstance(value, int) and name != "year" else value for name, value in facts.items()
    }
    shown["count"] = len(facts.get("strata", []))
    shown["groups"] = ", ".join(str(group) for group in facts.get("groups", []))
    return told % shown
