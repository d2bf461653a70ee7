"""Whether what a plan rests on was written to while the plan was made and its rows were staged."""

import json
from collections.abc import Iterable
from typing import Any

from khuyencong.core import audit
from khuyencong.core.tables.reading import Table
from khuyencong.core.tables.staging import Staged
from khuyencong.core.text import fold
from khuyencong.establishments.models import Establishment
from khuyencong.projects.past.importing import ProjectImporter

_CARD, _RESULT, _BATCH = "establishments.establishment", "establishments.yearlyresult", "reports.importbatch"


def is_moved(kind: str, table: Table, staged: Iterable[Staged], since: int) -> bool:
    """``since``: the end of the audit trail before the plan was made.

    A plan of establishments or results rests on the establishments that its rows name, and on nothing else: whoever
    works on others goes on without making it void.
    """
    whole = audit.told_since(since, "object_id", object_type=_BATCH, action__in=("import", "take-back"))
    told = audit.told_since(since, "object_type", "before", "after", object_type__in=(_CARD, _RESULT))
    if whole or not told:
        return bool(whole) or _moves_projects(kind, since)
    if kind == ProjectImporter.kind:
        return True
    named = _named(table, staged)
    cards, results = (
        [json.loads(side) for model, *sides in told if model == wanted for side in sides if side]
        for wanted in (_CARD, _RESULT)
    )
    owners = {one["establishment_id"] for one in results}
    cards += Establishment.objects.filter(pk__in=owners).values("code", "tax_code", "name")
    return any(not named.isdisjoint(_names(one)) for one in cards)


def _moves_projects(kind: str, since: int) -> bool:
    return kind == ProjectImporter.kind and bool(
        audit.told_since(since, "object_id", object_type__startswith="projects.")
    )


def _named(table: Table, staged: Iterable[Staged]) -> set[str]:
    """How the rows name establishments, and the numbers that new ones are going to have."""
    found = {name for row in table.rows for name in _names(row.values)}
    return found | {one.obj.code for one in staged if isinstance(one.obj, Establishment)}


def _names(values: dict[str, Any]) -> set[str]:
    code, name = values.get("code", ""), values.get("name", "")
    return {code.upper(), values.get("tax_code", ""), fold(name)[:200]} - {""}
