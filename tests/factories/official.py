"""The draft of an official report."""

from khuyencong.core import clock
from khuyencong.reports.official import reference as official
from khuyencong.reports.official.models import Report, ReportDefinition


def make_report(commune, owner):
    """The draft of a commune's yearly report."""
    official.load()
    kind = ReportDefinition.objects.get(sort="kind", code="commune")
    return Report.objects.create(
        kind=kind, unit=commune, period_kind="year", year=2023, drafted_by=owner, drafted_at=clock.now(),
        sections={"situation": "Có 1 đề án.", "results": "", "difficulties": "", "proposals": "", "next": ""},
    )  # fmt: skip
