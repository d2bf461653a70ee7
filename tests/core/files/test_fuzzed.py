"""Broken files of every kind through the doors by which people bring them: an answer or a reason, and no growth.

``script/prove files`` tries 2,000 of them (FILES says how many) and prints what became of each kind.
"""

import io
import os
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from khuyencong.core.files import intake
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.reading import TableError, read_table
from khuyencong.impact import reading
from khuyencong.impact.estimation.problems import PanelError
from khuyencong.law.documents.reading import files as law_files
from khuyencong.law.documents.reading.text import Unreadable
from khuyencong.places.boundaries import geojson
from khuyencong.projects.letters.actions.templates import check_template
from tests.factories.binary_sheets import xlsb
from tests.factories.pictures import picture
from tests.factories.sheets import csv_file, xlsx
from tests.imports.test_case_files import FOLDER

pytestmark = pytest.mark.database_free

SAMPLE, ALL = 1, int(os.environ.get("FILES", "2000"))
GROWTH = 400  # MB
REFUSALS = (TableError, Unreadable, PanelError, ValidationError, geojson.Unreadable)
COLUMNS = [Column("name", "Tên cơ sở", required=True), Column("form", "Loại hình"), Column("workers", "Lao động")]
LINES = [("Tên cơ sở", "Loại hình", "Xã, phường", "Lao động"), *([f"Cơ sở {n}", "Hộ", "Xã A", n] for n in range(30))]


def word(text="Điều 1. {{ de_an.ten }}"):
    out, document = io.BytesIO(), Document()
    document.add_paragraph(text)
    document.add_table(2, 2)
    document.save(out)
    return out.getvalue()


def parquet():
    out = io.BytesIO()
    pq.write_table(pa.table({"unit": list(range(200)), "y": ["a"] * 200}), out)
    return out.getvalue()


def outlines():
    return (
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "01"}, "geometry": '
        b'{"type": "Polygon", "coordinates": [[[106, 22], [106.5, 22], [106.5, 22.5], [106, 22]]]}}]}'
    )


def pdf():
    """A page of text whose objects are packed, as most programs write it."""
    from pypdf import PdfWriter

    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def packed(content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("tờ trình.docx", content)
    return out.getvalue()


def tables(content, folder):
    (folder / "so").write_bytes(content)
    read_table(folder / "so", COLUMNS)


def panels(content, folder):
    (folder / "bang").write_bytes(content)
    _ = reading.read(folder / "bang").columns


def papers(content, folder):
    intake.check(SimpleUploadedFile("tệp", content), replace(intake.PAPERS, names=intake.Names.FREE))


def law(content, folder):
    law_files.extract(content)


KINDS = {
    "xlsx": (lambda: xlsx(*LINES), tables),
    "xls": (lambda: (FOLDER / "o08-formula-errors.xls").read_bytes(), tables),
    "xlsb": (lambda: xlsb(*LINES[:9]), tables),
    "ods": (lambda: (FOLDER / "o02-formula-errors.ods").read_bytes(), tables),
    "csv": (lambda: csv_file(*LINES), tables),
    "html": (lambda: (FOLDER / "x02-html-as-xls.xls").read_bytes(), tables),
    "xml": (lambda: (FOLDER / "o06-xml-2003.xls").read_bytes(), tables),
    "panel": (lambda: xlsx(*LINES), panels),
    "parquet": (parquet, panels),
    "docx": (word, law),
    "pdf": (pdf, law),
    "template": (word, lambda content, folder: check_template(content)),
    "geojson": (outlines, lambda content, folder: geojson.read(content)),
    "jpeg": (lambda: picture("JPEG", place=True), papers),
    "png": (lambda: picture("PNG"), papers),
    "heic": (lambda: b"\0\0\0\x18ftypheic" + bytes(range(256)) * 40, papers),
    "paper": (word, papers),
    "zip": (lambda: packed(word()), papers),
}

NEVER_READ = {"pdf", "heic", "zip"}  # a page without text, and kinds that papers are not taken in


def mutated(content, chance):
    """The file with a few changes; of an archive often within one of its parts, so that the rest stays sound."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            hit = chance.choice(old.namelist())
            for name in old.namelist():
                part = old.read(name)
                new.writestr(name, _changed(part, chance) if name == hit else part)
        return out.getvalue()
    return _changed(content, chance)


def _changed(content, chance):
    found = bytearray(content)
    for _time in range(chance.randint(1, 6)):
        at = chance.randrange(len(found) or 1)
        size = min(chance.choice((1, 1, 4, 50, 2000)), max(len(found) - at, 0))
        match chance.randrange(6):
            case 0:
                found[at : at + size] = chance.randbytes(size)
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = found[at : at + size] * chance.choice((1, 2, 400))
            case 3:
                found[at:at] = chance.choice((b'"', b"\0", b"<", b"&a;", b"9" * 40, b"-1", b"\xff" * 8, b"XFD1048576"))
            case 4:
                digits = [place for place, byte in enumerate(found[:5000]) if 48 <= byte < 58]
                for place in chance.sample(digits, min(3, len(digits))):
                    found[place] = chance.choice(b"0123456789")
            case 5:
                del found[max(at, 1) :]
    return bytes(found)


def _through_the_door(kind, times, folder):
    """What became of so many files of a kind, and a line that says so. The server's own memory may not grow."""
    make, door = KINDS[kind]
    content, became, slowest = make(), Counter(), 0.0
    before = _most_memory(resource.RUSAGE_SELF)
    for seed in range(times):
        changed = mutated(content, random.Random(f"{kind} {seed}"))
        started = time.perf_counter()
        try:
            door(changed, folder)
            became["read"] += 1
        except REFUSALS:
            became["refused"] += 1
        except Exception as error:
            raise AssertionError(f"{kind}, seed {seed}: {error!r}") from error
        slowest = max(slowest, time.perf_counter() - started)
    grown = _most_memory(resource.RUSAGE_SELF) - before
    assert grown < GROWTH, f"{kind}: grown by {grown} MB"
    told = ", ".join(f"{count} {what}" for what, count in sorted(became.items()))
    return became, (
        f"{kind}: {times} files, {told}; slowest {slowest:.1f} s; the server grew by {grown} MB, "
        f"the largest child had {_most_memory(resource.RUSAGE_CHILDREN)} MB"
    )


def _most_memory(whose):
    return resource.getrusage(whose).ru_maxrss // 1024


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_is_read_or_refused(kind, tmp_path):
    make, door = KINDS[kind]
    if kind not in NEVER_READ:
        door(make(), tmp_path)
    assert _through_the_door(kind, SAMPLE, tmp_path)[0].total() == SAMPLE


@pytest.mark.proof("files")
@pytest.mark.parametrize("kind", KINDS)
def test_no_broken_file_brings_the_server_down(kind, tmp_path, capfd):
    times = -(-ALL // len(KINDS))
    became, told = _through_the_door(kind, times, tmp_path)
    with capfd.disabled():
        sys.stderr.write(f"\n{told}\n")
    assert became.total() == times
