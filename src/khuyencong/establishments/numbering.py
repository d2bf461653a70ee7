"""The register number of an establishment: the province's letters and a running number, ``CB-00001``."""

from django.conf import settings
from django.db import transaction

from khuyencong.core.text import strip_marks
from khuyencong.establishments.models import Establishment
from khuyencong.places.queries import current_province


def next_codes(count: int) -> list[str]:
    """The next ``count`` free numbers; call inside the transaction that uses them.

    Raises RuntimeError outside a transaction: two people would get the same number.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A number belongs in the transaction that uses it.")
    prefix = _prefix()
    taken = Establishment.objects.select_for_update().filter(code__startswith=f"{prefix}-").order_by("pk")
    numbers = [int(code.split("-")[1]) for code in taken.values_list("code", flat=True) if code.split("-")[1].isdigit()]
    first = max(numbers, default=0) + 1
    return [f"{prefix}-{number:05d}" for number in range(first, first + count)]


def _prefix() -> str:
    province = current_province(settings.PROVINCE_CODE)
    words = strip_marks(province.short_name).split() if province else ["X"]
    return "".join(word[0] for word in words).upper()
