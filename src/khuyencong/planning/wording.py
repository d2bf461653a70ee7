"""Plans in words: what cannot be so, what differs, how much of an indicator."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.money import vnd
from khuyencong.planning.indicators import INDICATORS, UNIT_NAMES, Unit
from khuyencong.planning.models.plans import Fund, PlanBudget
from khuyencong.planning.models.programmes import OtherProgramme
from khuyencong.planning.rules.changes import Fault, Problem
from khuyencong.planning.rules.versions import Difference, Part


def fund_name(code: str) -> str:
    """A fund, or money of other programmes, as people call it."""
    return str(dict(PlanBudget.Source.choices).get(code, code))


def fault(one: Fault) -> str:
    """Why a plan, or a change of it, cannot be so."""
    what = fund_name(one.what) if one.what in Fund.values else one.what
    return {
        Problem.NOTHING: _("Điều chỉnh chưa thay đổi gì."),
        Problem.BELOW_COMMITTED: _("Dòng “%(what)s” đã giao cho đề án %(amount)s, không thể thấp hơn."),
        Problem.NAME_TAKEN: _("Đã có dòng “%(what)s” của nguồn này."),
        Problem.NO_BUDGET: _("Chưa ghi kinh phí của nguồn %(what)s, trong khi các dòng cộng lại là %(amount)s."),
        Problem.ABOVE_BUDGET: _("Các dòng của nguồn %(what)s vượt kinh phí %(amount)s."),
    }[one.problem] % {"what": what, "amount": vnd(one.amount)}


def indicator_name(code: str) -> str:
    """An indicator of the catalogue, or of one that was there before."""
    return str(INDICATORS[code].name) if code in INDICATORS else code


def changes_in_short(kept: Mapping[str, Any]) -> str:
    """How many things an adjustment changes: what they are stands on its own page."""
    number = sum(len(part) for part in kept.values())
    return ngettext("%(n)s thay đổi", "%(n)s thay đổi", number) % {"n": number}


def quantity(indicator: str, value: Decimal | int | None) -> str:
    """How much of an indicator, in its unit."""
    if value is None:
        return "–"
    meant = INDICATORS.get(indicator)
    if meant is not None and meant.unit is Unit.VND:
        return vnd(int(value))
    plain = Decimal(value).quantize(Decimal("0.01")).normalize()
    told = formats.number_format(f"{plain:f}", use_l10n=True, force_grouping=True)
    if meant is None or meant.unit is Unit.COUNT:
        return told
    return f"{told} {UNIT_NAMES[meant.unit]}"


PARTS = {
    Part.BASIS: lambda: _("Căn cứ pháp lý"),
    Part.BUDGET: lambda: _("Nguồn kinh phí"),
    Part.LINE: lambda: _("Dòng kế hoạch"),
    Part.GOAL: lambda: _("Mục tiêu"),
    Part.PROJECT: lambda: _("Đề án"),
}


def difference(one: Difference) -> dict[str, Any]:
    """A difference as a row: part, what it is about, old and new value in words, and the gap where it is money."""
    part = PARTS[one.part]()
    if one.part is Part.BASIS:
        return _row(part, one.what[0], _present(one.old), _present(one.new))
    if one.part is Part.GOAL:
        code, year = one.what
        old, new = (None if value is None else Decimal(value) for value in (one.old, one.new))
        return _row(part, f"{indicator_name(code)} ({year})", quantity(code, old), quantity(code, new))
    gap = (one.new or 0) - (one.old or 0)
    sign = "+" if gap > 0 else ""
    return _row(part, _about(one), _money(one.old), _money(one.new), f"{sign}{vnd(gap)}")


def _about(one: Difference) -> str:
    if one.part is Part.BUDGET:
        source, programme = one.what
        known = OtherProgramme.objects.filter(pk=programme).first() if programme else None
        return str(known) if known else fund_name(source)
    if one.part is Part.LINE:
        return f"{one.what[1]} ({fund_name(one.what[0])})"
    return f"{one.what[1]} ({one.what[0]})"


def _row(part: str, what: str, old: str, new: str, gap: str = "") -> dict[str, Any]:
    return {"part": part, "what": what, "old": old, "new": new, "gap": gap}


def _present(value: Any) -> str:
    return _("có") if value else "–"


def _money(value: int | None) -> str:
    return "–" if value is None else vnd(value)
