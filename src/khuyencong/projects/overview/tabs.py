"""The tabs of a project's page. Each is made of parts; a part is a template card_<part>.html and a context function.

A part that is written adds itself to ``PARTS``: its name -> ``card(user, project)``, which gives what its template
finds under ``part``; ``project`` is there too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.appraisal import queries as appraisal
from khuyencong.projects.letters import views as letters
from khuyencong.projects.money import queries as money
from khuyencong.projects.papers import queries as papers
from khuyencong.projects.proposal import queries as proposal
from khuyencong.projects.record.models import Project

PARTS: dict[str, Callable[[User, Project], dict[str, Any]]] = {
    "proposal": proposal.card,
    "papers": papers.card,
    "letters": letters.card,
    "appraisal": appraisal.card,
    "money": money.card,
    "inspection": lambda user, project: {},  # filled by the room above, from an address of its own
}


@dataclass(frozen=True)
class Tab:
    """One tab: its name in the address, its heading, the parts it shows in order, who sees it."""

    name: str
    label: Any
    parts: tuple[str, ...]
    permission: Permission = Permission.PROJECTS_VIEW


TABS = (
    Tab("file", gettext_lazy("Hồ sơ"), ("proposal", "papers", "letters")),
    Tab("appraisal", gettext_lazy("Thẩm định"), ("appraisal",)),
    Tab("money", gettext_lazy("Kinh phí"), ("money",)),
    Tab("inspection", gettext_lazy("Kiểm tra"), ("inspection",), Permission.SUPERVISION_VIEW),
)


def of(user: User) -> list[Tab]:
    """The tabs that this person sees."""
    return [tab for tab in TABS if may(user, tab.permission)]


def chosen(name: str, tabs: Sequence[Tab]) -> Tab:
    """The tab of this name; the first one for a name that is none of them."""
    return next((tab for tab in tabs if tab.name == name), tabs[0])


def filled(tab: Tab, user: User, project: Project) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of each part of the tab that is written."""
    return [(f"projects/card_{name}.html", PARTS[name](user, project)) for name in tab.parts if name in PARTS]
