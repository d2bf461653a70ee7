"""Everything needed to put the same question again elsewhere: data without names, settings, answer."""

import io
import json
import zipfile
from importlib.metadata import version
from pathlib import Path

from khuyencong.impact.models import Evaluation


def bundle(evaluation: Evaluation) -> bytes:
    """A zip with the panel, question.json, result.json and the command that repeats the evaluation."""
    out = io.BytesIO()
    suffix = Path(evaluation.panel.name).suffix
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(f"panel{suffix}", Path(evaluation.panel.path).read_bytes())
        pack.writestr("question.json", _json(evaluation.settings))
        pack.writestr("result.json", _json(evaluation.result))
        pack.writestr("README.txt", _readme(evaluation, f"panel{suffix}"))
    return out.getvalue()


def command(evaluation: Evaluation, panel: str) -> str:
    """The command line that repeats the evaluation."""
    asked = evaluation.settings
    parts = ["khuyencong impact evaluate", panel, f"--unit {_q(asked['unit'])}", f"--time {_q(asked['time'])}"]
    parts.append(f"--outcome {_q(asked['outcome'])}")
    key = "first_support" if asked["first_support"] else "support_flag"
    parts.append(f"--{key.replace('_', '-')} {_q(asked[key])}")
    parts += ["--log"] if asked["log"] else []
    parts += [f"--control {asked['control']}"]
    parts += [f"--strata {_q(','.join(asked['strata']))}"] if asked["strata"] else []
    first, last = asked["years"]
    parts += [f"--first-year {first}"] if first is not None else []
    parts += [f"--last-year {last}"] if last is not None else []
    parts += [f"--seed {asked['seed']}", f"--permutations {asked['permutations']}", "--json result-again.json"]
    return " ".join(parts)


def _readme(evaluation: Evaluation, panel: str) -> str:
    return (
        f"Khuyến Công {version('khuyencong')}\n\n"
        "panel: bảng số liệu, không có tên cơ sở / the data, without names\n"
        "question.json: câu hỏi / the question\nresult.json: câu trả lời / the answer\n\n"
        f"SHA-256: {evaluation.panel_sha256}\n\n"
        f"Làm lại / to repeat:\n{command(evaluation, panel)}\n"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _q(text: str) -> str:
    return f'"{text}"' if " " in text else text
