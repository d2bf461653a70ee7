"""The projects as cards in columns, one column for each state that some project is in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Sum, Window
from django.db.models.functions import RowNumber

from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import ENDED, State
from khuyencong.projects.overview.listing import projects_list
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import due_within

SHOWN = 20  # cards in a column; the list shows the others


@dataclass(frozen=True)
class Column:
    """One state: how many projects, their support, how many are late, the cards whose deadline comes first."""

    state: State
    count: int
    support: int
    late: int
    cards: tuple[Project, ...]

    @property
    def more(self) -> int:
        """How many have no card here."""
        return self.count - len(self.cards)

    @property
    def ended(self) -> bool:
        """Whether nothing waits in this column: it is folded."""
        return self.state in ENDED


def board(user: User, params: Mapping[str, str], today: dt.date) -> list[Column]:
    """The columns in the order of the life cycle; what the filters leave out is in none."""
    found = Project.objects.filter(pk__in=projects_list(user).narrowed(params).values("pk"))
    sums = {
        row["state"]: row for row in found.order_by().values("state").annotate(n=Count("pk"), s=Sum("support_amount"))
    }
    late = dict(found.filter(due_within("late", today)).order_by().values_list("state").annotate(Count("pk")))
    ranked = found.annotate(
        rank=Window(RowNumber(), partition_by=F("state"), order_by=[F("due_on").asc(nulls_last=True), F("code").asc()])
    )
    cards: dict[str, list[Project]] = {}
    shown = ranked.filter(rank__lte=SHOWN).select_related("responsible").prefetch_related("establishments__commune")
    for one in shown.order_by("state", "rank"):
        cards.setdefault(one.state, []).append(one)
    return [
        Column(state, row["n"], row["s"] or 0, late.get(state.value, 0), tuple(cards.get(state.value, ())))
        for state in State
        if (row := sums.get(state.value)) is not None
    ]
