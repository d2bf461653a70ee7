"""The national support norms: joint circular 26/2014/TTLT-BTC-BCT, Article 6, and circular 28/2018/TT-BTC, Article 8.

Some have no percentage, because the article gives none. What circular 64/2024/TT-BTC changed is not known here:
pages warn for every later day.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from khuyencong.core.reference import day, rows
from khuyencong.law.documents.actions.settling import Settling, latest
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Precision, Record
from khuyencong.law.norms.models import ActivityType, NormMultiplier, SupportNorm


def load(settling: Settling, documents: dict[str, LegalDocument]) -> None:
    """Settle the norms. Where an officer entered norms of those days already, theirs stand alone."""
    contents = {one.code: one for one in ActivityType.objects.all()}
    for row in rows("khuyencong.law.norms", "norms.csv"):
        values = _values(row, contents, documents)
        place = ("content", "variant", "level", "area", "fund")
        same = SupportNorm.objects.filter(**{name: values[name] for name in place})
        stored = latest(same.filter(document=values["document"]))
        if stored is not None or not _meet(same, values["valid_from"], values["valid_to"]):
            norm = settling.put(SupportNorm, stored, values)
            if stored is None and row["multiplier"]:
                settling.add(_multiplier(norm, row))


def _meet(norms: Iterable[SupportNorm], first: dt.date, last: dt.date | None) -> bool:
    """Whether an adopted norm holds on a day of these."""
    return any(
        one.state == Record.State.ADOPTED
        and (last is None or one.valid_from <= last)
        and (one.valid_to is None or one.valid_to >= first)
        for one in norms
    )


def _values(
    row: dict[str, str], contents: dict[str, ActivityType], documents: dict[str, LegalDocument]
) -> dict[str, Any]:
    return {
        "state": Record.State.ADOPTED,
        "content": contents[row["content"]],
        "variant": row["variant"],
        "variant_name": row["variant_name"],
        "level": SupportNorm.Level.NATIONAL,
        "fund": SupportNorm.Fund.ANY,
        "area": row["area"],
        "percent": Decimal(row["percent"]) if row["percent"] else None,
        "cap": int(row["cap"]) if row["cap"] else None,
        "per": row["per"],
        "valid_from": dt.date.fromisoformat(row["valid_from"]),
        "valid_from_precision": Precision.DAY,
        "valid_to": day(row["valid_to"]),
        "document": documents[row["document"]],
        "path": row["path"],
        "certainty": row["certainty"],
        "source": row["source"],
        "note": row["note"],
    }


def _multiplier(norm: SupportNorm, row: dict[str, str]) -> NormMultiplier:
    return NormMultiplier(
        norm=norm,
        condition=row["multiplier"],
        name=row["multiplier_name"],
        factor=Decimal(row["factor"]),
        path=row["path"],
    )
