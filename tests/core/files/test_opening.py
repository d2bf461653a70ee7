"""The door to what others have made: limits hold for every kind of file, and nothing is opened beside it."""

import ast
import io
import math
import operator
import os
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

import khuyencong
from khuyencong.core.files import apart, kinds, opening, sheets
from khuyencong.core.files.kinds import Oddity, look
from khuyencong.core.files.opening import Fault, Refused
from khuyencong.law.documents.reading import docx

pytestmark = pytest.mark.database_free

TYPE = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def word_with(part):
    """A Word file whose main part is this."""
    out, plain = io.BytesIO(), io.BytesIO()
    Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, part if entry.filename == "word/document.xml" else old.read(entry))
    return out.getvalue()


ENTITIES = {
    "a document type": f'<?xml version="1.0"?>{TYPE}<w>&b;</w>',
    "one behind a long comment": f'<?xml version="1.0"?><!-- <a> {"x" * 200_000} -->{TYPE}<w/>',
    "one in UTF-16": f'<?xml version="1.0" encoding="UTF-16"?>{TYPE}<w/>'.encode("utf-16"),
    "one in letters that hide it": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE w+AD4-<w/>',
}


@pytest.mark.parametrize("case", ENTITIES)
def test_xml_that_defines_entities_is_not_opened(case):
    content = word_with(ENTITIES[case])
    with pytest.raises(Refused) as refused:
        docx.text_of(content)
    assert refused.value.fault is Fault.ENTITIES
    assert look(content) == kinds.Seen(kinds.WORD, Oddity.ENTITIES)


def test_a_workbook_with_entities_is_not_opened(tmp_path):
    path = tmp_path / "so.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f"{TYPE}<workbook/>")
    with pytest.raises(Refused) as refused:
        sheets.read(path)
    assert refused.value.fault is Fault.ENTITIES


def test_a_part_never_gives_more_than_it_was_counted_with():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 10_000_000)
    honest = out.getvalue()
    lying = honest.replace((10_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(Refused) as refused, opening.archive(lying) as archive:
        archive.read("word/document.xml")
    assert refused.value.fault is Fault.BROKEN


def test_what_is_too_big_is_not_read(monkeypatch, tmp_path):
    monkeypatch.setattr(opening, "MOST_READ", 10)
    (tmp_path / "so.csv").write_text("a,b\n" * 5)
    for open_it in (lambda: opening.json_of("[" + " " * 10 + "]"), lambda: sheets.read(tmp_path / "so.csv")):
        with pytest.raises(Refused) as refused:
            open_it()
        assert refused.value.fault is Fault.TOO_BIG


@pytest.mark.parametrize(
    ("work", "given", "fault"),
    [
        (time.sleep, (60,), Fault.TOO_LONG),
        (operator.mul, ("x", 3_000_000_000), Fault.TOO_MUCH),
        (math.sqrt, ("no number",), Fault.BROKEN),
        (os._exit, (0,), Fault.BROKEN),
        (os.abort, (), Fault.TOO_MUCH),
        (bytes, (5_000_000,), Fault.TOO_MUCH),
        (Path, ("/",), Fault.BROKEN),
    ],
)
def test_a_child_that_falls_or_gives_what_is_no_plain_data_is_a_reason(work, given, fault):
    with pytest.raises(Refused) as refused:
        apart.run(work, apart.Limits(seconds=1, answer=1_000_000))(*given)
    assert refused.value.fault is fault


def test_json_that_would_fill_the_memory_is_not_read():
    with pytest.raises(Refused) as refused:
        opening.json_of("[" + "{}," * 2_000_001 + "0]")
    assert refused.value.fault is Fault.TOO_MUCH


@pytest.mark.parametrize(("text", "line"), [('{"a":\n\n x}', 3), ("[NaN]", None), ("[" * 200_000, None)])
def test_broken_json_tells_where(text, line):
    with pytest.raises(Refused) as refused:
        opening.json_of(text)
    assert (refused.value.fault, refused.value.line) == (Fault.BROKEN, line)


@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_looked_at_without_an_error(content):
    stream = io.BytesIO(content)
    look(stream)
    assert stream.tell() == 0


# Who else may open: what is our own, or made here.
OPENERS = {
    "core/backup/archive.py": "our own backups, each part with its hash",
    "core/backup/heads.py": "our own backups, their manifest",
    "core/backup/restore.py": "our own backups, each part with its hash",
    "core/backup/write.py": "writes",
    "core/files/dangers.py": "looks into what the door opened, and in a child",
    "core/files/opening.py": "the door",
    "core/files/pictures.py": "in a child",
    "core/files/sheets/beside.py": "in a child",
    "core/files/sheets/binary.py": "in a child",
    "core/files/sheets/markup.py": "in a child",
    "core/files/sheets/separated.py": "in a child",
    "core/files/sheets/workbook.py": "in a child",
    "core/tables/plain.py": "writes",
    "impact/bundle.py": "writes",
    "impact/reading.py": "in a child; a file named on the command line within DuckDB's own limit",
    "law/documents/reading/docx.py": "in a child",
    "law/documents/reading/pdf.py": "in a child",
    "projects/letters/filling.py": "in a child; our own templates without",
    "projects/letters/build.py": "our own templates",
}
JSON_READERS = {
    "core/audit/anchor.py": "our own file of the head",
    "core/audit/replay.py": "audit records",
    "core/backup/archive.py": "our own backups",
    "core/files/opening.py": "the door",
    "core/history.py": "audit records",
    "core/reference_texts.py": "comes with the product",
    "core/views.py": "what a page of ours keeps while one types; Django limits its size",
    "imports/batches/moved.py": "audit records",
    "imports/taking_back/actions.py": "our own snapshots",
    "law/documents/actions/settling.py": "audit records",
    "places/reference.py": "comes with a package",
    "projects/letters/contexts/whole.py": "what we froze ourselves",
    "reports/official/definition.py": "comes with the product",
    "reports/official/snapshot.py": "frozen reports",
}
TOOLS = {"zipfile", "pypdf", "python_calamine", "olefile", "tarfile", "openpyxl", "PIL", "lxml", "docxtpl"}


def test_nothing_of_others_is_opened_beside_the_door():
    house = Path(khuyencong.__file__).parent
    found = set()
    for path in house.rglob("*.py"):
        name, tree = path.relative_to(house).as_posix(), ast.parse(path.read_text("utf-8"))
        if _calls(tree, "json", {"load", "loads"}) and name not in JSON_READERS:
            found.add(name)
        if TOOLS & {tool for node in ast.walk(tree) for tool in _imported(node)} or _calls(tree, "csv", {"reader"}):
            found.add(name)
    assert found - set(OPENERS) == set()


def _imported(node):
    names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
    modules = [*names, getattr(node, "module", None) or ""]
    return {name.split(".")[0] for name in modules if name != "pypdf.errors"}


def _calls(tree, module, names):
    return any(
        isinstance(node, ast.Attribute) and node.attr in names and getattr(node.value, "id", "") == module
        for node in ast.walk(tree)
    )
