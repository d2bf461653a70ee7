"""Asking for an evaluation and keeping its answer."""

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.files.base import ContentFile, File
from django.db import transaction

from khuyencong.core import audit
from khuyencong.impact import panels
from khuyencong.impact.estimation.evaluate import Progress, evaluate
from khuyencong.impact.estimation.files import fingerprint, read_columns
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.models import Evaluation
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission


def receive_panel(user: User, upload: File) -> Evaluation:
    """Keep an uploaded panel and read its columns. Raises PanelError when it cannot be read."""
    require(user, Permission.IMPACT_EVALUATE)
    name = Path(upload.name or "panel.csv").name[:200]
    evaluation = Evaluation(owner=user, origin=Evaluation.Origin.UPLOAD, file_name=name)
    evaluation.panel.save(f"{evaluation.id}{Path(name).suffix.lower()}", upload, save=False)
    try:
        read_columns(evaluation.panel.path)
        evaluation.panel_sha256 = fingerprint(evaluation.panel.path)
    except Exception:
        evaluation.panel.delete(save=False)
        raise
    with transaction.atomic():
        evaluation.save()
        audit.record(user, [audit.Change("create", evaluation, None, audit.snapshot(evaluation))])
    return evaluation


def ask_registry(user: User, question: Question) -> Evaluation:
    """Freeze the registry as a panel without names, so that the same question can be put again."""
    require(user, Permission.IMPACT_EVALUATE)
    table = panels.registry_panel(user, question.outcome)
    evaluation = Evaluation(owner=user, origin=Evaluation.Origin.REGISTRY, settings=question.as_json())
    evaluation.panel.save(f"{evaluation.id}.parquet", ContentFile(_parquet(table)), save=False)
    evaluation.panel_sha256 = fingerprint(evaluation.panel.path)
    with transaction.atomic():
        evaluation.save()
        audit.record(user, [audit.Change("create", evaluation, None, audit.snapshot(evaluation))])
    return evaluation


def answer(user: User, evaluation: Evaluation, question: Question, progress: Progress) -> Evaluation:
    """Evaluate and keep the answer with its question. Raises PanelError."""
    require(user, Permission.IMPACT_EVALUATE)
    result = evaluate(evaluation.panel.path, question, progress).as_json()
    with transaction.atomic():
        stored = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        before = audit.snapshot(stored)
        stored.settings, stored.result = question.as_json(), result
        stored.save()
        audit.record(user, [audit.Change("update", stored, before, audit.snapshot(stored))])
    return stored


def _parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()
