import io

import xlsxwriter
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from khuyencong.core import clock, downloads
from khuyencong.establishments.queries import sees_contact
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.results.queries import Missing, by_commune, due_for, missing


@needs(Permission.REGISTRY_VIEW)
def results_due(request: HttpRequest) -> HttpResponse:
    """Results that supported establishments still owe; as a workbook for telephone calls with ``download``."""
    today = clock.today()
    collecting = may(request.user, Permission.RESULTS_EDIT)
    everything = request.GET.get("all") == "yes" or not collecting
    owed = missing(request.user, today) if everything else due_for(request.user, today)
    years = sorted({one.year for one in owed})
    asked = request.GET.get("year", "")
    if asked.isdigit():
        owed = [one for one in owed if one.year == int(asked)]
    commune = request.GET.get("commune", "")
    communes = by_commune(owed)
    if commune:
        owed = [one for one in owed if one.establishment.commune.name == commune]
    if "download" in request.GET:
        return _workbook(request, owed)
    context = {
        "page": Paginator(owed, 50).get_page(request.GET.get("page")),
        "years": years,
        "year": asked,
        "communes": communes,
        "commune": commune,
        "everything": everything,
        "collecting": collecting,
    }
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
