"""The heads of the audit trail that sent and signed reports hold from their moment."""

from collections.abc import Iterator

from khuyencong.core.audit import noted
from khuyencong.reports.official.models import Report


@noted.register
def trails() -> Iterator[tuple[str, str]]:
    """Of each such report: its title, and the head that it holds."""
    for report in Report.objects.exclude(trail="").select_related("kind", "unit").order_by("-pk").iterator():
        yield f"“{report}”", report.trail
