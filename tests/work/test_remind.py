"""Reminders: once a day to whoever has something late or due within a week; a dry run sends nothing."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from khuyencong.core import audit, clock
from khuyencong.core.models import AuditRecord
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Project
from khuyencong.reports.official.models import ReportDefinition
from khuyencong.work.models import Reminder
from khuyencong.work.reminders import unreached
from tests.factories.ready import People, make_bare

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


@pytest.fixture(autouse=True)
def _no_reports_come_round():
    """Official reports are due by the calendar; here only projects are."""
    ReportDefinition.objects.filter(sort="kind").delete()


@pytest.fixture
def late(people, commune):
    """A decision that was due yesterday, one due in five days, one in twenty; the leaders have addresses."""
    today = clock.today()
    for number, days in enumerate((-1, 5, 20)):
        project = make_bare(people, commune, State.APPROVED, code=f"DA-2026-070{number}")
        Project.objects.filter(pk=project.pk).update(due_on=today + dt.timedelta(days=days))
    people.leader.email = "lanh.dao@example.vn"
    people.leader.save()
    return people


def run(**options):
    out = io.StringIO()
    call_command("remind", stdout=out, **options)
    return out.getvalue()


def nobody_reached():
    said = io.StringIO()
    with pytest.raises(CommandError, match="chưa ai được nhắc"):
        run(stderr=said)
    return said.getvalue()


def test_a_dry_run_tells_and_sends_nothing(late, mailoutbox):
    told = run(dry_run=True)
    assert "Thử p-leader <lanh.dao@example.vn>" in told and "Thử p-leader-2 <không có địa chỉ thư>" in told
    assert "Sẽ nhắc 1 người." in told
    assert not mailoutbox and not Reminder.objects.exists() and not AuditRecord.objects.exists()


def test_one_mail_a_day_with_what_presses(late, mailoutbox, settings):
    settings.SITE_ADDRESS = "https://khuyencong.example.vn"
    assert "Đã nhắc 1 người." in run(stderr=(said := io.StringIO()))
    assert "Chưa có địa chỉ thư" in said.getvalue() and "p-leader-2" in said.getvalue()
    (mail,) = mailoutbox
    today = clock.today()
    assert (mail.to, mail.subject) == (["lanh.dao@example.vn"], "Khuyến công: 1 việc quá hạn")
    assert mail.body == "\n".join([
        "Kính gửi Thử p-leader,",
        "",
        "Quá hạn:",
        f"- Giao kế hoạch: Đề án DA-2026-0700 ({today - dt.timedelta(days=1):%d/%m/%Y})",
        "",
        "Trong bảy ngày tới:",
        f"- Giao kế hoạch: Đề án DA-2026-0701 ({today + dt.timedelta(days=5):%d/%m/%Y})",
        "",
        "Mở hệ thống để làm: https://khuyencong.example.vn/work/",
    ])  # fmt: skip
    nobody_reached()
    assert len(mailoutbox) == 1
    assert list(Reminder.objects.values_list("user__username", "items")) == [("p-leader", 2)]
    assert AuditRecord.objects.filter(action="remind").count() == 1
    assert audit.verify().broken is None
    Reminder.objects.update(day=today - dt.timedelta(days=1))
    run()
    assert len(mailoutbox) == 2, "the next day reminds again"


def test_what_is_only_due_this_week_is_called_so_and_nobody_without_pressing_work_is_told(people, commune, mailoutbox):
    project = make_bare(people, commune, State.APPROVED)
    Project.objects.filter(pk=project.pk).update(due_on=clock.today() + dt.timedelta(days=20))
    assert "Đã nhắc 0 người" in run()
    Project.objects.filter(pk=project.pk).update(due_on=clock.today() + dt.timedelta(days=2))
    people.leader.email = "lanh.dao@example.vn"
    people.leader.save()
    run()
    assert mailoutbox[0].subject == "Khuyến công: 1 việc đến hạn trong tuần"
    assert "Quá hạn" not in mailoutbox[0].body


def test_a_locked_account_is_not_reminded(late, mailoutbox):
    type(late.leader).objects.filter(pk=late.leader.pk).update(is_active=False)
    nobody_reached()
    assert not mailoutbox and not Reminder.objects.exists(), "an unreached day is not done"


def test_a_mail_that_cannot_go_is_told_and_tried_again(late, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    assert "Không gửi được thư cho Thử p-leader" in nobody_reached()
    assert Reminder.objects.get().problem == unreached(late.leader) != ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run()
    assert len(mailoutbox) == 1
    assert Reminder.objects.get().problem == unreached(late.leader) == ""


def test_without_a_mail_server_nobody_counts_as_reminded(late, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with pytest.raises(CommandError, match="máy chủ gửi thư"):
        run()
    assert not Reminder.objects.exists()
