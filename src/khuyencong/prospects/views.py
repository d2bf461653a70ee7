from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from khuyencong.core import clock
from khuyencong.core.files import downloads
from khuyencong.people.guard import needs
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission, Reach
from khuyencong.prospects import filters as choices
from khuyencong.prospects import queries, sheets, wording
from khuyencong.prospects import visit_plan as plan
from khuyencong.prospects.filters import Filters, narrowed
from khuyencong.prospects.queries import Board, Candidate
from khuyencong.prospects.rules import Group

PAGE = 50


@needs(Permission.REPORTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """Who could be supported next: filters, order, pages, and how many in each commune."""
    board, filters = _board(request)
    found = narrowed(board, filters)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = choices.selects(board, filters)
    access = access_of(request.user)
    reaches = access.reach(Permission.PROJECTS_DRAFT), access.reach(Permission.REGISTRY_EDIT)
    context = {
        "board": board,
        "filters": filters,
        "selects": shown,
        "chips": choices.chips(shown, filters),
        "heads": choices.heads(filters.sort),
        "tabs": [(one, wording.group_name(one), board.groups[one]) for one in Group],
        "about": wording.about_group(filters.group),
        "page": page,
        "rows": [_row(one, *reaches) for one in page],
        "communes": queries.by_commune(found),
        "unlisted": _unlisted(board),
        "doubts": board.norms.doubts(one.most for one in found if one.most),
        "unverified": not all(one.verified for one in board.criteria_of_the_day),
        "contents": _contents(board, found),
    }
    return render(request, "prospects/list.html", context)


@needs(Permission.REPORTS_VIEW)
def visit_plan(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a plan of visits to print or to fill in."""
    board, filters = _board(request)
    found = plan.in_order_of_visit(narrowed(board, filters))
    told = [one.text for one in choices.chips(choices.selects(board, filters), filters)]
    content = plan.workbook(request.user, board, found, filters.group, told)
    return downloads.download(content, f"ke-hoach-di-co-so-{board.day:%Y%m%d}.xlsx")


@needs(Permission.REPORTS_VIEW)
def table(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered and sorted, as plain rows."""
    board, filters = _board(request)
    content = sheets.plain_rows(request.user, narrowed(board, filters))
    return downloads.download(content, f"co-the-ho-tro-{board.day:%Y%m%d}.csv")


def _board(request: HttpRequest) -> tuple[Board, Filters]:
    filters = Filters.read(request.GET)
    return queries.board(request.user, clock.today(), filters.content), filters


def _row(one: Candidate, surveys: Reach, edits: Reach) -> dict[str, Any]:
    place = one.establishment.commune_id, one.establishment.commune.parent_id
    may_survey, fills = bool(one.contents) and surveys.covers(*place), bool(one.hinders) and edits.covers(*place)
    return {
        "one": one,
        "gain": wording.gain(one.gain),
        "interval": wording.gain_interval(one.gain) if one.gain else "",
        "why": wording.why(one),
        "parts": wording.parts(one),
        "open_to": wording.open_to(one),
        "most": wording.most(one.most) if one.most else "",
        "doubtful": one.most is not None and not one.most.norm.verified,
        "may_survey": may_survey,
        "fill": f"{reverse('establishments:edit', args=[one.establishment.pk])}#id_{one.hinders[0]}" if fills else "",
    }


def _unlisted(board: Board) -> list[str]:
    """The criteria that give nobody points because no list of communes was entered."""
    parts = board.candidates[0].score.parts if board.candidates else ()
    return [part.criterion.name for part in parts if wording.no_list(part)]


def _contents(board: Board, found: Iterable[Candidate]) -> list[dict[str, Any]]:
    """Each content: how many of those shown could have it, and the rules that it rests on."""
    shown = list(found)
    return [
        {
            "content": content,
            "count": sum(any(each.pk == content.pk for each in one.contents) for one in shown),
            "rules": [found.rule for found in board.candidates[0].answers[place].findings],
        }
        for place, content in enumerate(board.contents)
        if board.candidates
    ]
