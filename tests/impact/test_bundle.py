"""The bundle: what is in it, that no names are, and that its own command gives the same answer again."""

import io
import json
import shlex
import zipfile

import pyarrow.parquet as pq
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from khuyencong.impact import actions
from khuyencong.impact.bundle import bundle
from khuyencong.impact.estimation.question import Question
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db

HEAD = 'chủ cơ sở,mã "cũ",năm,doanh thu,số điện thoại,vùng,hỗ trợ'


def _upload(officer, question):
    """A panel with names and telephones beside what is needed, evaluated."""
    lines = [HEAD]
    for unit in range(24):
        first = 2012 + unit % 2 if unit < 10 else 9999
        for year in range(2009, 2016):
            supported = int(year >= first)
            value = 100 + 7 * unit + (year - 2009) * (3 + unit % 4) + 25 * supported + (unit * year) % 5
            side = "bắc" if unit % 3 else "nam sông"
            lines.append(f"Nông Thị {unit},Cơ sở {unit},{year},{value},0000 {unit},{side},{supported}")
    upload = ContentFile("\n".join(lines).encode(), name="bảng của tôi.csv")
    evaluation = actions.ask_panel(officer, actions.receive_panel(officer, upload), question)
    return actions.answer(officer, evaluation, question, lambda share, stage: None)


QUESTIONS = {
    "a flag, logs, strata, years": Question(
        'mã "cũ"',
        "năm",
        "doanh thu",
        support_flag="hỗ trợ",
        log=True,
        control="not-yet",
        strata=("vùng",),
        years=(2010, None),
        seed=3,
        permutations=99,
    ),
    "plain": Question('mã "cũ"', "năm", "doanh thu", support_flag="hỗ trợ", permutations=0),
}


def _open(evaluation):
    return zipfile.ZipFile(io.BytesIO(bundle(evaluation)))


def _again(pack, folder, monkeypatch):
    """Do what README.txt says, in the unpacked folder."""
    pack.extractall(folder)
    monkeypatch.chdir(folder)
    line = (folder / "README.txt").read_text("utf-8").split("Làm lại / to repeat:\n")[1].strip()
    program, *arguments = shlex.split(line)
    assert program == "khuyencong"
    call_command(*arguments)
    again = json.loads((folder / "result-again.json").read_text("utf-8"))
    for words in ("text", "why"):  # the command adds them; the stored answer is turned into words when shown
        again["verdict"].pop(words)
    return again


def _same(left, right):
    """Equal, numbers to twelve digits: the units are summed in another order."""
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return left == (pytest.approx(right, rel=1e-12, abs=1e-12) if isinstance(right, float) else right)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_command_gives_the_same_answer(name, officer, tmp_path, monkeypatch):
    pack = _open(_upload(officer, QUESTIONS[name]))
    assert _same(_again(pack, tmp_path, monkeypatch), json.loads(pack.read("result.json")))


def test_only_fingerprint_and_the_label_of_a_unit_differ_from_the_stored_answer(officer):
    evaluation = _upload(officer, QUESTIONS["plain"])
    packed = json.loads(_open(evaluation).read("result.json"))
    stored = json.loads(json.dumps(evaluation.result))
    assert stored["leave_one_out"].pop("unit") == f"Cơ sở {int(packed['leave_one_out'].pop('unit')) - 1}"
    assert stored.pop("fingerprint") != packed.pop("fingerprint")
    assert packed == stored


def test_no_names_and_no_column_that_was_not_used(officer):
    evaluation = _upload(officer, QUESTIONS["plain"])
    pack = _open(evaluation)
    assert sorted(pack.namelist()) == ["README.txt", "panel.parquet", "question.json", "result.json"]
    table = pq.read_table(io.BytesIO(pack.read("panel.parquet")))
    assert table.column_names == ['mã "cũ"', "năm", "doanh thu", "hỗ trợ"]
    assert table['mã "cũ"'].unique().to_pylist() == list(range(1, 25))
    for name in pack.namelist():
        for secret in ("Nông Thị", "Cơ sở", "0000 "):
            assert secret.encode() not in pack.read(name)
    assert evaluation.panel_sha256 in pack.read("README.txt").decode()


def test_of_the_registry(officer, commune, tmp_path, monkeypatch):
    for unit in range(30):
        establishment = make_establishment(commune, f"Cơ sở miến dong {unit}", code=f"M{unit}")
        for year in range(2017, 2023):
            gain = 30_000_000 if unit < 9 and year >= 2020 else 0
            make_result(establishment, year, revenue=10**8 * (1 + unit) + 10**6 * (year * unit % 7) + gain)
        if unit < 9:
            make_project(establishment, code=f"DA-{unit}", year=2020)
    question = Question("unit", "year", "revenue", first_support="first_support", strata=("area",), permutations=49)
    evaluation = actions.ask_registry(officer, question)
    evaluation = actions.answer(officer, evaluation, question, lambda share, stage: None)
    pack = _open(evaluation)
    assert _same(_again(pack, tmp_path, monkeypatch), json.loads(pack.read("result.json")))
    assert json.loads(pack.read("result.json")) == json.loads(json.dumps(evaluation.result))
    assert json.loads(pack.read("result.json"))["fingerprint"] == evaluation.panel_sha256
    assert "miến dong".encode() not in pack.read("panel.parquet")
