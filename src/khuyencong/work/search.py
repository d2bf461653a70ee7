"""One box for everything: establishments, projects and communes by name, within the reach of the person asking."""

from typing import Any

from django.db.models import Q

from khuyencong.core.text import words
from khuyencong.establishments.queries import by_number, communes_of_registry, matching, registry
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.projects.record.queries import projects

FOUND_AT_MOST = 20


def find_everything(user: User, text: str) -> dict[str, list[Any]]:
    """Establishments, projects and communes whose names hold every word of the text, marks ignored."""
    asked = words(text)
    if not asked:
        return {"establishments": [], "projects": [], "communes": []}
    every_word = Q()
    for word in asked:
        every_word &= Q(search__contains=word)
    communes = [
        one
        for one in communes_of_registry(user)
        if one.kind == Unit.Kind.COMMUNE and one.valid_to is None and all(word in one.folded for word in asked)
    ]
    establishments = registry(user).filter(matching(user, text)).select_related("commune")
    order = ("standing__establishment_id",) if by_number(text) else ("standing__folded_name", "pk")
    return {
        "establishments": list(establishments.order_by(*order)[:FOUND_AT_MOST]),
        "projects": list(projects(user).filter(every_word)[:FOUND_AT_MOST]),
        "communes": communes[:FOUND_AT_MOST],
    }
