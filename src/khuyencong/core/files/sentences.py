"""How a file that is not taken is refused, in words: what was read, what is expected, what to do."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from khuyencong.core.files.dangers import Danger
from khuyencong.core.files.kinds import (
    BINARY_EXCEL,
    DOCUMENTS,
    EXCEL,
    HEIC,
    JSON,
    OLD_OFFICE,
    OPEN_DOCUMENT,
    PDF,
    RTF,
    SHEETS,
    WORD,
    ZIP,
    FileKind,
    Oddity,
    Seen,
)
from khuyencong.core.files.opening import MB, Fault, Refused


@dataclass(frozen=True)
class Facts:
    """What a sentence may name: the file, its size in bytes, the most that is taken, the kinds that are taken."""

    name: str
    size: int
    most: int
    types: str

    @property
    def suffix(self) -> str:
        """The ending of the name."""
        return PurePosixPath(self.name).suffix.lower()


def empty(facts: Facts) -> str:
    """Nothing in it."""
    return _("Tệp “%(name)s” trống, không có gì bên trong.") % {"name": facts.name}


def named_otherwise(facts: Facts, kind: FileKind) -> str:
    """Its name tells another kind than its content."""
    return _("Tệp “%(name)s” thật ra là tệp %(type)s; hãy đổi lại đuôi tên tệp cho đúng rồi gửi lại.") % {
        "name": facts.name,
        "type": kind.name,
    }


def dangerous(danger: Danger, name: str = "") -> str:
    """Why a file that may act is not taken."""
    file = {"file": f" “{name}”" if name else ""}
    match danger:
        case Danger.MACROS:
            return _("Tệp%(file)s có macro nên không nhận. Hãy lưu lại thành .docx hoặc .xlsx, không kèm macro.") % file
        case Danger.SCRIPT:
            return (
                _("Tệp PDF%(file)s có mã lệnh tự chạy khi mở nên không nhận. Hãy mở, in lại ra PDF rồi gửi lại.") % file
            )
        case Danger.REMOTE:
            return (
                _(
                    "Tệp%(file)s tự lấy mẫu hoặc dữ liệu từ nơi khác trên mạng khi mở nên không nhận. Hãy bỏ liên kết "
                    "ấy, lưu lại rồi gửi lại."
                )
                % file
            )
    return _("Tệp%(file)s chứa mã độc (mẫu EICAR) nên không nhận. Hãy quét vi-rút máy đã tạo ra tệp.") % file


def broken_picture(name: str, refused: Refused) -> str:
    """A photo that cannot be drawn."""
    if refused.fault in (Fault.TOO_WIDE, Fault.TOO_MUCH, Fault.TOO_LONG):
        told = _("Ảnh “%(name)s” quá lớn (%(size)s điểm ảnh). Hãy giảm kích thước rồi gửi lại.")
        return told % {"name": name, "size": refused.detail or "?"}
    return _("Ảnh “%(name)s” hỏng, không hiện được. Hãy chụp hoặc lưu lại rồi gửi lại.") % {"name": name}


def paper_too_heavy(facts: Facts) -> str:
    """A paper or photo of a project."""
    return _("Tệp “%(name)s” nặng %(size)s MB; hệ thống nhận tệp nặng nhất %(most)s MB.") % {
        "name": facts.name,
        "size": -(-facts.size // MB),
        "most": facts.most,
    }


def paper_refused(facts: Facts, seen: Seen) -> str:
    """A paper or photo of a project, with what to do for the kinds that people often have."""
    named = {"name": facts.name, "types": facts.types}
    if seen.kind is HEIC or facts.suffix in HEIC.suffixes:
        return (
            _(
                "Ảnh “%(name)s” ở dạng HEIC, nhiều máy tính không mở được. Trên iPhone: Cài đặt, Máy ảnh, Định dạng, "
                "chọn “Tương thích nhất”, hoặc lưu ảnh thành JPG rồi gửi lại."
            )
            % named
        )
    if facts.suffix in (".doc", ".xls"):
        return (
            _("Tệp “%(name)s” là dạng cũ. Hãy mở bằng Word hoặc Excel, lưu lại thành .docx hoặc .xlsx rồi gửi lại.")
            % named
        )
    untrue = seen.kind not in DOCUMENTS or seen.oddity is not None
    if untrue and any(facts.suffix in one.suffixes for one in DOCUMENTS):
        return (
            _(
                "Tệp “%(name)s” bên trong không phải loại mà đuôi tên ghi; có thể tệp hỏng, bị đổi tên hay có macro. "
                "Hệ thống nhận: %(types)s."
            )
            % named
        )
    return _("Tệp “%(name)s” không thuộc loại được nhận. Hệ thống nhận: %(types)s.") % named


def edition_too_heavy(facts: Facts) -> str:
    """The file of a legal document, kept beside its record."""
    return _("Tệp nặng %(size)s MB; hệ thống nhận tệp tối đa %(most)s MB.") % {
        "size": round(facts.size / MB),
        "most": facts.most,
    }


def edition_refused(facts: Facts, seen: Seen) -> str:
    """The file of a legal document, kept beside its record."""
    if seen.kind is JSON:
        return _("Tệp “%(name)s” không phải PDF hay DOCX.") % {"name": facts.name}
    return no_text(seen)


def document_too_heavy(facts: Facts) -> str:
    """A legal document to be read."""
    return _("Tệp nặng %(size)s, nhiều nhất là 20 MB. Hãy bỏ bớt hình ảnh trong tệp.") % {
        "size": filesizeformat(facts.size)
    }


def document_refused(_facts: Facts, seen: Seen) -> str:
    """A legal document to be read."""
    return no_text(seen)


def no_text(seen: Seen) -> str:
    """Why a file gives no text of a legal document, with advice for the likely kinds."""
    if seen.danger is not None:
        return dangerous(seen.danger)
    if seen.oddity is Oddity.PASSWORD:
        return _("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
    return _other_than_text(seen) or _broken_text(seen)


def _other_than_text(seen: Seen) -> str:
    if seen.kind is OLD_OFFICE:
        return _("Đây là tệp Word đời cũ (.doc) hoặc có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu, lưu lại dạng .docx.")
    if seen.kind is RTF:
        return _("Đây là tệp RTF. Hãy mở bằng Word rồi lưu lại dạng .docx.")
    if seen.kind in (EXCEL, BINARY_EXCEL):
        return _("Đây là bảng tính Excel, không phải văn bản Word (.docx) hay PDF.")
    if seen.kind is OPEN_DOCUMENT:
        return _("Đây là tệp OpenDocument. Hãy mở bằng Word hoặc LibreOffice rồi lưu lại dạng .docx.")
    return ""


def _broken_text(seen: Seen) -> str:
    if seen.oddity is Oddity.SWOLLEN:
        return _("Tệp Word này bung ra quá lớn; hãy bỏ bớt hình ảnh rồi lưu lại.")
    if seen.kind is ZIP and seen.oddity is Oddity.BROKEN:
        return _("Tệp bị hỏng hoặc tải về chưa trọn; hãy tải lại rồi thử lần nữa.")
    if seen.kind is ZIP:
        return _("Bên trong tệp không có văn bản Word. Hãy mở bằng Word rồi lưu lại dạng .docx.")
    if seen.kind is WORD:
        return _("Không mở được tệp Word: tệp hỏng. Hãy mở bằng Word, lưu lại, rồi thử lần nữa.")
    if seen.kind is PDF:
        return _("Không đọc được tệp PDF: tệp hỏng. Hãy mở, in lại ra PDF rồi thử lần nữa.")
    return _("Bên trong tệp không phải văn bản Word (.docx) hay PDF; có thể tệp hỏng hoặc bị đổi đuôi.")


def table_too_heavy(facts: Facts) -> str:
    """A table to be brought in."""
    return _("Tệp nặng %(size)s, nhiều nhất là 20 MB. Hãy chia thành nhiều tệp.") % {"size": filesizeformat(facts.size)}


def table_refused(facts: Facts, seen: Seen) -> str:
    """A table to be brought in."""
    if seen.oddity is Oddity.PASSWORD:
        return unreadable_table(facts.name, Refused(Fault.PASSWORD))
    broken = seen.kind is None or seen.kind in SHEETS or (seen.kind is ZIP and seen.oddity is not None)
    if seen.kind is not None and not broken:
        return other_kind(facts.name, seen.kind)
    return cannot_open(facts.name)


def other_kind(name: str, kind: FileKind) -> str:
    """No table at all, whatever its name says."""
    return _("Tệp “%(name)s” thật ra là tệp %(type)s, không phải bảng tính. Hãy dùng xlsx hoặc csv.") % {
        "name": name,
        "type": kind.name,
    }


def unreadable_table(name: str, refused: Refused) -> str:
    """Why nothing is read from a table, and what to do."""
    file = {"file": name}
    match refused.fault:
        case Fault.PASSWORD:
            return _("Tệp “%(file)s” có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi gửi lại.") % file
        case Fault.QUOTE:
            return _(
                'Tệp “%(file)s”, dòng %(line)s: có dấu nháy kép (") mở mà không đóng, nên các dòng sau bị gộp vào một '
                "ô. Hãy xóa hoặc đóng dấu ấy rồi gửi lại."
            ) % {**file, "line": refused.line}
        case Fault.TOO_WIDE if "!" in refused.detail:
            sheet, _mark, cell = refused.detail.rpartition("!")
            return _(
                "Tệp “%(file)s”, trang tính “%(sheet)s”: có ô ghi rất xa bảng số liệu (%(cell)s). Hãy xóa hẳn "
                "các dòng, các cột ấy rồi gửi lại."
            ) % {**file, "sheet": sheet, "cell": cell}
        case Fault.TOO_WIDE | Fault.TOO_MUCH | Fault.SWOLLEN:
            return (
                _(
                    "Tệp “%(file)s” cần quá nhiều bộ nhớ để đọc, thường vì có ô ghi rất xa bảng số liệu. Hãy chép "
                    "riêng bảng số liệu sang một tệp mới, hoặc chia thành nhiều tệp."
                )
                % file
            )
        case Fault.TOO_LONG | Fault.TOO_BIG:
            return _("Tệp “%(file)s” quá lớn nên đọc quá lâu. Hãy chia thành nhiều tệp.") % file
        case Fault.ENTITIES:
            return (
                _("Tệp “%(file)s” chứa mã XML có thể gây hại nên không đọc. Hãy mở bằng Excel, lưu lại dạng .xlsx.")
                % file
            )
    return cannot_open(name)


def cannot_open(name: str) -> str:
    """A table that nothing can be read from."""
    return _("Không mở được tệp “%(file)s”: tệp hỏng hoặc không đúng loại.") % {"file": name}


def panel_too_heavy(_facts: Facts) -> str:
    """A panel to be evaluated."""
    return _("Tệp nặng hơn 50 MB.")


def panel_refused(facts: Facts, _seen: Seen) -> str:
    """A panel to be evaluated."""
    return _("Tệp “%(name)s” không đọc được. Hãy dùng csv, xlsx hoặc parquet.") % {"name": facts.name}


def template_too_heavy(_facts: Facts) -> str:
    """A template of letters."""
    return _("Tệp mẫu nặng hơn 5 MB.")


def template_refused(_facts: Facts, _seen: Seen) -> str:
    """A template of letters."""
    return not_word()


def not_word() -> str:
    """A template of letters that Word would not open."""
    return _("Tệp này không phải tài liệu Word (.docx).")
