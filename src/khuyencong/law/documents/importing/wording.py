"""What an import found, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from khuyencong.law.documents.models import Provision
from khuyencong.law.documents.reading.structure import Problem
from khuyencong.law.documents.rules.outline import Kind

_MOST = 60  # sentences; a document with more faults than that was not read well at all


def problems(found: Iterable[Problem]) -> list[str]:
    """One sentence for each thing to look at."""
    told = [problem(one) for one in found]
    if len(told) > _MOST:
        return [*told[:_MOST], _("… và %(more)s chỗ nữa.") % {"more": len(told) - _MOST}]
    return told


def problem(one: Problem) -> str:
    """What to look at, with the article in front."""
    told = _problem(one)
    if one.where and one.kind is not None:
        return _("Điều %(where)s: %(told)s") % {"where": one.where, "told": told}
    return told[:1].upper() + told[1:]


def _problem(one: Problem) -> str:
    facts = {"what": _numbered(one.kind, one.label), "after": _numbered(one.kind, one.after), "where": one.where}
    if one.code == "jump" and not one.after:
        return _("bắt đầu từ %(what)s, có thể thiếu phần đầu.") % facts
    if one.code == "jump":
        return _("sau %(after)s là %(what)s, có thể thiếu một phần.") % facts
    if one.code == "repeat":
        return _("%(what)s xuất hiện hai lần.") % facts
    if one.code == "kept":
        return _("có dòng mang số của %(what)s không theo thứ tự; đã giữ trong nội dung phía trên.") % facts
    if one.code == "open-quote":
        return _("Có dấu ngoặc kép mở mà không đóng: “%(where)s”.") % facts
    if one.code == "rank":
        return _("Hệ thống chưa có cấp này; đã giữ trong nội dung phía trên: “%(where)s”.") % facts
    if one.code == "attached":
        return _("Sau phần ký còn một văn bản kèm theo, có %(count)s điều.") % {"count": one.label}
    return _("Không thấy dòng nào như “Điều 1.”, “I.” hay “1.”; toàn văn vẫn được giữ để tìm kiếm.")


def bad_label(kind: Kind, label: str) -> str:
    """A number that cannot be referred to."""
    read = _("Đọc được số thứ tự “%(label)s”") % {"label": label} if label else _("Chưa ghi số thứ tự")
    wanted = {
        Kind.ARTICLE: _("cần một số như 8 hoặc 8a"),
        Kind.CLAUSE: _("cần một số như 4 hoặc 4a"),
        Kind.POINT: _("cần một chữ cái như a, b, đ"),
    }.get(kind, _("cần một số như I, 1 hoặc “thứ nhất”, không quá 12 chữ"))
    return f"{read}, {wanted}."


def long_heading(length: int, most: int) -> str:
    """A heading that is longer than headings are."""
    return _("Tên điều khoản dài %(length)s chữ, nhiều nhất %(most)s; hãy chuyển bớt sang nội dung.") % {
        "length": length,
        "most": most,
    }


def no_number() -> str:
    """A relation to a document that is not named."""
    return _("Có quan hệ được đánh dấu mà chưa ghi số văn bản; hãy ghi số hoặc bỏ dấu.")


def bad_place(number: str, typed: str) -> str:
    """A provision of another document that is not understood."""
    return _("Quan hệ với %(number)s: đọc được “%(typed)s”, cần dạng như “khoản 4 Điều 8”, hoặc để trống.") % {
        "number": number,
        "typed": typed,
    }


def twice(what: str) -> str:
    """Two texts of one provision."""
    return _("“%(what)s” trùng số với một điều khoản phía trên; hãy sửa số, gộp lên trên hoặc xóa.") % {
        "what": what[:60]
    }


def finished(name: str) -> str:
    """An import that is opened once more."""
    return _("Tệp “%(name)s” đã được lưu thành dự thảo.") % {"name": name}


def _numbered(kind: Kind | None, label: str) -> str:
    if kind is None:
        return label
    name = str(dict(Provision.Kind.choices)[kind.value])
    return f"{name if kind in (Kind.ARTICLE, Kind.PART, Kind.CHAPTER) else name.lower()} {label}"
