"""The one clock: the province's day, and a clock set from outside."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core import clock

pytestmark = [pytest.mark.clock, pytest.mark.database_free]


@given(st.dates(dt.date(1976, 1, 1), dt.date(2199, 12, 31)), st.integers(0, 23), st.integers(0, 59))
def test_every_hour_of_a_day_lies_in_that_day(day, hour, minute):
    moment = clock.at(day, hour, minute)
    assert clock.day_of(moment) == clock.day_of(moment.astimezone(dt.UTC)) == day


def test_before_seven_in_the_morning_the_day_is_not_the_day_of_utc():
    moment = clock.read("2026-12-31T23:30Z")
    assert (moment.day, clock.day_of(moment)) == (31, dt.date(2027, 1, 1))


def test_the_clock_starts_at_a_moment_runs_on_and_goes_back():
    start, before = clock.read("2027-02-08T06:59:00"), clock.now()
    with clock.starting_at(start):
        first = clock.now()
        assert start <= first <= clock.now()
        assert clock.today() == dt.date(2027, 2, 8)
    assert clock.now() >= before


def test_a_clock_kept_behind_stays_as_far_behind():
    before = clock.ahead()
    try:
        clock.keep_ahead(before - dt.timedelta(hours=5))
        with clock.starting_at(clock.read("2027-02-08T09:00")):
            assert clock.today() == dt.date(2027, 2, 8)
        assert clock.ahead() == before - dt.timedelta(hours=5)
    finally:
        clock.keep_ahead(before)


@pytest.mark.parametrize("text", ["", "mai", "2027-02-30T08:00", "0026-12-31T08:00", "9999-12-31T23:00-12:00"])
def test_a_moment_that_is_none_is_refused(text):
    with pytest.raises(ValueError):
        clock.read(text)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="without a zone"):
        clock.day_of(dt.datetime(2027, 1, 1, 3))  # noqa: DTZ001 the fault that is refused


def told(tmp_path, moment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "khuyencong", "shell", "-v0", "-c",
         "from khuyencong.core import clock; print(clock.now().isoformat(), clock.today())"],
        env={**os.environ, "KHUYENCONG_CLOCK": moment, "KHUYENCONG_DATA_DIR": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "begins", "day"),
    [("2026-12-31T23:30Z", "2026-12-31T23:3", "2027-01-01"), ("2027-02-08T09:00", "2027-02-08T02:0", "2027-02-08")],
)
def test_every_command_begins_at_the_moment_of_the_environment(tmp_path, moment, begins, day):
    now, today = told(tmp_path, moment).stdout.split()
    assert now.startswith(begins)
    assert today == day


def test_a_difference_in_seconds_holds_for_processes_that_begin_later(tmp_path):
    difference = dt.datetime(2027, 2, 8, 9, tzinfo=clock.ZONE) - (clock.now() - clock.ahead())
    now, today = told(tmp_path, f"{difference.total_seconds():+f}").stdout.split()
    assert (now[:14], today) == ("2027-02-08T02:", "2027-02-08")


@pytest.mark.parametrize("moment", ["8 giờ sáng mai", "+nan", "-1e300", "+9e11", "-9e10"])
def test_an_unreadable_moment_ends_the_start_with_one_plain_line(tmp_path, moment):
    ended = told(tmp_path, moment)
    assert ended.returncode == 1
    assert f"KHUYENCONG_CLOCK: không đọc được thời điểm “{moment}”" in ended.stderr
    assert "Traceback" not in ended.stderr
