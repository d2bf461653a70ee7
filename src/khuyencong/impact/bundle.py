"""Everything needed to put the same question again elsewhere: data without names, settings, answer."""

import hashlib
import io
import json
import shlex
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from khuyencong.impact.actions import data_of
from khuyencong.impact.estimation.anonymous import anonymous
from khuyencong.impact.estimation.question import Question
from khuyencong.impact.models import Evaluation

PANEL = "panel.parquet"


def bundle(evaluation: Evaluation) -> bytes:
    """A zip with the panel, question.json, result.json and the command that repeats the evaluation.

    Of an uploaded panel only the columns that were used are in it, and units are numbers: a column of names
    that stood beside them is nobody else's business. The answer names units the same way.
    """
    panel, result = _panel(evaluation)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(PANEL, panel)
        pack.writestr("question.json", _json(evaluation.settings))
        pack.writestr("result.json", _json(result))
        pack.writestr("README.txt", _readme(evaluation, result))
    return out.getvalue()


def command(evaluation: Evaluation) -> str:
    """The command line that repeats the evaluation on the panel of the bundle."""
    asked = Question.from_json(evaluation.settings)
    parts = ["khuyencong", "impact", "evaluate", PANEL, "--unit", asked.unit, "--time", asked.time]
    parts += ["--outcome", asked.outcome]
    if asked.first_support:
        parts += ["--first-support", asked.first_support]
    else:
        parts += ["--support-flag", asked.support_flag or ""]
    parts += ["--log"] if asked.log else []
    parts += ["--control", asked.control]
    parts += ["--strata", ",".join(asked.strata)] if asked.strata else []
    first, last = asked.years
    parts += ["--first-year", str(first)] if first is not None else []
    parts += ["--last-year", str(last)] if last is not None else []
    parts += ["--seed", str(asked.seed), "--permutations", str(asked.permutations), "--json", "result-again.json"]
    return shlex.join(parts)


def _panel(evaluation: Evaluation) -> tuple[bytes, dict[str, Any]]:
    """The panel as parquet, and the answer as it reads on this panel."""
    answer: dict[str, Any] = evaluation.result or {}
    if evaluation.origin == Evaluation.Origin.REGISTRY:
        return Path(evaluation.panel.path).read_bytes(), answer
    table, numbers = anonymous(data_of(evaluation), Question.from_json(evaluation.settings))
    out = io.BytesIO()
    pq.write_table(table, out)
    result = answer | {"fingerprint": hashlib.sha256(out.getvalue()).hexdigest()}
    if result["leave_one_out"]:
        unit = result["leave_one_out"]["unit"]
        result["leave_one_out"] = result["leave_one_out"] | {"unit": str(numbers[unit])}
    return out.getvalue(), result


def _readme(evaluation: Evaluation, result: dict[str, Any]) -> str:
    lines = [
        f"Khuyến Công {version('khuyencong')}",
        "",
        f"{PANEL}: bảng số liệu, không có tên / the data, without names",
        "question.json: câu hỏi / the question",
        "result.json: câu trả lời / the answer",
        "",
        f"SHA-256 ({PANEL}): {result['fingerprint']}",
    ]
    if evaluation.origin == Evaluation.Origin.UPLOAD:
        lines += [
            f"SHA-256 ({evaluation.file_name}): {evaluation.panel_sha256}",
            "",
            "Chỉ giữ các cột đã dùng; mã đơn vị được thay bằng số thứ tự.",
            "Only the columns that were used are kept; units are numbered.",
        ]
    lines += ["", "Làm lại / to repeat:", command(evaluation), ""]
    return "\n".join(lines)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
