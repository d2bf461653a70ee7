"""The cells of a sheet in Unicode: TCVN3 and VNI are converted, letters that only look like ours are replaced."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from khuyencong.core.old_letters import conversion, plain
from khuyencong.core.tables.cells import Raw, text

Lines = Sequence[Sequence[Raw]]

_SHOWN = 3


def in_unicode(lines: Lines, keep: bool = False) -> tuple[Lines, str]:
    """The lines, and what is to be said of cells that were converted (nothing when none was).

    A cell that makes as much sense as it stands follows the others: ``Hé kinh doanh`` among ``Lo¹i h×nh``. ``keep``:
    somebody said that the letters are right as they stand.
    """
    if keep:
        return _plain(lines), ""
    words = {cell for line in lines for cell in line if isinstance(cell, str) and not cell.isascii()}
    found = {word: made for word in words if (made := conversion(word))}
    sure = Counter(made.code for made in found.values() if made.sure)
    code, many = sure.most_common(1)[0] if sure else ("", 0)
    most = many * 2 > sum(1 for word in words if word not in found or found[word].sure)
    chosen = {word: text(plain(made.text)) for word, made in found.items() if made.sure or (most and made.code == code)}
    if not chosen:
        return _plain(lines), ""
    changed = [cell for line in lines for cell in line if isinstance(cell, str) and cell in chosen]
    shown = "; ".join(f"“{text(before)}” → “{chosen[before]}”" for before in dict.fromkeys(changed[:_SHOWN]))
    facts = {"count": len(changed), "code": code, "shown": shown}
    told = _("Đã chuyển %(count)s ô từ bảng mã %(code)s sang Unicode: %(shown)s.") % facts
    return [[_one(cell, chosen) for cell in line] for line in lines], told


def _plain(lines: Lines) -> Lines:
    return [[plain(cell) if isinstance(cell, str) else cell for cell in line] for line in lines]


def _one(cell: Raw, chosen: dict[str, str]) -> Raw:
    return chosen.get(cell) or plain(cell) if isinstance(cell, str) else cell
