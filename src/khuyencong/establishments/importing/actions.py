"""Writing the rows of a confirmed import."""

from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.tables import touching
from khuyencong.core.tables.planning import Fate, Planned, Progress
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.establishments.numbering import next_codes
from khuyencong.people.models import User

_BATCH = 500


def write_establishments(rows: list[Planned], user: User | None, progress: Progress) -> None:
    """Write the rows in chunks, each object with its audit record."""
    with audit.writing(user):
        new = [planned for planned in rows if planned.fate is Fate.NEW]
        old = [planned for planned in rows if planned.fate is Fate.CHANGED]
        given = {planned.values["code"] for planned in new if planned.values.get("code")}
        codes = (code for code in next_codes(len(new)) if code not in given)
        done = 0
        for start in range(0, len(new), _BATCH):
            made = []
            for planned in new[start : start + _BATCH]:
                one = Establishment(**{"status": Establishment.Status.ACTIVE, **planned.values})
                one.code = one.code or next(codes)
                one.fold()
                made.append(one)
            Establishment.objects.bulk_create(made)
            touching.record(audit.Change("import", one, None, audit.snapshot(one)) for one in made)
            done += len(made)
            progress(done / len(rows), _("Đang ghi cơ sở mới"))
        for start in range(0, len(old), _BATCH):
            part = old[start : start + _BATCH]
            existing = Establishment.objects.in_bulk([planned.existing for planned in part])
            changes = []
            for planned in part:
                one = existing[planned.existing]
                before = audit.snapshot(one)
                for name, value in planned.values.items():
                    setattr(one, name, value)
                one.fold()
                one.save()
                changes.append(audit.Change("import", one, before, audit.snapshot(one)))
            touching.record(changes)
            done += len(part)
            progress(done / len(rows), _("Đang ghi thay đổi"))


def write_results(rows: list[Planned], user: User | None, progress: Progress) -> None:
    """Write the rows in chunks, each result with its audit record on the card of its establishment."""
    with audit.writing(user):
        now = clock.now()
        for start in range(0, len(rows), _BATCH):
            part = rows[start : start + _BATCH]
            owners = Establishment.objects.in_bulk([planned.values["establishment_id"] for planned in part])
            old = YearlyResult.objects.in_bulk([planned.existing for planned in part if planned.existing])
            before = {pk: audit.snapshot(one) for pk, one in old.items()}
            made: list[YearlyResult] = []
            kept: list[YearlyResult] = []
            for planned in part:
                result = old[planned.existing] if planned.existing else YearlyResult()
                for name, value in planned.values.items():
                    setattr(result, name, value)
                result.entered_by, result.entered_at = user, now
                (kept if planned.existing else made).append(result)
            YearlyResult.objects.bulk_create(made)
            YearlyResult.objects.bulk_update(kept, [*YearlyResult.MEASURES, "source", "entered_by", "entered_at"], 200)
            for result in (*made, *kept):
                result.establishment = owners[result.establishment_id]
            touching.record(
                audit.Change("import", one, before.get(one.pk), audit.snapshot(one), subject=one.establishment)
                for one in (*made, *kept)
            )
            progress(min(start + _BATCH, len(rows)) / len(rows), _("Đang ghi kết quả"))
