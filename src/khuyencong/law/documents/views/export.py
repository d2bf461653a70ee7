from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.days import read_day
from khuyencong.core.files import downloads
from khuyencong.law.documents.export import akoma, record
from khuyencong.law.documents.export.contents import Contents, contents
from khuyencong.law.documents.queries import documents
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.LAW_VIEW)
def as_json(request: HttpRequest, code: str) -> HttpResponse:
    """The document as JSON; ``?day=`` for the text of a day."""
    return _download(request, code, "json")


@needs(Permission.LAW_VIEW)
def as_akoma(request: HttpRequest, code: str) -> HttpResponse:
    """The document as Akoma Ntoso; ``?day=`` for the text of a day."""
    return _download(request, code, "xml")


def _download(request: HttpRequest, code: str, form: str) -> HttpResponse:
    edition = documents.get(code)
    asked = request.GET.get("day", "")
    day = read_day(asked)
    if asked and day is None:
        told = _("Không đọc được ngày “%(day)s”; cần dạng 15/10/2025.") % {"day": asked}
        return HttpResponse(told, status=400, content_type="text/plain; charset=utf-8")
    found: Contents = contents(edition, day, clock.today())
    name = f"{code}-{day}" if day else code
    if form == "json":
        return downloads.download(record.as_json(found), f"{name}.json")
    return downloads.download(akoma.as_xml(found), f"{name}.akn.xml")
