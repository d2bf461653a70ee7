"""The step between file and preview: which column is which, and what else only a person can say."""

from collections import Counter
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core.tables.asking import Heading
from khuyencong.core.tables.columns import Column, in_every_language
from khuyencong.core.tables.reading import TableError, Unsettled, read_table
from khuyencong.core.text import fold
from khuyencong.imports import actions
from khuyencong.imports.models import ImportBatch
from khuyencong.imports.own import at, mine, sheets_of
from khuyencong.people.guard import needs
from khuyencong.people.models import User
from khuyencong.people.rules import Permission


@needs(Permission.DATA_IMPORT)
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask column by column, with samples; the answer holds for later files of the same person too."""
    batch = mine(request, pk)
    if batch.state != ImportBatch.State.PLANNED:
        return redirect("imports:preview", batch.pk)
    ours = in_every_language(actions.IMPORTERS[batch.kind].columns)
    user = cast(User, request.user)
    reason, headings, questions = "", [], []
    saying = request.POST.get("letters", "")
    if saying:
        actions.keep_letters(user, batch, saying == "keep")
    try:
        answers = actions.answers_for(user, batch.kind, batch)
        path, sheets = actions.path_of(batch), sheets_of(request, batch)
        table = read_table(path, ours, batch.file_name, sheets, answers)
        headings, converted = table.headings, table.converted
    except Unsettled as error:
        reason, headings, questions, converted = str(error), error.headings, error.questions, error.converted
    except TableError as error:
        context = {"batch": batch, "reason": str(error), "chosen": request.GET.getlist("sheet")}
        return render(request, "imports/unreadable.html", context)
    # What a heading may be is shown beside it; only what follows from it stands chosen.
    chosen = {
        one.position: request.POST.get(f"heading-{one.position}", one.key if one.known else None) for one in headings
    }
    open_ones = [one.name for one in headings if chosen[one.position] is None]
    if request.method == "POST" and not saying:
        twice = _chosen_twice(headings, chosen, ours)
        if open_ones:
            messages.warning(request, _("Hãy chọn cho cột: %(columns)s.") % {"columns": ", ".join(open_ones)})
        elif not twice:
            told = {one.key: request.POST.get(f"question-{one.key}", "") for one in questions}
            kept = {key: value for key, value in told.items() if value}
            actions.answer(user, batch, _to_keep(headings, chosen), batch.answers.get("questions", {}) | kept)
            return redirect(at("preview", batch, request))
        else:
            messages.warning(request, _("Cột “%(column)s” đã chọn cho hai cột của tệp.") % {"column": twice})
    context = {
        "batch": batch,
        "reason": reason,
        "questions": [(one, request.POST.get(f"question-{one.key}")) for one in questions],
        "converted": converted,
        "keeps": answers.keeps_letters,
        "rows": [(one, chosen[one.position], _may_be(one, ours)) for one in headings],
        "columns": ours,
    }
    return render(request, "imports/columns.html", context)


def _may_be(heading: Heading, ours: list[Column]) -> str:
    return next((one.label for one in ours if one.key == heading.key), "") if not heading.known else ""


def _chosen_twice(headings: list[Heading], chosen: dict[int, str | None], ours: list[Column]) -> str:
    """The column that two headings of one sheet are to be."""
    keys = Counter((title, chosen[one.position]) for one in headings for title in one.sheets)
    return next((one.label for one in ours for (_title, key), n in keys.items() if key == one.key and n > 1), "")


def _to_keep(headings: list[Heading], chosen: dict[int, str | None]) -> dict[str, str]:
    """What does not follow from the heading by itself."""
    return {
        fold(one.name)[:200]: chosen[one.position] or ""
        for one in headings
        if not one.known or chosen[one.position] != one.key
    }
