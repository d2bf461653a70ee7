"""From the lines of printed pages to the lines of the text: without what every page repeats, and joined again."""

import re
from collections import Counter
from collections.abc import Sequence

from khuyencong.law.documents.reading import closing, marks

EDGE = 3  # lines at the top and at the bottom among which headers, footers and page numbers stand
_REPEATED = 0.6  # what stands in one place on so many pages belongs to the paper, not to the text
_FULL = 0.72  # a line shorter than this share of a full one ends its paragraph
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?(?P<number>\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s]*", re.I)
_DIGITS = re.compile(r"\d+")
_ENDS = (".", ";", ":", "!", "?", "”", '"', "./.")
_BASIS = re.compile(r"Căn cứ |Theo đề nghị |Xét |Thực hiện Nghị quyết ")
_ITEM = re.compile(r"[-–+•*]\s|\(?\w{1,3}[.)]\s")


def without_repeats(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without headers, footers and page numbers.

    Only what stands at the very edge goes, line by line inwards, and only what stands in the same place on most
    pages and nowhere else: a sentence that happens to be there is text.
    """
    least = max(2, len(pages) * _REPEATED)
    inside = Counter(_form(line, number) for number, page in enumerate(pages) for line in page[EDGE:-EDGE])
    kept = [list(page) for page in pages]
    for end in (0, -1):
        for _line in range(EDGE):
            forms = [_form(page[end], number) if page else "" for number, page in enumerate(kept)]
            counted = Counter(form for form in forms if form)
            often = {form for form, count in counted.items() if count >= least and inside[form] * 4 < count}
            if not often:
                break
            for page, form in zip(kept, forms, strict=True):
                if form in often:
                    page.pop(end)
    return kept


def joined(lines: Sequence[str]) -> list[str]:
    """Paragraphs out of the lines that the width of the paper made."""
    full = _full_width(lines)
    paragraphs: list[str] = []
    last = ""
    for line in lines:
        if paragraphs and _goes_on(last, line, full):
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        else:
            paragraphs.append(line)
        last = line
    return paragraphs


def _goes_on(last: str, line: str, full: int) -> bool:
    """Whether a line is the rest of the paragraph that the line before it belongs to."""
    if line[:1].islower() and not _ITEM.match(line) and not marks.high_mark(last):
        return True
    if last.endswith(_ENDS) or len(last) < full * _FULL:
        return False
    if closing.begins(line) or marks.article_mark(line) or marks.high_mark(line) or _ITEM.match(line):
        return False
    if _BASIS.match(line):
        return False
    return (last == last.upper()) is (line == line.upper())


def _full_width(lines: Sequence[str]) -> int:
    """How many letters a full line has: what nine of ten lines do not pass."""
    lengths = sorted(len(line) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _form(line: str, page: int) -> str:
    """A line as it would be on another page: a page number as how far it is from the count of pages, other numbers
    alike."""
    number = _PAGE_NUMBER.fullmatch(line)
    if number:
        return f"page {int(number['number']) - page}"
    return _DIGITS.sub("0", line).casefold()
