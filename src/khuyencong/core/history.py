"""The audit trail in words: who did what, and what changed, as sentences on a card."""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import formats
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuyencong.core import clock
from khuyencong.core.audit import history
from khuyencong.core.models import AuditRecord

_HIDDEN = {
    "id", "folded_name", "search", "contact_search", "search_head", "search_text", "entered_at", "entered_by_id",
    "establishment_id", "drafted_by_id", "drafted_at", "adopted_by_id", "adopted_at", "verified_by_id", "verified_at",
    "file_sha256", "sha256", "position", "parent_id", "step", "commitments", "points",
}  # fmt: skip
_LONG = 200  # letters of a long text that are enough to know it by

# Each action as a whole sentence: languages order its parts differently.
_ACTIONS: dict[str, Any] = {
    "create": gettext_lazy("%(who)s đã thêm %(what)s."),
    "update": gettext_lazy("%(who)s đã sửa %(what)s."),
    "delete": gettext_lazy("%(who)s đã xóa %(what)s."),
    "import": gettext_lazy("%(who)s đã nhập từ tệp %(what)s."),
    "forget-file": gettext_lazy("Tệp %(what)s đã được xóa vì để quá lâu."),
    "demo": gettext_lazy("%(who)s đã đặt ra để minh họa %(what)s."),
    "grant": gettext_lazy("%(who)s đã giao vai trò %(what)s."),
    "password": gettext_lazy("%(who)s đã đặt lại mật khẩu của %(what)s."),
    "restore": gettext_lazy("%(who)s đã khôi phục từ bản sao lưu %(what)s."),
    "reference": gettext_lazy("%(who)s đã nạp %(what)s từ danh mục đi kèm phần mềm."),
    "mend": gettext_lazy("%(who)s đã sửa %(what)s theo danh mục mới đi kèm phần mềm."),
    "draft": gettext_lazy("%(who)s đã soạn dự thảo %(what)s."),
    "adopt": gettext_lazy("%(who)s đã duyệt %(what)s."),
    "supersede": gettext_lazy("%(who)s đã thay %(what)s bằng bản mới."),
    "provisions": gettext_lazy("%(who)s đã thay toàn bộ điều khoản của %(what)s."),
    "verify": gettext_lazy("%(who)s đã đối chiếu và xác minh %(what)s."),
    "send": gettext_lazy("%(who)s đã gửi %(what)s."),
    "close": gettext_lazy("%(who)s đã đóng %(what)s."),
    "conflict": gettext_lazy("%(who)s khai có lợi ích liên quan, không chấm điểm."),
    "take-back": gettext_lazy("%(who)s đã rút lại lần nhập của %(what)s."),
    "follow": gettext_lazy("%(who)s đã chuyển %(what)s theo kế hoạch giai đoạn đã điều chỉnh."),
    "hand-over": gettext_lazy("%(who)s đã bàn giao %(what)s."),
    "remind": gettext_lazy("%(who)s đã nhắc việc: %(what)s."),
    "lock": gettext_lazy("%(who)s đã khóa tài khoản %(what)s."),
    "unlock": gettext_lazy("%(who)s đã mở khóa đăng nhập cho %(what)s."),
    "hand-in": gettext_lazy("%(who)s đã nộp phiếu thẩm định."),
    "open-again": gettext_lazy("%(who)s đã mở lại một phiếu thẩm định vì đề án được trả lại."),
    "open": gettext_lazy("%(who)s đã mở văn bản."),
    "confirm": gettext_lazy("%(who)s đã xác nhận đọc và hiểu văn bản."),
    "deliver": gettext_lazy("%(who)s đã báo trực tiếp cho %(what)s."),
    "mail": gettext_lazy("%(who)s đã gửi thư cho %(what)s."),
    "mail-failed": gettext_lazy("%(who)s không gửi được thư cho %(what)s."),
    "receive": gettext_lazy("%(what)s đã nhận được."),
    "open-link": gettext_lazy("%(what)s đã mở qua đường dẫn được gửi."),
    "confirm-link": gettext_lazy("%(what)s đã xác nhận hiểu, qua đường dẫn được gửi."),
    "look": gettext_lazy("%(who)s đã xem dữ liệu cá nhân của %(what)s."),
    "reseal": gettext_lazy("%(who)s đã niêm phong lại %(what)s."),
}

# What a person said with an action; it belongs to no field of the object.
_SAID = {"said": gettext_lazy("lý do")}

# Fields whose stored values are codes: (model, field) -> a function that puts a value into words.
_TOLD: dict[tuple[str, str], Callable[[Any], str]] = {}


def tell(model: str, name: str, words: Callable[[Any], str]) -> None:
    """Let the values of a field (``law.eligibilityrule``, ``values``) be told in these words."""
    _TOLD[model, name] = words


