"""The registry as a panel: one row for each establishment and year, without names."""

from typing import Any

import pyarrow as pa
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.people.models import User
from khuyencong.people.queries import within
from khuyencong.people.rules import Permission

# What may be asked about, in words. Money outcomes are in VND of the year.
OUTCOMES = {
    "revenue": _("Doanh thu"),
    "output_value": _("Giá trị sản xuất"),
    "value_added": _("Giá trị tăng thêm"),
    "workers": _("Số lao động"),
    "average_wage": _("Thu nhập bình quân tháng"),
    "tax_paid": _("Nộp ngân sách"),
    "export_value": _("Giá trị xuất khẩu"),
    "profit": _("Lợi nhuận"),
}
# Money that is never negative and grows by shares is compared in per cent by default; profit may be a loss.
IN_PERCENT = {"revenue", "output_value", "value_added", "workers", "average_wage", "tax_paid"}

STRATA = {
    "industry": _("Ngành cấp 2"),
    "size": _("Quy mô lao động"),
    "area": _("Phường hay xã"),
    "legal_form": _("Loại hình"),
}
_SMALL = 10  # workers; the bound between a micro and a small establishment in industry (decree 80/2021, Article 5)


def registry_panel(user: User, outcome: str) -> pa.Table:
    """Columns ``unit`` (a number, not a name), ``year``, the outcome, ``first_support`` and the strata.

    ``first_support`` is the first year in which a project of the establishment was accepted; null when
    there is none. Size is that of the first year observed, so that support cannot have changed it.
    """
    mine = within(user, Permission.IMPACT_EVALUATE)
    units = {
        row["pk"]: row
        for row in Establishment.objects.filter(mine)
        .values("pk", "legal_form", "industry__code", "commune__name")
        .annotate(first_support=Min("projects__accepted_year"))
    }
    rows = list(
        YearlyResult.objects.filter(establishment_id__in=Establishment.objects.filter(mine).values("pk"))
        .order_by("establishment_id", "year")
        .values_list("establishment_id", "year", outcome, "workers")
    )
    first_workers: dict[int, int] = {}
    for unit, _year, _value, workers in rows:
        if workers is not None:
            first_workers.setdefault(unit, workers)
    ids = [row[0] for row in rows]
    strata = {unit: _strata(facts, first_workers.get(unit)) for unit, facts in units.items()}
    return pa.table(
        {
            "unit": pa.array(ids, pa.int64()),
            "year": pa.array([row[1] for row in rows], pa.int64()),
            outcome: pa.array([row[2] for row in rows], pa.float64()),
            "first_support": pa.array([units[unit]["first_support"] for unit in ids], pa.int64()),
            **{name: pa.array([strata[unit][name] for unit in ids], pa.string()) for name in STRATA},
        }
    )


def named(error: PanelError) -> PanelError:
    """A problem with the registry as a panel, with the establishment's code and name and the outcome in words."""
    facts = dict(error.facts)
    if str(facts.get("unit", "")).isdigit():
        found = Establishment.objects.filter(pk=facts["unit"]).values_list("code", "name").first()
        facts["unit"] = " ".join(found) if found else facts["unit"]
    if facts.get("column") in OUTCOMES:
        facts["column"] = str(OUTCOMES[facts["column"]])
    return PanelError(error.code, facts)


def _strata(facts: dict[str, Any], workers: int | None) -> dict[str, str]:
    return {
        "industry": (facts["industry__code"] or "")[:2] or "unknown",
        "size": "unknown" if workers is None else "micro" if workers <= _SMALL else "larger",
        "area": "ward" if facts["commune__name"].startswith("Phường") else "commune",
        "legal_form": facts["legal_form"],
    }
