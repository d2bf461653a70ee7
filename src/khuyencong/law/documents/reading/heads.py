"""What a document says of itself: number, kind, issuer, title, days. A proposal that an officer corrects."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khuyencong.law.documents.reading import numbers

# Names as they stand above the title (decree 30/2020/NĐ-CP), and the kind as ``Edition.Kind`` has it.
_KINDS = {
    "THÔNG TƯ LIÊN TỊCH": "joint-circular",
    "NGHỊ ĐỊNH": "decree",
    "NGHỊ QUYẾT": "resolution",
    "QUYẾT ĐỊNH": "decision",
    "THÔNG TƯ": "circular",
    "CHỈ THỊ": "directive",
    "KẾ HOẠCH": "plan",
    "BỘ LUẬT": "law",
    "LUẬT": "law",
}
_SIGNS = {"NĐ": "decree", "NQ": "resolution", "QĐ": "decision", "TT": "circular", "TTLT": "joint-circular",
          "CT": "directive", "KH": "plan", "QH": "law"}  # fmt: skip
_ISSUERS = {"CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "QH": "Quốc hội", "BCT": "Bộ Công Thương",
            "BTC": "Bộ Tài chính"}  # fmt: skip
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc", re.I)
_BROKEN_MOTTO = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc", re.I
)
_NUMBER_LINE = re.compile(r"\bsố\s*:", re.I)
_PLACE_AND_DAY = re.compile(r"[\w .]+,\s*ngày\b.*", re.I)
_LOCAL = re.compile(
    r"(?P<body>[UỦ][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|UBND|HĐND)\s+(?P<unit>TỈNH|THÀNH PHỐ|TP\.?)\s+(?P<name>.+)"
)
_OF_A_BODY = re.compile(r"(?:SỞ|BAN|CHI CỤC|TRUNG TÂM|VĂN PHÒNG)\s.+")
_TITLE_ENDS = re.compile(
    r"(?:căn cứ|theo đề nghị|xét |thực hiện |kính gửi|thủ tướng|bộ trưởng|chủ tịch|quyết định\s*:|chính phủ ban hành)",
    re.I,
)
# The line that names who decides, in capitals: "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG".
_WHO_DECIDES = re.compile(
    r"(?:[UỦ][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|UBND|HĐND|CHỦ TỊCH|QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG|BỘ TRƯỞNG|GIÁM ĐỐC|"
    r"TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG)(?![a-zà-ỹ]).*"
)
_ABOUT = re.compile(r"(?:về việc|về|v/v)[\s:]+", re.I)
_FORCE = re.compile(
    r"(?:\bnày\s+|^(?:(?:Quyết định|Nghị quyết|Nghị định|Thông tư|Luật|Chỉ thị)\s+)?)(?:bắt đầu\s+)?có\s+hiệu\s+lực"
    r"(?P<when>[^.;]{0,120})",
    re.I,
)
_UNTIL = re.compile(r"\bđến\s+(?:hết\s+)?(?=ngày)", re.I)
_DAYS_AFTER = re.compile(r"sau\s+(\d+)\s+ngày\b", re.I)
_SIGNING = re.compile(r"ngày\s+ký", re.I)


@dataclass(frozen=True)
class Head:
    """What was found; empty where nothing was. ``place``: the province or city of a local document."""

    number: str = ""
    kind: str = ""
    issuer: str = ""
    place: str = ""
    title: str = ""
    signed: dt.date | None = None
    in_force_from: dt.date | None = None
    expires: dt.date | None = None


def read(preamble: Sequence[str], body: Iterable[str] = (), closing: Sequence[str] = ()) -> Head:
    """The head of a document. ``body``: the texts of its provisions, which say from when it is in force."""
    head = _whole_motto(_until_basis(preamble))
    number = _number(head)
    kind, title = _kind_and_title(head, number)
    issuer, place = _issuer(head, number)
    signed = numbers.day("\n".join(head)) or numbers.day("\n".join(line for line in closing if "thông qua" in line))
    start, end = _force(body, signed)
    return Head(number, kind, issuer, place, title, signed, start, end)


def _until_basis(lines: Sequence[str]) -> list[str]:
    """The lines above the first legal basis."""
    stop = next((index for index, line in enumerate(lines) if line.lower().startswith("căn cứ")), len(lines))
    return [line for line in lines[:stop] if re.search(r"\w", line)]


def _whole_motto(lines: Sequence[str]) -> list[str]:
    """The motto on one line of its own, where narrow columns have broken it."""
    whole = _BROKEN_MOTTO.sub(lambda found: f"\n{' '.join(found[0].split())}\n", "\n".join(lines))
    return [line for line in whole.split("\n") if line.strip()]


def _number(head: Sequence[str]) -> str:
    for line in head:
        if _NUMBER_LINE.search(line):
            found = next(numbers.numbers(line), None)
            if found is not None:
                return found.number
    return ""


def _kind_and_title(head: Sequence[str], number: str) -> tuple[str, str]:
    for index, line in enumerate(head):
        for name, kind in _KINDS.items():
            if line == name or (line.startswith(f"{name} ") and not _NUMBER_LINE.search(line)):
                return kind, _title([line.removeprefix(name), *head[index + 1 :]])
    sign = number.rpartition("/")[2].partition("-")[0].rstrip("0123456789")
    about = next((index for index, line in enumerate(head) if line.lower().startswith(("v/v", "về việc"))), None)
    title = _title(head[about:]) if about is not None else ""
    return _SIGNS.get(sign, "letter" if number or about is not None else ""), title


def _title(lines: Sequence[str]) -> str:
    taken: list[str] = []
    for line in lines:
        if (
            _TITLE_ENDS.match(line)
            or (taken and _WHO_DECIDES.fullmatch(line))
            or _MOTTO.search(line)
            or _PLACE_AND_DAY.fullmatch(line)
        ):
            break
        taken.append(line.strip())
    title = " ".join(part for part in taken if part)
    title = _ABOUT.sub("", title, count=1) if _ABOUT.match(title) else title
    title = _small(title) if title == title.upper() else title
    return title[:1].upper() + title[1:]


def _small(title: str) -> str:
    """A title in capitals as it is written within a sentence."""
    small = title.lower()
    for one in numbers.numbers(title):
        small = small[: one.start] + title[one.start : one.end] + small[one.end :]
    for name in ("Nghị định số", "Nghị quyết số", "Quyết định số", "Thông tư số", "Thông tư liên tịch số", "Chính phủ"):
        small = small.replace(name.lower(), name)
    return small


def _issuer(head: Sequence[str], number: str) -> tuple[str, str]:
    """The issuer, and the province or city when it is a local one."""
    lines = _issuer_lines(head)
    own = next((index for index, line in enumerate(lines) if index and _OF_A_BODY.fullmatch(line.upper())), len(lines))
    named = " ".join(lines[own:] or lines)
    local = _LOCAL.fullmatch(" ".join(lines[:own]).upper())
    place = local["name"].title() if local else ""
    if local and own == len(lines):
        body = "Ủy ban nhân dân" if local["body"].startswith(("U", "Ủ")) else "Hội đồng nhân dân"
        return f"{body} {'tỉnh' if local['unit'] == 'TỈNH' else 'thành phố'} {place}", place
    signs = [sign.rstrip("0123456789") for sign in number.rpartition("/")[2].split("-")]
    known = [_ISSUERS[sign] for sign in signs if sign in _ISSUERS]
    if known and not place:
        return ", ".join(known), ""
    named = named.capitalize() if named == named.upper() else named
    return named.replace("công thương", "Công Thương"), place


def _issuer_lines(head: Sequence[str]) -> list[str]:
    """What stands above the number, without the motto."""
    taken: list[str] = []
    for line in head:
        plain = _MOTTO.sub("", line).strip(" -–—_")
        if _NUMBER_LINE.search(line) or line in _KINDS:
            break
        if plain and not _PLACE_AND_DAY.fullmatch(plain):
            taken.append(plain)
    return taken


def _force(body: Iterable[str], signed: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """From when and until when the document says that it is in force."""
    for text in body:
        found = _FORCE.search(" ".join(text.split()))
        if found is None:
            continue
        first, *later = _UNTIL.split(found["when"])
        start = numbers.day(first)
        if start is None and signed is not None and _SIGNING.search(first):
            after = _DAYS_AFTER.search(first)
            start = signed + dt.timedelta(days=int(after[1][:4]) if after else 0)
        if start is not None:
            return start, numbers.day(later[0]) if later else None
    return None, None
