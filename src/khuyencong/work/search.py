"""One box for everything: establishments, projects and communes by name, within the reach of the person asking."""

from typing import Any

from django.db.models import Q

from khuyencong.core.text import words_of
from khuyencong.establishments.queries import matching, registry
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.projects.record.queries import projects

FOUND_AT_MOST = 20


def find_everything(user: User, text: str) -> dict[str, list[Any]]:
    """Establishments, projects and communes whose names hold every word of the text, marks ignored."""
    words = words_of(text)
    if not words:
        return {"establishments": [], "projects": [], "communes": []}
    every_word, in_name = Q(), Q()
    for word in words:
        every_word &= Q(search__contains=word)
        in_name &= Q(folded__contains=word)
    communes = Unit.objects.filter(in_name, kind=Unit.Kind.COMMUNE, valid_to=None).filter(
        pk__in=registry(user).values("commune_id")
    )
    return {
        "establishments": list(registry(user).filter(matching(user, text)).select_related("commune")[:FOUND_AT_MOST]),
        "projects": list(projects(user).filter(every_word)[:FOUND_AT_MOST]),
        "communes": list(communes[:FOUND_AT_MOST]),
    }
