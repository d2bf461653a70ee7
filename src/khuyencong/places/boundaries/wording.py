"""What is said of a file of boundaries."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuyencong.places.boundaries.actions import Imported
from khuyencong.places.boundaries.geojson import Problem, Refusal, Unreadable
from khuyencong.places.models import Unit

_FILE: dict[Problem, Promise] = {
    Problem.NOT_TEXT: gettext_lazy("Tệp không phải văn bản mã UTF-8. Cần tệp GeoJSON."),
    Problem.NOT_JSON: gettext_lazy("Tệp không phải JSON đọc được. Cần tệp GeoJSON, xuất từ phần mềm bản đồ."),
    Problem.NOT_COLLECTION: gettext_lazy("Tệp không có FeatureCollection. Cần tệp GeoJSON chứa nhiều đối tượng."),
    Problem.NO_FEATURES: gettext_lazy("Tệp không có đối tượng nào."),
    Problem.SWAPPED: gettext_lazy("Tọa độ viết ngược thứ tự: đọc được %(detail)s, cần kinh độ trước, vĩ độ sau."),
    Problem.OTHER_PROJECTION: gettext_lazy(
        "Tọa độ không tính bằng độ%(told)s. Cần hệ tọa độ WGS84 (EPSG:4326); hãy chuyển hệ rồi xuất lại, "
        "kể cả từ VN-2000."
    ),
}
_FEATURE: dict[Problem, Promise] = {
    Problem.SWAPPED: gettext_lazy("kinh độ và vĩ độ viết ngược thứ tự (%(detail)s)"),
    Problem.OTHER_PROJECTION: gettext_lazy("tọa độ không tính bằng độ (%(detail)s), cần hệ WGS84"),
    Problem.NOT_FEATURE: gettext_lazy("không có hình"),
    Problem.NOT_POLYGON: gettext_lazy("hình là %(detail)s, cần Polygon hoặc MultiPolygon"),
    Problem.BAD_COORDINATES: gettext_lazy("tọa độ không đọc được"),
    Problem.OUTSIDE: gettext_lazy("nằm ngoài lãnh thổ Việt Nam (%(detail)s)"),
    Problem.EMPTY: gettext_lazy("đường bao không có diện tích"),
    Problem.NO_NAME: gettext_lazy("không có mã và tên"),
    Problem.UNKNOWN: gettext_lazy("không có đơn vị nào hiện nay mang mã hay tên này"),
    Problem.AMBIGUOUS: gettext_lazy("tên chỉ nhiều nơi: %(detail)s"),
    Problem.OTHER_PROVINCE: gettext_lazy("thuộc tỉnh khác: %(detail)s"),
    Problem.CODE_AND_NAME: gettext_lazy("mã là của %(detail)s, không khớp với tên"),
    Problem.PART: gettext_lazy("tên cũ, chỉ là một phần của xã hiện nay%(missing)s"),
    Problem.TWICE: gettext_lazy("nhiều đối tượng cùng chỉ một đơn vị, các số %(detail)s"),
}


def unreadable(why: Unreadable) -> str:
    """Why the file as a whole is refused."""
    told = _(": đọc được %(detail)s") % {"detail": why.detail} if why.detail else ""
    return str(_FILE[why.problem] % {"detail": why.detail, "told": told})


def refusal(one: Refusal) -> str:
    """One outline that was not used: its number in the file, its name, the reason."""
    missing = _("; còn thiếu %(names)s") % {"names": one.detail} if one.detail else ""
    reason = _FEATURE[one.problem] % {"detail": one.detail, "missing": missing}
    name = one.name or _("không tên")
    return _("Đối tượng %(number)s (%(name)s): %(reason)s.") % {"number": one.number, "name": name, "reason": reason}


def report(done: Imported, dry_run: bool) -> list[str]:
    """What was brought, what was not, and which units still have no boundary; line by line."""
    what = _("tỉnh, thành phố") if done.kind == Unit.Kind.PROVINCE else _("xã, phường")
    head = _("Thử, chưa ghi gì") if dry_run else _("Đã nhập")
    lines = [
        _("%(head)s: ranh giới %(what)s, %(new)s mới, %(changed)s thay đổi, %(unchanged)s giữ nguyên.")
        % {"head": head, "what": what, "new": done.new, "changed": done.changed, "unchanged": done.unchanged}
    ]
    if done.refused:
        lines.append(
            ngettext("%(n)s đối tượng không dùng được:", "%(n)s đối tượng không dùng được:", len(done.refused))
            % {"n": len(done.refused)}
        )
        lines += [f"  {refusal(one)}" for one in done.refused]
    if done.without:
        names = ", ".join(unit.name for unit in done.without)
        lines.append(_("Chưa có ranh giới: %(names)s.") % {"names": names})
    return lines


def as_json(done: Imported) -> dict[str, object]:
    """The stable form for other programs."""
    return {
        "level": done.kind.value,
        "features": done.found,
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "refused": [
            {"number": one.number, "name": one.name, "problem": one.problem.value, "reason": refusal(one)}
            for one in done.refused
        ],
        "without_boundary": [{"code": unit.code, "name": unit.name} for unit in done.without],
    }
