"""The parts of a report that are written, by name; kept apart from the counting, which is slow to start."""

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

SECTIONS: dict[str, Promise] = {
    "situation": gettext_lazy("Tình hình chung"),
    "results": gettext_lazy("Kết quả thực hiện"),
    "difficulties": gettext_lazy("Khó khăn, vướng mắc"),
    "proposals": gettext_lazy("Đề xuất, kiến nghị"),
    "next": gettext_lazy("Phương hướng kỳ tới"),
}


def in_short(sections: dict[str, str]) -> str:
    """The words of a report as its history tells them: each part by its beginning."""
    told = (f"{SECTIONS[code]}: {Truncator(text).chars(80)}" for code, text in sections.items() if text)
    return "; ".join(told)
