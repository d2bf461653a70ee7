"""The commune a row names, old name or new, looked up once for each way of writing it."""

from django.conf import settings
from django.utils.translation import gettext as _

from khuyencong.core.tables.reading import Row, Table
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_communes, gazetteer
from khuyencong.places.rules import Resolution, Status


class Places:
    """Resolves the place of each row for one import, within the reach of the person importing."""

    def __init__(self, user: User | None) -> None:
        """``user`` None: the system itself, which may write everywhere."""
        self._names = gazetteer()
        self._answers: dict[str, Resolution] = {}
        self._units = {unit.code: unit for unit in current_communes(settings.PROVINCE_CODE)}
        self._reach = None if user is None else access_of(user).reach(Permission.DATA_IMPORT)

    def of(self, table: Table, row: Row) -> Unit | None:
        """The commune, or None with a problem noted on the row."""
        written = row.values.get("commune")
        if not written:
            return None
        full = ", ".join(part for part in (written, row.values.get("district")) if part)
        if full not in self._answers:
            self._answers[full] = self._names.resolve(full, settings.PROVINCE_CODE)
        answer = self._answers[full]
        if answer.status is not Status.FOUND or answer.commune is None:
            table.refuse(row, "commune", _what(answer))
            return None
        if answer.commune.province_code != settings.PROVINCE_CODE:
            facts = {"commune": answer.commune.name, "province": answer.commune.province}
            table.refuse(row, "commune", _("%(commune)s thuộc %(province)s, ngoài tỉnh này") % facts)
            return None
        unit = self._units[answer.commune.code]
        if not self.reaches(unit):
            table.refuse(row, "commune", _("%(commune)s nằm ngoài phạm vi của bạn") % {"commune": unit.name})
            return None
        return unit

    def reaches(self, unit: Unit) -> bool:
        """Whether the person may import into this commune."""
        return self._reach is None or self._reach.covers(unit.pk, unit.parent_id)


def _what(answer: Resolution) -> str:
    if answer.status is Status.AMBIGUOUS and len(answer.candidates) == 1:
        facts = {"place": answer.meant[0], "commune": answer.candidates[0].name}
        return _("%(place)s có lẽ nay thuộc %(commune)s; chưa đối chiếu được, hãy ghi tên xã hiện nay") % facts
    if answer.status is Status.AMBIGUOUS:
        return _("có thể là nhiều nơi (%(meant)s); hãy ghi thêm huyện cũ hoặc tên xã hiện nay") % {
            "meant": "; ".join(answer.meant)
        }
    near = ", ".join(commune.name for commune in answer.candidates)
    hint = _("; gần giống: %(near)s") % {"near": near} if near else ""
    return _("cần tên một xã, phường hiện nay hoặc trước 01/07/2025%(hint)s") % {"hint": hint}
