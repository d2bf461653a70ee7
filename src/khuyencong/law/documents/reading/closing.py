"""Where the provisions of a document end: signature, recipients, annexes."""

import re

# As official documents write them (decree 30/2020/NĐ-CP): capitals, or the sentence at the end of a law.
_IN_CAPITALS = re.compile(
    r"(?:TM|KT|TUQ|TL|Q)\s?\.\s*\w{2}.*"
    r"|PHỤ LỤC\b.*|MẪU SỐ\b.*"
    r"|(?:PHÓ )?(?:THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|CỤC TRƯỞNG|CHÁNH VĂN PHÒNG)"
    r"(?: (?:CHÍNH PHỦ|QUỐC HỘI|NƯỚC|UBND|HĐND|[UỦ]Y BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|SỞ)\b.*)?"
)
_IN_WORDS = re.compile(r"Nơi nhận\b.*|(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết) này (?:đã )?được .*\bthông qua\b.*")


def begins(line: str) -> bool:
    """Whether the closing begins with this line."""
    if line == line.upper() and _IN_CAPITALS.fullmatch(line):
        return True
    return _IN_WORDS.fullmatch(line) is not None
