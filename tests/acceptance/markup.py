"""Whether the markup of a page holds together."""

import re
from collections import Counter
from collections.abc import Iterator, Set

from lxml import etree

# libxml2 knows HTML 4: what came later is no fault.
_LATER = {"HTML_UNKNOWN_TAG"}
_ID = re.compile(r'\sid="([^"]*)"')
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
# Every record of the tests has a number from 1,200 on (tests/prepared.py); for people a page writes it "1.234".
_FOR_PEOPLE = re.compile(r"(?<![\d.,-])1[.,][2-9]\d\d(?![\d.,])")
_WORDS = {"alt", "title", "placeholder", "content", "data-label", "hx-confirm", "d", "x", "y", "points", "transform"}
_FORM = re.compile(r"(<form\b[^>]*>)(.*?)</form>", re.DOTALL)
_TYPED = re.compile(r'<textarea|<input(?![^>]*type="(?:hidden|submit|search)")')
_REFERENCE = re.compile(r'\s(?:for|aria-labelledby|aria-describedby|aria-controls)="([^"]+)"')
_WIDE = {"wide", "wide-inline"}  # what a phone does not show


def faults(page: str) -> list[str]:
    """Tags that do not fit, identifiers given twice, labels of nothing, numbers that no machine can read; typed text
    that another form of the page would lose; choices that say nothing.
    """
    parser = etree.HTMLParser()
    root = etree.fromstring(page.encode(), parser)
    found = [f"{one.line}: {one.message}" for one in parser.error_log if one.type_name not in _LATER]
    given = Counter(_ID.findall(page))
    found += [f"id={name} {times} times" for name, times in given.items() if times > 1]
    asked = {name for names in _REFERENCE.findall(page) for name in names.split()}
    found += [
        f'{name}="{value}"'
        for name, value in _ATTRIBUTE.findall(page)
        if _FOR_PEOPLE.search(value) and name not in _WORDS and not name.startswith("aria-")
    ]
    found += _lost(page)
    found += ["a choice of dashes alone"] * ("---------" in page)
    found += [f"hidden on a phone: {one}" for one in _hidden(root)]
    return found + [f"nothing has id={name}" for name in sorted(asked - given.keys())]


def _lost(page: str) -> list[str]:
    """Where one form is filled in, another one that is sent must not take with it what was typed."""
    sent = [(head, inside) for head, inside in _FORM.findall(page) if 'method="post"' in head and _TYPED.search(inside)]
    guarded = [head for head, _inside in sent if "data-guard" in head]
    if len(sent) < 2 or not guarded:
        return []
    return [f"another form loses what is typed here: {head}" for head in guarded if "data-draft-key" not in head]


def _hidden(root: etree._Element | None) -> Iterator[str]:
    """What a row tells or offers in no other place than in a cell that a phone does not show (see test_phones)."""
    for row in () if root is None else root.iterfind(".//tbody//tr"):  # nothing: an empty answer
        shown, hidden = set(), {}
        for one in row.iter("a", "form", "button", "span"):
            classes = set(one.get("class", "").split())
            if one.tag == "span" and "chip" not in classes:
                continue
            told = one.get("href") or one.get("action") or one.get("data-bs-content") or _words(one)
            if any(_WIDE & set(up.get("class", "").split()) for up in (one, *one.iterancestors())):
                hidden[told] = one
            else:
                shown.add(told)
        # The source behind a mark may stand there in words.
        words = _words(row, but=_WIDE) if hidden else ""
        yield from (f"<{one.tag}> {told}" for told, one in hidden.items() if told not in shown and told not in words)


def _words(of: etree._Element, but: Set[str] = frozenset()) -> str:
    """The text, without that of elements of some classes."""
    parts = [of.text or ""]
    for one in of:
        parts += ["" if but & set(one.get("class", "").split()) else _words(one, but), one.tail or ""]
    return " ".join("".join(parts).split())
