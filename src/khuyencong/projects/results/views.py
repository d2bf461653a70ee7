from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.files import downloads
from khuyencong.core.workbooks.book import list_workbook
from khuyencong.core.workbooks.styles import Kind, SheetColumn
from khuyencong.establishments.queries import sees_contact
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.results.listing import due_list
from khuyencong.projects.results.queries import Missing, due_for, missing


@needs(Permission.REGISTRY_VIEW)
def results_due(request: HttpRequest) -> HttpResponse:
    """Results that supported establishments still owe; as a workbook for telephone calls with ``download``."""
    today = clock.today()
    collecting = may(request.user, Permission.RESULTS_EDIT)
    everything = request.GET.get("all") == "yes" or not collecting
    owed = missing(request.user, today) if everything else due_for(request.user, today)
    listing = due_list(owed, request.GET, may_widen=collecting)
    if "download" in request.GET:
        return _workbook(request, listing.found(request.GET))
    context = {"list": listing.show(request.GET), "everything": everything, "collecting": collecting}
    return render(request, "projects/results_due.html", context)


def _workbook(request: HttpRequest, owed: list[Missing]) -> HttpResponse:
    def contact(one: Missing) -> tuple[str, str]:
        place = one.establishment
        return (place.owner_name, place.phone) if sees_contact(request.user, place) else ("", "")

    columns = [
        SheetColumn(_("Năm"), 8, Kind.PLAIN_NUMBER, lambda one: one.year),
        SheetColumn(_("Số đăng ký"), 12, value=lambda one: one.establishment.code),
        SheetColumn(_("Cơ sở"), 38, value=lambda one: one.establishment.name),
        SheetColumn(_("Xã, phường"), 22, value=lambda one: one.establishment.commune.name),
        SheetColumn(_("Chủ cơ sở"), 24, value=lambda one: contact(one)[0]),
        SheetColumn(_("Điện thoại"), 15, value=lambda one: contact(one)[1]),
        SheetColumn(_("Đề án"), 44, value=lambda one: one.project.title),
    ]
    content = list_workbook(_("Kết quả còn thiếu"), columns, owed, keep=3)
    return downloads.download(content, "ket-qua-con-thieu.xlsx")
