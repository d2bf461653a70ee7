"""Translations are compiled when they changed, and only then."""

import gettext
import os

import pytest
from django.core.management import CommandError, call_command

from khuyencong.core import catalogues

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Cơ sở"
msgstr "Establishment"

msgid "Đề án"
msgstr ""

#, fuzzy
msgid "Tỉnh"
msgstr "County"
"""


@pytest.fixture
def source(tmp_path, settings):
    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "locale/reference.json").write_text('{"trades.csv": ["name"]}', "utf-8")
    settings.PACKAGE, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    file = folder / "django.po"
    file.write_text(PO, "utf-8")
    return file


def test_compiled_once_and_again_when_changed(source):
    assert catalogues.compile_stale() == [source]
    assert catalogues.compile_stale() == []
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert catalogues.compile_stale() == [source]


def test_what_was_compiled_translates(source):
    catalogues.compile_stale()
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Cơ sở") == "Establishment"


def test_a_text_of_a_reference_file_counts_though_the_catalogue_lacks_it(source, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/trades.csv").write_text("code,name\na,Cơ sở\nb,Nghề rèn\n", "utf-8")
    (read,) = catalogues.compile_all()
    assert (read.total, read.translated, read.missing) == (4, 1, ["Đề án", "Tỉnh", "Nghề rèn"])


def test_the_command_counts(source, capsys):
    call_command("translations")
    assert "en: 3 câu, đã dịch 1, cần soát lại 1" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("translations", "--check")
