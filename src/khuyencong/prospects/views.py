from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.core import clock
from khuyencong.core.files import downloads
from khuyencong.core.listing import files
from khuyencong.law.models import ActivityType
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.prospects import queries, wording
from khuyencong.prospects import visit_plan as plan
from khuyencong.prospects.alike import Alike
from khuyencong.prospects.listing import alike_found, prospect_list
from khuyencong.prospects.queries import Board
from khuyencong.prospects.rules import Group


@needs(Permission.REPORTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """Who could be supported next: filters, order, pages, and how many in each commune."""
    board = _board(request)
    candidates = prospect_list(request.user, board)
    shown, found = candidates.show(request.GET), alike_found(board, candidates, request.GET)
    group = Group(shown.asked["show"])
    context = {
        "board": board,
        "list": shown,
        "group": group,
        "tabs": [(one, wording.group_name(one), board.groups[one]) for one in Group],
        "about": wording.about_group(group),
        "communes": queries.by_commune(found),
        "unlisted": [one.name for one in board.unlisted],
        "doubts": board.norms.doubts(board.mosts(found)),
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
    found = plan.in_order_of_visit(board.candidates(candidates.narrowed(request.GET)))
    told = [one.text for one in shown.chips]
    content = plan.workbook(request.user, board, found, Group(shown.asked["show"]), told)
    return downloads.download(content, f"ke-hoach-di-co-so-{board.day:%Y%m%d}.xlsx")


@needs(Permission.REPORTS_VIEW)
def table(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered and sorted, as plain rows."""
    board = _board(request)
    content = files.plain(prospect_list(request.user, board), request.GET, board.candidates)
    return downloads.download(content, f"co-the-ho-tro-{board.day:%Y%m%d}.csv")


def _board(request: HttpRequest) -> Board:
    return queries.board(request.user, clock.today(), request.GET.get("content", "").strip())


def _contents(board: Board, found: Iterable[Alike]) -> list[dict[str, Any]]:
    """Each content: how many of those found could have it, and the rules that it rests on."""
    counted: Counter[ActivityType] = Counter()
    for one in found:
        counted.update(dict.fromkeys(board.open_to(one.answers), one.n))
    return [
        {"content": content, "count": counted[content], "rules": board.rules_of(content)}
        for content in board.contents
        if board.judged.alike
    ]
