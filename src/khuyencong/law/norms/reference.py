"""The national support norms: Article 8 of circular 28/2018/TT-BTC.

Only the day's year is known, so each norm is dated from the last day of 2018. What circular 64/2024/TT-BTC
changed is not known here: pages warn for every later day. The norms of joint circular 26/2014/TTLT-BTC-BCT,
which held before, are not known either and stand as a gap.
"""

import datetime as dt
from decimal import Decimal

from khuyencong.core import audit
from khuyencong.core.reference import rows
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Precision, Record
from khuyencong.law.norms.models import ActivityType, NormMultiplier, SupportNorm


def load(documents: dict[str, LegalDocument]) -> None:
    """Write the norms, when there are none."""
    if SupportNorm.objects.exists():
        return
    contents = {one.code: one for one in ActivityType.objects.all()}
    made = []
    for row in rows("khuyencong.law.norms", "norms.csv"):
        norm = SupportNorm.objects.create(
            state=Record.State.ADOPTED,
            content=contents[row["content"]],
            variant=row["variant"],
            variant_name=row["variant_name"],
            level=SupportNorm.Level.NATIONAL,
            area=row["area"],
            percent=Decimal(row["percent"]),
            cap=int(row["cap"]) if row["cap"] else None,
            per=row["per"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_from_precision=Precision.YEAR,
            document=documents[row["document"]],
            path=row["path"],
            certainty=row["certainty"],
            source=row["source"],
            note=row["note"],
        )
        if row["multiplier"]:
            NormMultiplier.objects.create(
                norm=norm,
                condition=row["multiplier"],
                name=row["multiplier_name"],
                factor=Decimal(row["factor"]),
                path=row["path"],
            )
        made.append(norm)
    audit.record([audit.Change("reference", one, None, audit.snapshot(one)) for one in made])