def tell_action(action: str, sentence: Any) -> None:
    """Let records of this action be told in this sentence (lazy, with ``%(who)s`` and ``%(what)s``)."""
    _ACTIONS[action] = sentence


@dataclass(frozen=True)
class Part:
    """What a record of a whole (an import) tells of one row: of which table, its name, before and after as JSON."""

    model: str
    label: str
    before: str
    after: str


# Rooms whose records each tell of many rows: of a subject, the wholes (by key) that touched its card, and the rows.
_WHOLES: dict[str, Callable[[models.Model], dict[str, list[Part]]]] = {}


def tell_wholes(model: str, on_card: Callable[[models.Model], dict[str, list[Part]]]) -> None:
    """Let records of such a whole be told on every card that it touched."""
    _WHOLES[model] = on_card


@dataclass(frozen=True)
class Sentence:
    """One line of a card's history."""

    at: dt.datetime
    sentence: str
    changes: list[str] = field(default_factory=list)


def sentences(subject: models.Model, limit: int = 100) -> list[Sentence]:
    """The newest ``limit`` records of the subject, in words of the language of the screen."""
    wholes = {model: on_card(subject) for model, on_card in _WHOLES.items()}
    also = models.Q()
    for model, parts in wholes.items():
        also |= models.Q(object_type=model, object_id__in=list(parts), action="import") if parts else models.Q()
    return [
        _sentence(entry, subject, wholes.get(entry.object_type, {}).get(entry.object_id, []))
        for entry in history(subject, also)[:limit]
    ]


def _sentence(entry: AuditRecord, subject: models.Model, parts: Sequence[Part]) -> Sentence:
    model = apps.get_model(entry.object_type)
    what = entry.label if entry.object_type != subject._meta.label_lower else _("hồ sơ này")
    who = _("Hệ thống") if entry.actor_id is None else entry.actor_name
    told = _ACTIONS.get(entry.action)
    sentence = told % {"who": who, "what": what} if told else f"{who} {entry.action} {what}."
    before = json.loads(entry.before) if entry.before else None
    after = json.loads(entry.after) if entry.after else None
    if parts:
        changes = [line for part in parts for line in _lines(part)]
    else:
        changes = _changes(model, before, after) if before is not None and after else []
    return Sentence(entry.at, sentence, changes)


def _lines(part: Part) -> list[str]:
    if not part.before:
        return [_("Thêm: %(what)s") % {"what": part.label}]
    return _changes(apps.get_model(part.model), json.loads(part.before), json.loads(part.after))


def _changes(model: type[models.Model], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    lines = [f"{capfirst(label)}: “{after[name]}”" for name, label in _SAID.items() if after.get(name)]
    for name in after:
        if name in _HIDDEN or name in _SAID or before.get(name) == after[name]:
            continue
        model_field = _field(model, name)
        old, new = (_shown(model_field, values.get(name)) for values in (before, after))
        label = capfirst(model_field.verbose_name if model_field is not None else name)
        lines.append(_("%(field)s: từ %(old)s thành %(new)s") % {"field": label, "old": old, "new": new})
    return lines


def field_words(model: type[models.Model], name: str, value: Any) -> tuple[str, str]:
    """The name of a field, and a value of it, in words; what it leads to was told by its name already."""
    found = _field(model, name)
    if found is None:
        return name, _shown(None, value)
    return str(found.verbose_name), _shown(None if found.is_relation else found, value)


def _field(model: type[models.Model], name: str) -> Any:
    for candidate in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if name in (candidate.name, candidate.attname):
            return candidate
    return None


def _shown(model_field: Any, value: Any) -> str:
    if value in (None, "", []):
        return _("(trống)")
    if model_field is None:
        return str(value)
    words = _TOLD.get((model_field.model._meta.label_lower, model_field.name))
    if words is not None:
        return words(value)
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if model_field.many_to_many:
        return ", ".join(map(str, model_field.related_model._base_manager.filter(pk__in=value)))
    if model_field.is_relation:
        return str(model_field.related_model._base_manager.filter(pk=value).first() or value)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, int) and "year" not in model_field.name and model_field.name != "founded":
        return formats.number_format(value, use_l10n=True, force_grouping=True)
    if isinstance(model_field, models.DateField):
        return _moment(str(value))
    return f"“{Truncator(value).chars(_LONG)}”" if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    """A day or a moment of the trail, as people write it."""
    if len(text) <= len("2025-10-15"):
        return date_format(dt.date.fromisoformat(text), "SHORT_DATE_FORMAT")
    return date_format(clock.local(dt.datetime.fromisoformat(text)), "SHORT_DATETIME_FORMAT")
