from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.core import clock
from khuyencong.core.files import downloads
from khuyencong.core.listing import files
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.prospects import queries, wording
from khuyencong.prospects import visit_plan as plan
from khuyencong.prospects.listing import prospect_list
from khuyencong.prospects.queries import Board, Candidate
from khuyencong.prospects.rules import Group


@needs(Permission.REPORTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """Who could be supported next: filters, order, pages, and how many in each commune."""
    board = _board(request)
    candidates = prospect_list(request.user, board)
    shown, found = candidates.show(request.GET), candidates.narrowed(request.GET)
    group = Group(shown.asked["show"])
    context = {
        "board": board,
        "list": shown,
        "group": group,
        "tabs": [(one, wording.group_name(one), board.groups[one]) for one in Group],
        "about": wording.about_group(group),
        "communes": queries.by_commune(found),
        "unlisted": _unlisted(board),
        "doubts": board.norms.doubts(one.most for one in candidates.found(request.GET) if one.most),
        "unverified": not all(one.verified for one in board.criteria_of_the_day),
        "contents": _contents(board, found),
    }
    return render(request, "prospects/list.html", context)


@needs(Permission.REPORTS_VIEW)
def visit_plan(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a plan of visits to print or to fill in."""
    board = _board(request)
    candidates = prospect_list(request.user, board)
    shown = candidates.show(request.GET)
    found = plan.in_order_of_visit(candidates.narrowed(request.GET))
    told = [one.text for one in shown.chips]
    content = plan.workbook(request.user, board, found, Group(shown.asked["show"]), told)
    return downloads.download(content, f"ke-hoach-di-co-so-{board.day:%Y%m%d}.xlsx")


@needs(Permission.REPORTS_VIEW)
def table(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered and sorted, as plain rows."""
    board = _board(request)
    content = files.plain(prospect_list(request.user, board), request.GET)
    return downloads.download(content, f"co-the-ho-tro-{board.day:%Y%m%d}.csv")


def _board(request: HttpRequest) -> Board:
    return queries.board(request.user, clock.today(), request.GET.get("content", "").strip())


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
