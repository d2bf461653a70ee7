"""Everything a letter may use, put together for one letter."""

import json
from typing import Any

from django.conf import settings
from django.utils import translation

from khuyencong.law.documents.queries.parameters import value
from khuyencong.places.queries import current_province, official_name
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.contexts import appraisal, basis, money, project, shown
from khuyencong.projects.letters.filling import plain
from khuyencong.projects.letters.models import ProducedDocument
from khuyencong.projects.lifecycle.table import BY_NAME, Actor

# Which body a letter goes out from: the Promotion Centre asks, the Department decides.
_FROM_CENTRE = {"submission", "adjustment-request", "contract", "acceptance", "contract-closing"}


def frozen(letter: ProducedDocument, extra: dict[str, Any] | None = None) -> str:
    """What a letter says of this moment, always in Vietnamese. ``extra``: what rooms above know (an inspection)."""
    with translation.override("vi"):
        return json.dumps(plain(_of_the_moment(letter) | (extra or {})), ensure_ascii=False)


def context(letter: ProducedDocument) -> dict[str, Any]:
    """The fields of an ordered letter: what was frozen, its number, and those of the letters before it."""
    with translation.override("vi"):
        return {**json.loads(letter.facts), "so": letter.symbol, "xet": _considering(letter)}


def _of_the_moment(letter: ProducedDocument) -> dict[str, Any]:
    about, step = letter.project, letter.step
    province = current_province(settings.PROVINCE_CODE)
    name = province.short_name if province else shown.DOTS
    full = official_name(province) if province else shown.DOTS
    offices = settings.INSTALLATION
    department = f"{offices.department} {full}"
    centre = letter.kind in _FROM_CENTRE
    return {
        "ngay": shown.day(letter.day),
        "noi": name,
        "co_quan_tren": f"{offices.department} {name}".upper() if centre else f"UBND {full.upper()}",
        "co_quan": (offices.centre if centre else offices.department).upper(),
        "co_quan_ten": offices.centre if centre else department,
        "tham_quyen": f"GIÁM ĐỐC {offices.department.upper()}",
        "kinh_gui": "Bộ Công Thương" if letter.kind == "forwarding" else department,
        "can_cu": basis.lines(about, letter.day),
        "ly_do": step.reason if step else "",
        "ngay_buoc": shown.day(step.day if step else letter.day),
        "nguoi_ky": _signer(letter, centre),
        "noi_nhan": ["Như trên;", "Lưu: VT, KC."] if letter.kind in _FROM_CENTRE else
                    ["Các đơn vị có liên quan;", "Kho bạc Nhà nước;", "Lưu: VT, KC."],
        "so_nam_bao_cao": shown.text(value("results-years", letter.day)),
        **project.facts(about),
        **money.facts(about),
        **appraisal.facts(about),
    }  # fmt: skip


def _signer(letter: ProducedDocument, centre: bool) -> dict[str, str]:
    """Whoever had the letter made, if it is theirs to sign: a director, or anybody who speaks in minutes.

    An officer has letters made that the director signs: the name is then left to be written by hand.
    """
    user, head = letter.produced_by, "Giám đốc Trung tâm" if centre else "Giám đốc"
    own = user.job_title if user else ""
    if KINDS[letter.kind].book == "minutes":
        return {"ten": shown.text(user), "chuc_danh": own.upper(), "chuc_danh_thuong": shown.text(own)}
    by_leader = letter.step is not None and BY_NAME[letter.step.transition].actor is Actor.LEADER
    if not by_leader and "giám đốc" not in own.casefold():
        return {"ten": shown.DOTS, "chuc_danh": head.upper(), "chuc_danh_thuong": head}
    title = own or head
    # A deputy signs for the head (decree 30/2020/NĐ-CP, Article 13).
    above = "KT. GIÁM ĐỐC\n" if title.casefold().startswith("phó giám đốc") else ""
    return {"ten": shown.text(user), "chuc_danh": above + title.upper(), "chuc_danh_thuong": title}


def _considering(letter: ProducedDocument) -> str:
    """What a decision was made upon: the letters of the project before it."""
    considered = ("appraisal-minutes", "submission", "adjustment-request")
    before = letter.project.letters.filter(kind__in=considered, pk__lt=letter.pk)
    last = before.order_by("-pk").first()
    if last is None:
        return f"đề nghị của {settings.INSTALLATION.centre}"
    name = "biên bản thẩm định" if last.kind == "appraisal-minutes" else "tờ trình"
    return f"{name} số {last.symbol} {shown.day(last.day)}"
