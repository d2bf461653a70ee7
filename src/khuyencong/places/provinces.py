"""Which codes are those of a province of today, told from the reference data alone: before there is a database."""

from django.utils.translation import gettext as _

from khuyencong.core.text import fold
from khuyencong.places import reference


def why_not_a_province(code: str) -> str:
    """Why this cannot be the code of a province of today, in a sentence; empty when it can."""
    today = {unit.code: unit for unit in reference.current_units() if unit.kind == "province"}
    if code in today:
        return ""
    named = next((unit for unit in today.values() if _same_name(code, unit.name)), None)
    if named:
        return _("Cần mã của tỉnh, không phải tên: %(name)s có mã %(code)s.") % {"name": named.name, "code": named.code}
    former = [unit for unit in reference.former_units() if unit.kind == "province"]
    before = next((unit for unit in former if unit.code == code or _same_name(code, unit.name)), None)
    if before:
        into = next((today_key for was, today_key, _divided in reference.successions() if was == before.key), "")
        heir = next(unit for unit in today.values() if unit.key == into)
        return _("%(name)s (mã %(code)s) không còn từ ngày 01/07/2025, nay thuộc %(heir)s, mã %(heir_code)s.") % {
            "name": before.name,
            "code": before.code,
            "heir": heir.name,
            "heir_code": heir.code,
        }
    if code.isdecimal() and f"{int(code):02}" in today:
        meant = today[f"{int(code):02}"]
        return _("Mã tỉnh gồm hai chữ số. Có phải %(code)s, %(name)s?") % {"code": meant.code, "name": meant.name}
    return _("Không có tỉnh nào hiện nay mang mã “%(code)s”. Cần hai chữ số, ví dụ 04 là Cao Bằng.") % {"code": code}


def _same_name(written: str, name: str) -> bool:
    return fold(written) in {fold(name), fold(reference.short_name(name))}
