"""Numbers that are names: register numbers, tax codes, personal numbers, telephone numbers.

A spreadsheet takes them for amounts: it drops zeros in front and the dash of a branch, and rounds what is long. What
can be put back in one way only is put back; where two readings are possible, a person is asked.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from django.utils.translation import gettext as _
from stdnum.vn import mst

from khuyencong.core.tables import cells
from khuyencong.core.tables.asking import Question
from khuyencong.core.tables.columns import Settled
from khuyencong.establishments import wording
from khuyencong.establishments.numbering import prefix
from khuyencong.establishments.rules import clean_tax_code

_REGISTER_NUMBER = re.compile(r"[A-Z]{1,5}-\d{5,}")
_POWER = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)
_LABEL = re.compile(r"(mst|mã số thuế|mã số|cccd|số)\s*[:.]?\s*", re.IGNORECASE)
_PERSONAL_LENGTH = 12
_SEVERAL = 3  # so many numbers of one kind are no slip
_PHONE = re.compile(r"(?:\+?84)?(?P<rest>[2-9]\d{8,9})")

PERSONAL, MIXED, TAX = "personal", "mixed", "tax"


def register_numbers() -> Callable[[cells.Raw], str]:
    """Reads a register number however it is written: ``CB00005``, ``cb - 5``, ``CB–00005``, 5 -> ``CB-00005``."""
    letters = cache(prefix)

    def parse(raw: cells.Raw) -> str:
        written = re.sub(r"[\s\u2010-\u2015\u2212_.-]+", "-", _bare(raw)).upper().strip("-")
        if _REGISTER_NUMBER.fullmatch(written):
            return written
        found = re.fullmatch(rf"(?:{letters()})?-?(\d{{1,5}})", written)
        return f"{letters()}-{int(found[1]):05d}" if found else written

    return parse


def tax_code(raw: cells.Raw) -> str:
    """The tax code of a cell. One lost zero is put back where the check digit proves it."""
    written = _bare(raw)
    if _POWER.fullmatch(written):
        raise ValueError(_("đủ các chữ số; số trong ô đã bị rút gọn, các chữ số cuối không còn"))
    digits = re.sub(r"[\s.\u2010-\u2015-]", "", written)
    if digits.isdecimal() and digits.isascii():
        if len(digits) == 9:
            written = f"0{digits}"
        elif len(digits) == _PERSONAL_LENGTH and not digits.startswith("0"):
            # A personal number begins with 0: this is the code of a branch without the zero in front.
            if not mst.is_valid(f"0{digits}"):
                raise ValueError(_("số định danh 12 chữ số bắt đầu bằng 0, hoặc mã số thuế chi nhánh đủ 13 chữ số"))
            written = f"0{digits}"
    try:
        return clean_tax_code(written)
    except ValueError as error:
        expected = wording.tax_code_expected(str(error))
        if len(digits) in (10, 11) and digits.isdecimal() and not digits.startswith("0"):
            expected = _("%(expected)s; nếu là số định danh 12 chữ số, hãy ghi ở dạng chữ, đủ số 0 ở đầu") % {
                "expected": expected
            }
        raise ValueError(expected) from error


def settle_tax_codes(found: Sequence[cells.Raw], heading: str, answer: str | None) -> Settled:
    """Whether a column holds personal numbers that lost the zeros in front.

    Of numbers of ten digits one in eleven passes for a tax code by chance, so no number alone can tell.
    """
    short = [digits for cell in found if (digits := _bare(cell)).isdecimal() and len(digits) in (10, 11)]
    lost = [digits for digits in short if not (len(digits) == 10 and mst.is_valid(digits))]
    if answer in (PERSONAL, MIXED) and lost:  # another sheet may have asked; where nothing is lost, nothing is filled
        return Settled(_personal(every=answer == PERSONAL))
    if answer or len(lost) < _SEVERAL:
        return Settled(tax_code)
    told = _("%(count)s số thiếu chữ số, ví dụ %(example)s; có thể là số định danh đã mất số 0 ở đầu") % {
        "count": len(lost),
        "example": lost[0],
    }
    options = {
        PERSONAL: _("Đều là số định danh: thêm số 0 cho đủ 12 chữ số"),
        MIXED: _("Có cả hai: số nào đúng mã số thuế thì giữ, số khác thêm số 0 cho đủ 12 chữ số"),
        TAX: _("Đều là mã số thuế: giữ như trong tệp"),
    }
    return Settled(tax_code, question=Question("column-tax_code", heading, told, options))


def _personal(every: bool) -> Callable[[cells.Raw], str]:
    def parse(raw: cells.Raw) -> str:
        digits = _bare(raw)
        if digits.isdecimal() and len(digits) in (10, 11) and (every or not mst.is_valid(digits)):
            return digits.zfill(_PERSONAL_LENGTH)
        return tax_code(raw)

    return parse


def phone(raw: cells.Raw) -> str:
    """Telephone numbers with their zero in front; several are kept, what is no number stays as it is."""
    parts = [part.strip() for part in re.split(r"[/,;\n]|\s-\s", _bare(raw)) if part.strip()]
    return ", ".join(_one_phone(part) for part in parts)


def _one_phone(written: str) -> str:
    found = None if written.startswith("0") else _PHONE.fullmatch(re.sub(r"[\s.()-]", "", written))
    return f"0{found['rest']}" if found else written


def _bare(raw: cells.Raw) -> str:
    """The text without an apostrophe or a label in front, and without the ``.0`` that programs leave behind."""
    written = _LABEL.sub("", cells.text(raw).lstrip("'’`"), count=1).strip()
    return re.sub(r"(?<=\d)\.0$", "", written)
