"""Every text of the product is translated, with its placeholders."""

import os
import re
import shutil
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import override_settings

from khuyencong.core import reference_texts
from tests.acceptance.languages import entries, pairs

PACKAGE = django_settings.PACKAGE
ENGLISH = PACKAGE / "locale/en/LC_MESSAGES/django.po"
VIETNAMESE = PACKAGE / "locale/vi/LC_MESSAGES/django.po"

_PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|\{\w*\}")
_LAST_MARK = re.compile(r"[.?:;]$")
_MARKS = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
# Names, and what stays Vietnamese in every language.
_NAMES = re.compile(
    r"Nông Thị A|Cao Bằng|Khuyến Công|ằ ẵ ễ ỗ ữ ợ Đ|NĐ-CP|QĐ-TTg|₫|“đồng ý”"
    # What is typed or read in Vietnamese whatever the language of the screen: provisions, tags, money.
    r"|(điểm a )?khoản 4 Điều 8|Điều [14]\.|a, b, đ|8, 4a, a, đ|mức chi, bình chọn|(150|[35]00) triệu"
    r"|Trùng Khánh|“thứ nhất”|Chuyển mã"
)


def key(entry):
    return entry.msgctxt, entry.msgid


@pytest.fixture(scope="module")
def english():
    return {key(entry): entry for entry in entries(ENGLISH)}


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    """A copy of the source, its catalogue as a refresh leaves it."""
    if shutil.which("xgettext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("xgettext is missing")
        pytest.skip("xgettext is missing")
    copy = tmp_path_factory.mktemp("source") / PACKAGE.name
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "*.mo", "*.part"))
    with override_settings(LOCALE_PATHS=[copy / "locale"], PACKAGE=copy):
        call_command("translations", refresh=True)
    return copy


@pytest.fixture
def collected(refreshed, tmp_path, settings):
    """The catalogue in a copy of that for the test alone."""
    copy = tmp_path / PACKAGE.name
    shutil.copytree(refreshed, copy)
    settings.LOCALE_PATHS = [copy / "locale"]
    settings.PACKAGE = copy
    return copy / "locale/en/LC_MESSAGES/django.po"


@pytest.mark.database_free
def test_every_text_of_the_source_is_translated(collected, english):
    found = {key(entry) for entry in entries(collected)}
    assert len(found) > 800
    untranslated = sorted(text for context, text in found if not _translated(english.get((context, text))))
    assert not untranslated, "khuyencong translations --refresh, then fill in"


def _translated(entry):
    return entry is not None and entry.translated() and not entry.fuzzy


@pytest.mark.database_free
def test_a_refresh_keeps_translations_and_writes_the_same_file_twice(collected):
    once = collected.read_bytes()
    call_command("translations", refresh=True)
    assert collected.read_bytes() == once
    assert b"POT-Creation-Date" not in once


@pytest.mark.database_free
def test_a_refresh_leaves_a_new_text_empty_and_drops_an_old_one(collected, settings, capsys):
    page = settings.PACKAGE / "core/templates/404.html"
    page.write_text(page.read_text("utf-8").replace("Không tìm thấy trang này", "Không tìm thấy trang kia"), "utf-8")
    capsys.readouterr()
    call_command("translations", refresh=True)
    now = {entry.msgid: entry for entry in polib.pofile(str(collected))}
    assert now["Không tìm thấy trang kia"].msgstr == ""
    assert not now["Không tìm thấy trang kia"].fuzzy
    assert "Không tìm thấy trang này" not in now
    assert "chưa dịch: Không tìm thấy trang kia" in capsys.readouterr().out


@pytest.mark.database_free
def test_placeholders_are_those_of_the_source(english):
    wrong = []
    for entry in english.values():
        for text, told in pairs(entry):
            names = set(_PLACEHOLDER.findall(text))
            if names != set(_PLACEHOLDER.findall(told)):
                wrong.append((text, told))
            elif any(name.startswith("%(") for name in names):
                told % {name[2:-2]: 1 for name in names}  # a lone per-cent sign fails here as it would on the page
    assert not wrong


@pytest.mark.database_free
def test_english_has_no_vietnamese_left_in_it(english):
    left = [told for entry in english.values() for _text, told in pairs(entry) if _MARKS.search(_NAMES.sub("", told))]
    assert not left


@pytest.mark.database_free
def test_spaces_at_the_edges_and_the_last_mark_stay(english):
    def frame(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], _LAST_MARK.findall(text.rstrip())

    told = [pair for entry in english.values() for pair in pairs(entry)]
    assert not [pair for pair in told if frame(pair[0]) != frame(pair[1])]


@pytest.mark.database_free
def test_names_in_reference_data_are_translated(english):
    names = reference_texts.all_texts(PACKAGE)
    assert len(names) > 250
    assert not [name for name in names if not _translated(english.get((None, name)))]


@pytest.mark.database_free
@pytest.mark.parametrize(("name", "named"), reference_texts.columns(PACKAGE).items())
def test_every_declared_column_is_in_one_file(name, named):
    (file,) = [one for one in reference_texts.files(PACKAGE) if one.name == name]
    assert all(reference_texts.texts(file, [column]) for column in named)


@pytest.mark.database_free
def test_a_new_name_in_reference_data_is_told_before_and_after_a_refresh(collected, settings, capsys):
    (file,) = settings.PACKAGE.glob("**/data/vsic.csv")
    file.write_text(file.read_text("utf-8") + '99,"Sản xuất ""mới"", thử"\n', "utf-8")
    for refresh in (False, True):
        capsys.readouterr()
        call_command("translations", refresh=refresh)
        assert 'chưa dịch: Sản xuất "mới", thử' in capsys.readouterr().out
    assert not list(settings.PACKAGE.glob("**/data/*.py")), "nothing is left beside the data"


@pytest.mark.database_free
def test_templates_show_no_unmarked_vietnamese():
    """Every Vietnamese word of a template is inside a translation tag (the page of last resort speaks both)."""
    tags = re.compile(
        r"\{% comment %\}.*?\{% endcomment %\}|\{% blocktrans.*?\{% endblocktrans\w* %\}|\{% trans.*?%\}", re.DOTALL
    )
    allowed = re.compile(r"Khuyến Công|Tiếng Việt|\{% source_mark .*?%\}")
    left = []
    for page in PACKAGE.rglob("templates/**/*.html"):
        if page.name in ("500.html", "503.html", "400.html"):
            continue
        text = allowed.sub("", tags.sub("", page.read_text("utf-8")))
        left += [f"{page.name}: {line.strip()[:80]}" for line in text.splitlines() if _MARKS.search(line)]
    assert not left


@pytest.mark.database_free
def test_scripts_take_their_words_from_the_page():
    assert not [script.name for script in PACKAGE.glob("static/js/*.js") if _MARKS.search(script.read_text("utf-8"))]


@pytest.mark.database_free
def test_the_framework_still_says_what_we_put_into_vietnamese():
    """A new version of Django that words a message otherwise would bring English back to Vietnamese screens."""
    said = {
        (entry.msgid, entry.msgid_plural)
        for source in Path(django.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(source))
    }
    ours = entries(VIETNAMESE)
    assert ours
    assert not [entry.msgid for entry in ours if (entry.msgid, entry.msgid_plural) not in said]
