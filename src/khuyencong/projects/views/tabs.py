"""The tabs of a project's page. Each is made of parts; a part is a template card_<part>.html and a context function.

A part that is written adds itself to ``PARTS``: its name -> ``card(user, project)``, which gives its context.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from khuyencong.people.models import User
from khuyencong.projects.models import Project

PARTS: dict[str, Callable[[User, Project], dict[str, Any]]] = {}


@dataclass(frozen=True)
class Tab:
    """One tab: its name in the address, its heading, the parts it shows in order."""

    name: str
    label: Any
    parts: tuple[str, ...]


TABS = (
    Tab("file", gettext_lazy("Hồ sơ"), ("proposal", "papers", "letters")),
    Tab("appraisal", gettext_lazy("Thẩm định"), ("appraisal",)),
    Tab("money", gettext_lazy("Kinh phí"), ("money",)),
    Tab("inspection", gettext_lazy("Kiểm tra"), ("inspection",)),
)


def chosen(name: str) -> Tab:
    """The tab of this name; the first one for a name that is none."""
    return next((tab for tab in TABS if tab.name == name), TABS[0])


def filled(tab: Tab, user: User, project: Project) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of each part of the tab that is written."""
    return [(f"projects/card_{name}.html", PARTS[name](user, project)) for name in tab.parts if name in PARTS]
