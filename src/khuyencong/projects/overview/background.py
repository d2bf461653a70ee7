"""What takes longer than a page should: the list as a workbook."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from khuyencong.core import clock, jobs
from khuyencong.projects.overview import sheets
from khuyencong.projects.overview.listing import projects_list


@jobs.work
def export(run: jobs.Run, query: str) -> jobs.Made:
    """The projects in reach of the person, filtered as on the page."""
    run.progress(0.0, _("Đang tìm đề án"))
    found = projects_list(run.owner).found(QueryDict(query))
    found = found.select_related("contract", "activity", "responsible").prefetch_related("establishments__commune")
    return jobs.Made(f"de-an-{clock.today():%Y%m%d}.xlsx", sheets.projects_workbook(list(found), run.progress))
