"""Which reports are due, by the calendar, and for whom they wait."""

import datetime as dt

import pytest

from khuyencong.core import clock
from khuyencong.core.models import SET_UP, InstallationFact
from khuyencong.core.periods import Kind, Period
from khuyencong.reports.official import actions, due, work
from khuyencong.reports.official.models import Report
from tests.factories.reports import drafted, signed

pytestmark = [pytest.mark.django_db, pytest.mark.clock]
DAY = dt.date(2025, 10, 8)
QUARTER = Period(Kind.QUARTER, 2025, 3)


@pytest.fixture
def leader(person, province):
    return person("leader", province)


def told(user, day=DAY):
    return {(one.verb, one.about.split(", ")[0], one.due) for one in work.waiting(user, day)}


def test_every_length_of_every_kind_is_owed(officer):
    found = {(one.kind.code, one.period.kind.value, one.by) for one in due.owed(officer, DAY)}
    assert ("department", "month", dt.date(2025, 10, 10)) in found
    assert ("ministry", "quarter", dt.date(2025, 10, 15)) in found
    assert ("department", "year", dt.date(2025, 1, 10)) in found
    assert len(found) == 7


def test_nothing_is_owed_for_a_time_before_the_day_of_setting_up(officer):
    InstallationFact.write(SET_UP, "2025-09-30")
    assert {one.period for one in due.owed(officer, DAY)} == {QUARTER, Period(Kind.MONTH, 2025, 9)}
    InstallationFact.write(SET_UP, "2025-10-01")
    assert due.owed(officer, DAY) == []


def test_what_is_long_past_nags_no_more(officer):
    lines = told(officer)
    assert {day for _verb, _about, day in lines} == {dt.date(2025, 10, 10), dt.date(2025, 10, 15)}
    assert ("Lập báo cáo", "Báo cáo của tỉnh gửi Bộ Công Thương", dt.date(2025, 10, 15)) in lines


def test_a_report_on_its_way_waits_for_whose_turn_it_is(officer, leader, province):
    report = drafted(officer, province, QUARTER, "ministry")
    ministry = "Báo cáo của tỉnh gửi Bộ Công Thương"
    assert ("Hoàn thành báo cáo", ministry, dt.date(2025, 10, 15)) in told(officer)
    assert not told(leader)
    actions.send(officer, report.pk)
    assert ministry not in {about for _verb, about, _due in told(officer)}
    assert {(verb, about) for verb, about, _due in told(leader)} == {("Ký báo cáo", ministry)}
    actions.sign(leader, report.pk, "1/BC")
    assert not told(leader)


def test_what_was_sent_before_seven_in_the_morning_waits_since_that_day(officer, leader, province):
    report = drafted(officer, province, QUARTER, "ministry")
    actions.send(officer, report.pk)
    Report.objects.filter(pk=report.pk).update(sent_at=clock.at(DAY, 3, 30))
    assert [one.since for one in work.waiting(leader, DAY) if one.verb == "Ký báo cáo"] == [DAY]


def test_who_looks_over_the_province_sees_which_communes_have_sent(officer, commune_officer, person, commune):
    before = due.from_communes(officer, DAY)
    signed(commune_officer, person("leader", commune), commune, QUARTER, "commune")
    after = due.from_communes(officer, DAY)
    assert (before.signed, after.signed, after.all) == (0, 1, 56)
    assert commune in before.missing and commune not in after.missing
    assert due.from_communes(commune_officer, DAY) is None
