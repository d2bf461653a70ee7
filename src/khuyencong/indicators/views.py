import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.core.files.downloads import download
from khuyencong.indicators import formula
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.planning.indicators import FREQUENCY_NAMES, INDICATORS, UNIT_NAMES, Indicator


@needs(Permission.REPORTS_VIEW)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every indicator: what it is, how it is worked out, from what, by whom, how often."""
    return render(request, "indicators/catalogue.html", {"rows": [_told(one) for one in INDICATORS.values()]})


@needs(Permission.REPORTS_VIEW)
def catalogue_json(request: HttpRequest) -> HttpResponse:
    """The same for other programs."""
    rows = [{name: str(value) for name, value in _told(one).items()} for one in INDICATORS.values()]
    return download(json.dumps(rows, ensure_ascii=False, indent=2), "indicators.json")


def _told(one: Indicator) -> dict[str, object]:
    return {
        "code": one.code, "name": one.name, "unit": UNIT_NAMES[one.unit], "definition": one.definition,
        "formula": in_words(one), "source": one.source, "responsible": one.responsible,
        "frequency": FREQUENCY_NAMES[one.frequency],
    }  # fmt: skip


def in_words(one: Indicator) -> str:
    """A formula with the names of its indicators in place of their codes; nothing for one that is counted."""
    text = one.formula.replace("*", "×").replace("/", "÷")
    for code in sorted(formula.names(one.formula), key=len, reverse=True) if one.formula else ():
        text = text.replace(code, str(INDICATORS[code].name))
    return text
