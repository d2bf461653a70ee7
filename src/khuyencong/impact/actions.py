"""Asking for an evaluation and keeping its answer."""

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.core.files.written import files_with_the_transaction, note
from khuyencong.impact import panels, reading
from khuyencong.impact.estimation.evaluate import Progress, check, evaluate
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.estimation.source import Data
from khuyencong.impact.models import Evaluation
from khuyencong.people.models import User
from khuyencong.people.queries import access_of, require
from khuyencong.people.rules import Permission


def receive_panel(user: User, upload: "File[bytes]") -> Evaluation:
    """Keep an uploaded panel and read its columns. Raises PanelError when it cannot be read."""
    require(user, Permission.IMPACT_EVALUATE)
    name = Path(upload.name or "panel.csv").name[:200]
    evaluation = Evaluation(owner=user, origin=Evaluation.Origin.UPLOAD, file_name=name)
    with files_with_the_transaction():
        evaluation.panel.save(f"{evaluation.id}{Path(name).suffix.lower()}", upload, save=False)
        note(evaluation.panel)
        try:
            data_of(evaluation)
        except PanelError as error:
            if error.code != "several-sheets":  # which one is asked on the next page
                raise
        evaluation.panel_sha256 = reading.fingerprint(Path(evaluation.panel.path))
        with audit.writing(user):
            evaluation.save()
            audit.record([audit.Change("create", evaluation, None, audit.snapshot(evaluation))])
    return evaluation


def choose_sheet(user: User, evaluation: Evaluation, sheet: str) -> None:
    """Say which sheet of an uploaded workbook is the panel. Raises PanelError when it is none."""
    _require_own(user, evaluation)
    reading.read(Path(evaluation.panel.path), evaluation.file_name, sheet)
    with audit.writing(user):
        before = audit.snapshot(evaluation)
        evaluation.sheet = sheet
        evaluation.save(update_fields=["sheet"])
        audit.record([audit.Change("update", evaluation, before, audit.snapshot(evaluation))])


def data_of(evaluation: Evaluation) -> Data:
    """The panel of an evaluation. Raises PanelError. One that we wrote ourselves is read without a child."""
    path = Path(evaluation.panel.path)
    if evaluation.origin == Evaluation.Origin.REGISTRY:
        return reading.stream(path)
    return reading.read(path, evaluation.file_name, evaluation.sheet)


def ask_panel(user: User, evaluation: Evaluation, question: Question) -> Evaluation:
    """Put a question to an uploaded panel; the first answer is kept when a second question is put.

    Raises PanelError for everything that is wrong with the panel.
    """
    _require_own(user, evaluation)
    check(data_of(evaluation), question)
    if evaluation.result is None:
        return evaluation
    again = Evaluation(
        owner=user,
        origin=evaluation.origin,
        file_name=evaluation.file_name,
        panel=evaluation.panel.name,
        panel_sha256=evaluation.panel_sha256,
        sheet=evaluation.sheet,
    )
    with audit.writing(user):
        again.save()
        audit.record([audit.Change("create", again, None, audit.snapshot(again))])
    return again


def ask_registry(user: User, question: Question) -> Evaluation:
    """Freeze the registry as a panel without names, so that the same question can be put again.

    Raises PanelError; an establishment in it is named by its code and name.
    """
    require(user, Permission.IMPACT_EVALUATE)
    table = panels.registry_panel(user, question.outcome)
    try:
        check(table, question)
    except PanelError as error:
        raise panels.named(error) from error
    provinces = access_of(user).reach(Permission.IMPACT_EVALUATE).provinces
    evaluation = Evaluation(
        owner=user,
        origin=Evaluation.Origin.REGISTRY,
        province_id=min(provinces) if len(provinces) == 1 else None,
        settings=question.as_json(),
    )
    with files_with_the_transaction():
        evaluation.panel.save(f"{evaluation.id}.parquet", ContentFile(_parquet(table)), save=False)
        note(evaluation.panel)
        evaluation.panel_sha256 = reading.fingerprint(Path(evaluation.panel.path))
        with audit.writing(user):
            evaluation.save()
            audit.record([audit.Change("create", evaluation, None, audit.snapshot(evaluation))])
    return evaluation


def answer(user: User, evaluation: Evaluation, question: Question, progress: Progress) -> Evaluation:
    """Evaluate and keep the answer with its question. Raises PanelError."""
    _require_own(user, evaluation)
    result = evaluate(data_of(evaluation), question, progress).as_json()
    with audit.writing(user):
        stored = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        before = audit.snapshot(stored)
        stored.settings, stored.result = question.as_json(), result
        stored.save()
        audit.record([audit.Change("update", stored, before, audit.snapshot(stored))])
    return stored


def _require_own(user: User, evaluation: Evaluation) -> None:
    require(user, Permission.IMPACT_EVALUATE)
    if evaluation.owner_id != user.pk:
        raise PermissionDenied(_("Số liệu này do người khác tải lên."))


def _parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()
