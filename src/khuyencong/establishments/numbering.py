"""The register number of an establishment: the province's letters and a running number, ``CB-00001``."""

import re

from django.conf import settings

from khuyencong.core import audit
from khuyencong.core.text import strip_marks
from khuyencong.establishments.models import Establishment
from khuyencong.places.queries import current_province

_NUMBER = re.compile(r"[0-9]{1,8}")  # a longer one was not given out here


def next_codes(count: int) -> list[str]:
    """The next ``count`` free numbers; call inside the writing that uses them.

    Raises RuntimeError outside a writing: two people would get the same number.
    """
    audit.alone()  # locked rows would not be enough: the next number's row is not there yet
    letters = prefix()
    taken = Establishment.objects.filter(code__startswith=f"{letters}-").values_list("code", flat=True)
    numbers = [int(number) for code in taken if _NUMBER.fullmatch(number := code.removeprefix(f"{letters}-"))]
    first = max(numbers, default=0) + 1
    return [f"{letters}-{number:05d}" for number in range(first, first + count)]


def prefix() -> str:
    """The letters in front of every number of this province: ``CB``."""
    province = current_province(settings.PROVINCE_CODE)
    words = strip_marks(province.short_name).split() if province else ["X"]
    return "".join(word[0] for word in words).upper()
