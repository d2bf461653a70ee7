"""Forms and kinds of report taken out, changed and put in force from a day on."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from khuyencong.core.audit import verify
from khuyencong.core.periods import Kind, Period
from khuyencong.reports.official import queries
from khuyencong.reports.official.models import ReportDefinition
from tests.factories.reports import drafted

pytestmark = pytest.mark.django_db


def exported(**options):
    out = io.StringIO()
    call_command("reports", "export", stdout=out, **options)
    return json.loads(out.getvalue())


def imported(tmp_path, told, since="2026-01-01"):
    file = tmp_path / "bieu.json"
    file.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    out = io.StringIO()
    call_command("reports", "import", str(file), "--from", since, "--source", "Công văn thử", stdout=out)
    return out.getvalue()


def test_what_was_taken_out_changes_nothing_when_it_is_put_back(tmp_path):
    before = ReportDefinition.objects.count()
    assert "Không có gì khác" in imported(tmp_path, exported())
    assert ReportDefinition.objects.count() == before


def test_a_changed_form_holds_from_its_day_on(tmp_path, officer, province):
    told = exported()
    form = next(one for one in told["forms"] if one["code"] == "overview")
    form["title"] = "Tổng hợp theo mẫu mới"
    assert "Áp dụng từ 01/01/2026: Tổng hợp theo mẫu mới" in imported(tmp_path, told)
    old = drafted(officer, province, Period(Kind.QUARTER, 2025, 4))
    new = drafted(officer, province, Period(Kind.QUARTER, 2026, 1))
    assert [queries.forms_of(one)[0].title for one in (old, new)] == [
        "Tổng hợp kết quả hoạt động khuyến công", "Tổng hợp theo mẫu mới"]  # fmt: skip
    assert exported(on=dt.date(2025, 12, 31))["forms"][0]["title"] == "Tổng hợp kết quả hoạt động khuyến công"
    assert verify().broken is None


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("{", "dòng 1"),
        ({"forms": [{"code": "x", "title": "X", "rows": {"by": "fund"},
                     "columns": [{"label": "a", "value": "nope"}]}]}, "nope"),
        ({"forms": [{"title": "X"}]}, "Mục thứ 1"),
        ({"kinds": [{"code": "k", "name": "K", "level": "province", "addressee": "A", "days": 1,
                     "forms": {"year": ["no-such"]}, "sections": []}]}, "no-such"),
        ({"forms": "x"}, "Mục thứ 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_and_nothing_written(tmp_path, told, named):
    before = list(ReportDefinition.objects.values_list("code", "valid_to"))
    with pytest.raises(CommandError, match=named):
        imported(tmp_path, told)
    assert list(ReportDefinition.objects.values_list("code", "valid_to")) == before


def test_the_same_day_cannot_hold_two(tmp_path):
    told = exported()
    told["forms"][0]["title"] = "Khác"
    with pytest.raises(CommandError, match="muộn hơn"):
        imported(tmp_path, told, since="2012-07-05")
