"""Reference data: the indicators, and figures published of the province that this installation serves."""

from decimal import Decimal

from django.conf import settings

from khuyencong.core import audit, clock
from khuyencong.core.models import InstallationFact
from khuyencong.core.reference import rows
from khuyencong.places.queries import current_province
from khuyencong.yearbook.models import MacroFigure, MacroIndicator

_VERSION = "1"


def load() -> None:
    """Write the reference data of this version, once."""
    if InstallationFact.read("macro") == _VERSION:
        return
    with audit.writing(None):
        indicators = _indicators()
        _figures(indicators)
        InstallationFact.write("macro", _VERSION)


def _indicators() -> dict[str, MacroIndicator]:
    for position, row in enumerate(rows("khuyencong.yearbook", "indicators.csv")):
        values = {name: row[name] for name in ("name", "unit", "definition")} | {"position": position}
        MacroIndicator.objects.update_or_create(code=row["code"], defaults=values)
    return {one.code: one for one in MacroIndicator.objects.all()}


def _figures(indicators: dict[str, MacroIndicator]) -> None:
    """Those of this province that nobody has entered; of other provinces none."""
    province = current_province(settings.PROVINCE_CODE)
    made = []
    for row in rows("khuyencong.yearbook", "figures.csv"):
        known = {"province": province, "indicator": indicators[row["indicator"]], "year": int(row["year"])}
        if row["province"] != settings.PROVINCE_CODE or MacroFigure.objects.filter(**known).exists():
            continue
        figure = MacroFigure(
            **known,
            value=Decimal(row["value"]),
            source=row["source"],
            note=row["note"],
            verified=row["verified"] == "yes",
            entered_at=clock.now(),
        )
        figure.save()
        made.append(figure)
    audit.record([audit.Change("reference", one, None, audit.snapshot(one)) for one in made])
