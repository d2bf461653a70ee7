"""Whole numbers read out in Vietnamese, as money is written on official papers."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


def read_out(value: int) -> str:
    """``hai trăm năm mươi triệu``; every place after the first is read, so that nothing can be inserted.

    >>> read_out(1_005_000)
    'một triệu không trăm linh năm nghìn'

    Raises ValueError for a negative number.
    """
    if value < 0:
        raise ValueError("a negative number is not read out")
    return " ".join(_words(value, leading=True)) if value else _DIGITS[0]


def _words(value: int, leading: bool) -> list[str]:
    """The words of a number; ``leading`` when nothing stands before it."""
    if value >= _BILLION:
        rest = value % _BILLION
        return [*_words(value // _BILLION, leading), "tỷ", *(_words(rest, leading=False) if rest else [])]
    words: list[str] = []
    for power in (2, 1, 0):
        group = value // 1000**power % 1000
        if group:
            words += [*_group(group, full=bool(words) or not leading), *filter(None, [_THOUSANDS[power]])]
    return words


def _group(value: int, full: bool) -> list[str]:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return words + ((["linh"] if words else []) + [_DIGITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append({5: "lăm", 1: "một" if tens == 1 else "mốt"}.get(ones, _DIGITS[ones]))
    return words
