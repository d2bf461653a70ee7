import io

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from khuyencong.core import downloads
from khuyencong.establishments.queries import sees_contact
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.results.listing import due_list
from khuyencong.projects.results.queries import Missing, due_for, missing


@needs(Permission.REGISTRY_VIEW)
def results_due(request: HttpRequest) -> HttpResponse:
    """Results that supported establishments still owe; as a workbook for telephone calls with ``download``."""
    today = timezone.localdate()
    collecting = may(request.user, Permission.RESULTS_EDIT)
    everything = request.GET.get("all") == "yes" or not collecting
    owed = missing(request.user, today) if everything else due_for(request.user, today)
    listing = due_list(owed, request.GET, may_widen=collecting)
    if "download" in request.GET:
        return _workbook(request, listing.found(request.GET))
    context = {"list": listing.show(request.GET), "everything": everything, "collecting": collecting}
    return render(request, "projects/results_due.html", context)


def _workbook(request: HttpRequest, owed: list[Missing]) -> HttpResponse:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Kết quả còn thiếu"))
        head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1})
        columns = [
            (_("Năm"), 8), (_("Số đăng ký"), 12), (_("Cơ sở"), 38), (_("Xã, phường"), 22), (_("Chủ cơ sở"), 24),
            (_("Điện thoại"), 15), (_("Đề án"), 44),
        ]  # fmt: skip
        for column, (label, width) in enumerate(columns):
            sheet.write_string(0, column, label, head)
            sheet.set_column(column, column, width)
        for line, one in enumerate(owed, start=1):
            contact = sees_contact(request.user, one.establishment)
            cells = [one.establishment.code, one.establishment.name, one.establishment.commune.name]
            cells += [one.establishment.owner_name, one.establishment.phone] if contact else ["", ""]
            sheet.write_number(line, 0, one.year)
            for column, text in enumerate([*cells, one.project.title], start=1):
                sheet.write_string(line, column, text)
        sheet.freeze_panes(1, 3)
    return downloads.download(out.getvalue(), "ket-qua-con-thieu.xlsx")
