from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import clock, jobs
from khuyencong.core.files import downloads
from khuyencong.impact import actions, background, bundle, problem_words, queries, wording
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.forms import PanelQuestionForm, PanelUploadForm, RegistryQuestionForm, SheetForm
from khuyencong.impact.models import Evaluation
from khuyencong.impact.panels import OUTCOMES
from khuyencong.impact.word_report import word_report
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.IMPACT_EVALUATE)
def start(request: HttpRequest) -> HttpResponse:
    """Put a question to the programme's data, or bring a panel; earlier answers below."""
    form = RegistryQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        question = form.question()
        try:
            evaluation = actions.ask_registry(request.user, question)
        except PanelError as error:
            form.refuse(error)
        else:
            return _run(request, evaluation, question)
    context = {"form": form, "upload": PanelUploadForm(), "earlier": _earlier(request)}
    return render(request, "impact/start.html", context)


@needs(Permission.IMPACT_EVALUATE)
def upload(request: HttpRequest) -> HttpResponse:
    """Bring a panel of one's own."""
    form = PanelUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            evaluation = actions.receive_panel(request.user, form.cleaned_data["file"].file)
        except PanelError as error:
            form.add_error("file", problem_words.sentence(error))
        else:
            return redirect("impact:columns", evaluation.pk)
    context = {"form": RegistryQuestionForm(), "upload": form, "earlier": _earlier(request)}
    return render(request, "impact/start.html", context)


@needs(Permission.IMPACT_EVALUATE)
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which columns of an uploaded panel mean what."""
    evaluation = queries.own_panel(request.user, pk)
    try:
        names = actions.data_of(evaluation).columns
    except PanelError as error:
        return _sheet(request, evaluation, error)
    form = PanelQuestionForm(names, request.POST or None)
    if request.method == "POST" and form.is_valid():
        question = form.question()
        try:
            return _run(request, actions.ask_panel(request.user, evaluation, question), question)
        except PanelError as error:
            form.refuse(error)
    return render(request, "impact/columns.html", {"form": form, "evaluation": evaluation})


@needs(Permission.IMPACT_EVALUATE)
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer: verdict, chart, table, what it rests on."""
    evaluation = queries.get(request.user, pk)
    found = evaluation.result
    if found is None:
        return redirect("impact:start")
    outcome = _outcome(evaluation)
    context = {
        "evaluation": evaluation,
        "outcome": outcome,
        "tone": wording.verdict_tone(found),
        "verdict": wording.verdict(found, outcome),
        "reasons": wording.reasons(found),
        "findings": wording.findings(found),
        "warnings": wording.warnings(found),
        "basis": wording.basis(found),
        "rows": [_row(point, found) for point in found["event_study"]],
        "cells": [_row(cell, found) for cell in found["group_time"]],
        "chart": {"points": found["event_study"], "log": found["question"]["log"]},
        "source": _source(evaluation),
        "command": bundle.command(evaluation),
    }
    return render(request, "impact/result.html", context)


@needs(Permission.IMPACT_EVALUATE)
def word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer as a Word report."""
    evaluation = queries.get(request.user, pk)
    if evaluation.result is None:
        return redirect("impact:start")
    content = word_report(evaluation.result, _outcome(evaluation), _source(evaluation))
    return downloads.download(content, f"tac-dong-{str(evaluation.pk)[:8]}.docx")


@needs(Permission.IMPACT_EVALUATE)
def reproducible(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bundle that lets anyone repeat the evaluation."""
    evaluation = queries.get(request.user, pk)
    if evaluation.result is None:
        return redirect("impact:start")
    return downloads.download(bundle.bundle(evaluation), f"tac-dong-{str(evaluation.pk)[:8]}.zip")


def _sheet(request: HttpRequest, evaluation: Evaluation, error: PanelError) -> HttpResponse:
    """Ask which of several sheets is the panel; anything else that is wrong with it is told."""
    form = SheetForm(error.facts.get("present", []), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_sheet(request.user, evaluation, form.cleaned_data["sheet"])
        except PanelError as refused:
            form.add_error("sheet", problem_words.sentence(refused))
        else:
            return redirect("impact:columns", evaluation.pk)
    context = {"form": form, "evaluation": evaluation, "told": problem_words.sentence(error)}
    return render(request, "impact/sheet.html", context)


def _run(request: HttpRequest, evaluation: Evaluation, question: Question) -> HttpResponse:
    job = jobs.start(
        request.user, _("Đo tác động"), background.answer, evaluation=str(evaluation.pk), question=question.as_json()
    )
    return redirect("job", job.pk)


def _earlier(request: HttpRequest) -> list[dict[str, object]]:
    return [
        {
            "evaluation": one,
            "outcome": _outcome(one),
            "verdict": wording.verdict(one.result, _outcome(one)),
            "tone": wording.verdict_tone(one.result),
        }
        for one in queries.evaluations(request.user)[:10]
    ]


def _outcome(evaluation: Evaluation) -> str:
    name = evaluation.settings["outcome"]
    if evaluation.origin == Evaluation.Origin.REGISTRY:
        label = str(OUTCOMES[name])
        return label[:1].lower() + label[1:]
    return f"“{name}”"


def _source(evaluation: Evaluation) -> str:
    day = clock.day_of(evaluation.asked_at).strftime("%d/%m/%Y")
    if evaluation.origin == Evaluation.Origin.REGISTRY:
        return _("Số liệu: kết quả hằng năm và đề án trong hệ thống, lấy ngày %(day)s.") % {"day": day}
    return _("Số liệu: tệp %(file)s, tải lên ngày %(day)s.") % {"file": evaluation.file_name, "day": day}


def _row(effect: dict, found: wording.Result) -> dict[str, object]:
    scale = wording.scale(found)
    return {
        **effect,
        "shown": wording.amount(effect["estimate"], scale, signed=True),
        "interval": wording.interval(effect["ci"], scale),
        "band_words": wording.interval(effect["band"], scale) if "band" in effect else "",
    }
