"""What of the other language stands on a page: texts of the catalogue that can only come from there."""

import html
import re
from functools import cache

import polib
from django.conf import settings

# Names in the data of the samples, and legal citations.
_DATA = re.compile(r"Đề án (thử|đang làm) DA-\d+|Cơ sở (miến dong|mộc) thử|Nghị định \S+")


def pairs(entry):
    """(msgid, msgstr) for each form of a translated entry; the first English form is of one, the second of many."""
    if not entry.translated():
        return []
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


def entries(source):
    """The entries of a catalogue that are in use."""
    return [entry for entry in polib.pofile(str(source)) if not entry.obsolete]


def left_over(page: str, language: str) -> list[str]:
    """Texts of the other language in the visible part of a page."""
    shown = _visible(page)
    words = set(re.findall(r"\w+", shown))
    candidates = (text for word in words for text in _foreign(language).get(word, ()))
    return [text for text in candidates if text in shown and re.search(rf"\b{re.escape(text)}", shown)]


@cache
def _foreign(language):
    # By first word: of some thousand texts a page is searched for those that could begin there.
    english = settings.PACKAGE / "locale/en/LC_MESSAGES/django.po"
    both = [pair for entry in entries(english) for pair in pairs(entry)]
    if language == "en":
        foreign = {text for text, told in both if _only_here(text, told)}
    else:
        foreign = {told for text, told in both if _only_here(told, text) and " " in told}
    by_word = {}
    for text in foreign:
        first = re.search(r"\w+", text)
        if first:
            by_word.setdefault(first[0], []).append(text)
    return by_word


def _only_here(text, told):
    # Long enough, and not the same in both.
    return len(text) > 7 and text != told and "%" not in text


def _visible(page):
    """The text of a page and of the attributes that are read or shown, names in the data taken out."""
    page = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r'<(\w+)[^>]*translate="no".*?</\1>', "", page, flags=re.DOTALL)  # words of somebody's file
    shown = re.findall(r'(?:title|aria-label|placeholder|data-\w+)="([^"]*)"', page)
    text = html.unescape(" ".join([*shown, re.sub(r"<[^>]+>", "\n", page)]))
    return _DATA.sub("", text)
