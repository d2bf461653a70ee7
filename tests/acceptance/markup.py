"""Whether the markup of a page holds together."""

import re
from collections import Counter

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


def faults(page: str) -> list[str]:
    """Tags that do not fit, identifiers given twice, labels of nothing, numbers that no machine can read; typed text
    that another form of the page would lose; choices that say nothing.
    """
    parser = etree.HTMLParser()
    etree.fromstring(page.encode(), parser)
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
    return found + [f"nothing has id={name}" for name in sorted(asked - given.keys())]


def _lost(page: str) -> list[str]:
    """Where one form is filled in, another one that is sent must not take with it what was typed."""
    sent = [(head, inside) for head, inside in _FORM.findall(page) if 'method="post"' in head and _TYPED.search(inside)]
    guarded = [head for head, _inside in sent if "data-guard" in head]
    if len(sent) < 2 or not guarded:
        return []
    return [f"another form loses what is typed here: {head}" for head in guarded if "data-draft-key" not in head]
