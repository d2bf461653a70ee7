"""A panel, its question and its answer."""

import functools
import hashlib
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile

from khuyencong.impact import reading
from khuyencong.impact.estimation.evaluate import evaluate
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.models import Evaluation


def make_panel(owner):
    """An uploaded panel that waits for its question."""
    evaluation = Evaluation(owner=owner, origin=Evaluation.Origin.UPLOAD, file_name="bang.csv")
    evaluation.panel.save(f"{evaluation.id}.csv", ContentFile(panel_csv()), save=False)
    evaluation.panel_sha256 = hashlib.sha256(panel_csv()).hexdigest()
    evaluation.save()
    return evaluation


def make_evaluation(owner):
    """A panel with its question and answer."""
    evaluation = make_panel(owner)
    evaluation.settings, evaluation.result = QUESTION.as_json(), _answer()
    evaluation.save()
    return evaluation


QUESTION = Question("ma", "nam", "doanh_thu", first_support="nam_ho_tro", permutations=19)


@functools.cache
def panel_csv():
    """Twelve units in five years, four of them supported, as someone would bring it."""
    lines = ["ma,nam,doanh_thu,nam_ho_tro"]
    for unit in range(12):
        first = {0: 2020, 1: 2020, 2: 2021, 3: 2021}.get(unit, 0)
        for year in range(2018, 2023):
            gain = 25 if first and year >= first else 0
            lines.append(f"{unit},{year},{100 + 7 * unit + 3 * (year - 2018) + gain + (unit * year) % 5},{first or ''}")
    return "\n".join(lines).encode()


@functools.cache
def _answer():
    with tempfile.TemporaryDirectory() as folder:
        panel = Path(folder) / "bang.csv"
        panel.write_bytes(panel_csv())
        return evaluate(reading.read(panel), QUESTION).as_json()
