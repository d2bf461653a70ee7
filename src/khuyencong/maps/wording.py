"""What the map counts, in words."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.money import vnd, vnd_short
from khuyencong.law.models import ActivityType
from khuyencong.maps.figures import Asked, What
from khuyencong.maps.rules import Class


def names() -> dict[What, str]:
    """Each choice, as short as a chip has it."""
    return {
        What.ESTABLISHMENTS: _("Cơ sở"),
        What.SUPPORTED: _("Cơ sở đã hỗ trợ"),
        What.SUPPORT: _("Kinh phí hỗ trợ"),
        What.NEED: _("Nhu cầu"),
    }


def meaning(what: What) -> str:
    """What exactly is counted, in a sentence."""
    return {
        What.ESTABLISHMENTS: _("Mọi cơ sở trong danh bạ hôm nay."),
        What.SUPPORTED: _("Cơ sở có đề án đã nghiệm thu; mỗi cơ sở tính một lần."),
        What.SUPPORT: _("Kinh phí của các đề án đã nghiệm thu; đề án nhiều cơ sở thì chia đều."),
        What.NEED: _("Cơ sở đang hoạt động, đủ điều kiện theo quy định hôm nay, chưa được hỗ trợ lần nào."),
    }[what]


def title(asked: Asked) -> str:
    """What the picture shows: the thing counted, the period, the content."""
    told = {
        What.ESTABLISHMENTS: _("Số cơ sở công nghiệp nông thôn"),
        What.SUPPORTED: _("Số cơ sở đã được hỗ trợ"),
        What.SUPPORT: _("Kinh phí khuyến công đã hỗ trợ"),
        What.NEED: _("Số cơ sở đủ điều kiện mà chưa được hỗ trợ"),
    }[asked.measure]
    parts = [told]
    if asked.measure in (What.SUPPORTED, What.SUPPORT):
        parts.append(period(asked))
    if asked.measure is not What.ESTABLISHMENTS and asked.content:
        found = ActivityType.objects.filter(code=asked.content).first()
        parts += [_(found.name)] if found else []
    return ", ".join(parts)


def period(asked: Asked) -> str:
    """The years, in words."""
    first, last = asked.years
    if first and last:
        told = {"first": str(first), "last": str(last)}
        return _("năm %(first)s") % told if first == last else _("từ %(first)s đến %(last)s") % told
    if first:
        return _("từ năm %(first)s") % {"first": str(first)}
    if last:
        return _("đến hết năm %(last)s") % {"last": str(last)}
    return _("mọi năm")


def figure(number: int, what: What) -> str:
    """A number with what it counts, in full."""
    if what is What.SUPPORT:
        return vnd(number)
    return ngettext("%(n)s cơ sở", "%(n)s cơ sở", number) % {"n": _grouped(number)}


def _grouped(number: int) -> str:
    return formats.number_format(number, use_l10n=True, force_grouping=True)


def legend(one: Class, what: What) -> str:
    """The bounds of a class."""
    short = vnd_short if what is What.SUPPORT else _grouped
    if one.low == one.high:
        return figure(one.low, what) if what is not What.SUPPORT else short(one.low)
    told = {"low": short(one.low), "high": short(one.high)}
    if what is What.SUPPORT:
        return _("từ %(low)s đến %(high)s") % told
    return _("từ %(low)s đến %(high)s cơ sở") % told


def nothing(what: What) -> str:
    """What stands for nought in the legend."""
    return _("chưa có hỗ trợ") if what in (What.SUPPORTED, What.SUPPORT) else _("không có cơ sở nào")


def units(count: int, nation: bool) -> str:
    """How many places have one colour."""
    if nation:
        return ngettext("%(n)s tỉnh", "%(n)s tỉnh", count) % {"n": count}
    return ngettext("%(n)s xã, phường", "%(n)s xã, phường", count) % {"n": count}
