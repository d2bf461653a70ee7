from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.files.downloads import download
from khuyencong.maps import choices, files, wording
from khuyencong.maps.commune import commune_page
from khuyencong.maps.figures import Asked
from khuyencong.maps.nation import nation_map
from khuyencong.maps.province import province_map
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.REPORTS_VIEW)
def province(request: HttpRequest) -> HttpResponse:
    """The province by commune: map and table."""
    asked = choices.read(request.GET)
    shown = province_map(request.user, settings.PROVINCE_CODE, asked, clock.today())
    return render(request, "maps/province.html", _above(request, asked) | {"map": shown, "picture": shown.picture})


@needs(Permission.REPORTS_VIEW)
def province_csv(request: HttpRequest) -> HttpResponse:
    """The table of the province."""
    asked = choices.read(request.GET)
    shown = province_map(request.user, settings.PROVINCE_CODE, asked, clock.today())
    rows: list[list[object]] = [
        [district.name, row.unit.code, row.unit.name, row.number]
        for district in shown.districts
        for row in district.rows
    ]
    words = files.told(wording.title(asked), choices.province_name(), shown.schematic, shown.source)
    head = [_("Huyện cũ"), _("Mã xã, phường"), _("Xã, phường"), wording.names()[asked.measure]]
    return download(files.as_csv(words, head, [*rows, [_("Cộng"), "", "", shown.total]]), _name("ban-do-xa", "csv"))


@needs(Permission.REPORTS_VIEW)
def province_svg(request: HttpRequest) -> HttpResponse:
    """The picture of the province."""
    asked = choices.read(request.GET)
    shown = province_map(request.user, settings.PROVINCE_CODE, asked, clock.today())
    words = files.told(wording.title(asked), choices.province_name(), shown.schematic, shown.source)
    return download(files.as_svg(words, shown.picture), _name("ban-do-xa", "svg"))


@needs(Permission.REPORTS_VIEW)
def nation(request: HttpRequest) -> HttpResponse:
    """The nation by province, of what is in this database."""
    asked = choices.read(request.GET)
    shown = nation_map(request.user, asked, clock.today())
    return render(request, "maps/nation.html", _above(request, asked) | {"map": shown, "picture": shown.picture})


@needs(Permission.REPORTS_VIEW)
def nation_csv(request: HttpRequest) -> HttpResponse:
    """The table of the provinces."""
    asked = choices.read(request.GET)
    shown = nation_map(request.user, asked, clock.today())
    words = files.told(wording.title(asked), _("cả nước"), shown.schematic, shown.source)
    head = [_("Mã tỉnh"), _("Tỉnh, thành phố"), wording.names()[asked.measure]]
    rows: list[list[object]] = [[unit.code, unit.name, number] for unit, number in shown.rows]
    return download(files.as_csv(words, head, [*rows, [_("Cộng"), "", shown.total]]), _name("ban-do-tinh", "csv"))


@needs(Permission.REPORTS_VIEW)
def nation_svg(request: HttpRequest) -> HttpResponse:
    """The picture of the nation."""
    asked = choices.read(request.GET)
    shown = nation_map(request.user, asked, clock.today())
    words = files.told(wording.title(asked), _("cả nước"), shown.schematic, shown.source)
    return download(files.as_svg(words, shown.picture), _name("ban-do-tinh", "svg"))


@needs(Permission.REPORTS_VIEW)
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """One commune: what the programme did there, and for whom it could do something."""
    return render(request, "maps/commune.html", {"page": commune_page(request.user, code, clock.today())})


def _above(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What stands above both maps."""
    return {
        "asked": asked,
        "what": asked.measure,
        "measures": choices.measures(asked),
        "selects": choices.selects(request.user, asked),
        "title": wording.title(asked),
        "meaning": wording.meaning(asked.measure),
        "province": choices.province_name(),
        "note": files.schematic_note(),
    }


def _name(what: str, ending: str) -> str:
    return f"{what}-{clock.today():%Y%m%d}.{ending}"
