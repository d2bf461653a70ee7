"""Visits: put into the calendar, moved, called off, filled in on the spot, done once."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from khuyencong.core import audit, jobs
from khuyencong.places.models import Unit
from khuyencong.projects.models import Project
from khuyencong.supervision import actions
from tests.factories.live import make_live
from tests.factories.pictures import photo, picture
from tests.supervision.inspecting import DAY, FAR, all_answered, answer, find
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db


def plan(people, project, inspector=None, **more):
    return actions.plan_visit(people.inspector, project, DAY, inspector or people.inspector, **more)


@pytest.mark.parametrize("name", ["plan_visit", "change_visit", "save_answers", "finish_visit", "add_photos"])
def test_only_inspectors_of_the_province_work_on_visits(people, contracted, planned, name):
    answer(people.inspector, planned)
    act = {
        "plan_visit": lambda user: actions.plan_visit(user, contracted, DAY, people.inspector),
        "change_visit": lambda user: actions.change_visit(user, planned.pk, FAR, people.inspector, False),
        "save_answers": lambda user: answer(user, planned),
        "finish_visit": lambda user: actions.finish_visit(user, planned.pk, DAY),
        "add_photos": lambda user: actions.add_photos(user, planned.pk, [photo()], ""),
    }[name]
    assert who_may(people, act) == {"inspector"}


def test_an_inspector_of_another_province_has_no_say(people, contracted, planned, person):
    stranger = person("inspector", Unit.objects.get(code="01", parent=None, valid_to=None))
    for act in (
        lambda: actions.plan_visit(stranger, contracted, DAY, people.inspector),
        lambda: actions.change_visit(stranger, planned.pk, FAR, people.inspector, False),
        lambda: answer(stranger, planned),
    ):
        with refused("Xã Trùng Khánh", kind=PermissionDenied):
            act()


@pytest.mark.parametrize("who", ["drafted_by", "responsible"])
def test_nobody_inspects_their_own_project_nor_is_sent_to(people, person, province, contracted, planned, who):
    other = person("inspector", province, "kiem-tra-hai")
    Project.objects.filter(pk=contracted.pk).update(**{who: other})
    contracted.refresh_from_db()
    for act in (
        lambda: actions.plan_visit(other, contracted, DAY, people.inspector),
        lambda: actions.change_visit(other, planned.pk, FAR, people.inspector, False),
        lambda: answer(other, planned),
        lambda: find(other, planned),
        lambda: actions.add_photos(other, planned.pk, [photo()], ""),
        lambda: actions.finish_visit(other, planned.pk, DAY),
    ):
        with refused("không được kiểm tra", kind=PermissionDenied):
            act()
    with refused("không được kiểm tra", "inspector"):
        plan(people, contracted, other)
    with refused("không được kiểm tra", "inspector"):
        actions.change_visit(people.inspector, planned.pk, FAR, other, False)


def test_only_who_may_inspect_is_sent(people, contracted, planned):
    with refused("không có quyền kiểm tra", "inspector"):
        plan(people, contracted, people.viewer)
    with refused("không có quyền kiểm tra", "inspector"):
        actions.change_visit(people.inspector, planned.pk, FAR, people.viewer, False)


def test_a_visit_looks_again_at_a_finding_of_its_own_project(people, commune, contracted, planned):
    finding = find(people.inspector, planned)
    assert plan(people, contracted, again_after=finding).again_after == finding
    other = make_live(commune, "in-progress", code="DA-2026-0002")
    with refused("thuộc đề án khác", "again_after"):
        plan(people, other, again_after=finding)


def test_every_step_of_a_visit_is_recorded_on_the_project(people, contracted):
    begun = length()
    visit = plan(people, contracted)
    actions.change_visit(people.inspector, visit.pk, FAR, people.inspector, False)
    actions.change_visit(people.inspector, visit.pk, FAR, people.inspector, False)
    actions.add_photos(people.inspector, visit.pk, [photo()], "Máy")
    find(people.inspector, visit)
    actions.change_visit(people.inspector, visit.pk, FAR, people.inspector, True)
    told = ["create visit", "update visit", "create photo", "create finding", "create hold", "update visit"]
    assert trail(begun) == told
    assert audit.history(contracted).filter(seq__gt=begun).count() == len(told)


def test_a_visit_that_is_done_or_called_off_is_not_touched(people, planned):
    actions.change_visit(people.inspector, planned.pk, DAY, people.inspector, True)
    with refused("Chỉ sửa được lần kiểm tra chưa làm"):
        actions.change_visit(people.inspector, planned.pk, FAR, people.inspector, False)
    for act in (
        lambda: answer(people.inspector, planned),
        lambda: find(people.inspector, planned),
        lambda: actions.add_photos(people.inspector, planned.pk, [photo()], ""),
        lambda: actions.finish_visit(people.inspector, planned.pk, DAY),
    ):
        with refused("đã xong nên không sửa được"):
            act()


def test_answers_are_kept_half_way_and_added_to(people, planned):
    first, *rest = all_answered()
    answer(people.inspector, planned, {first: ("no", " Chưa thấy ")}, " Đang xem ", None)
    begun = length()
    seen = answer(people.inspector, planned, {first: ("", ""), rest[0]: ("n/a", "")}, "Đang xem")
    assert {one.item.code: one.value for one in seen.answers.all()} == {first: "no", rest[0]: "n/a"}
    assert (seen.conclusion, seen.latitude, seen.longitude) == ("Đang xem", 22.84, 106.5)
    assert trail(begun) == ["update visit", "create answer"]


def test_another_answer_is_recorded_as_a_change(people, planned):
    code = next(iter(all_answered()))
    answer(people.inspector, planned, {code: ("yes", "")})
    begun = length()
    answer(people.inspector, planned, {code: ("yes", "Đã xem lại")})
    answer(people.inspector, planned, {code: ("yes", "Đã xem lại"), "cau-hoi-khac": ("no", "")})
    assert trail(begun) == ["update answer"]


@pytest.mark.parametrize(("value", "place"), [("maybe", None), ("yes", (91.0, 0.0)), ("yes", (0.0, -181.0))])
def test_what_cannot_be_is_refused_with_all_the_rest(people, planned, value, place):
    with refused():
        answer(people.inspector, planned, all_answered() | {next(iter(all_answered())): (value, "")}, place=place)


def test_a_long_remark_is_cut_not_lost(people, planned):
    code = next(iter(all_answered()))
    answer(people.inspector, planned, {code: ("yes", "x" * 400)})
    assert len(planned.answers.get().note) == 300


def test_it_is_done_when_everything_is_answered_concluded_and_the_day_has_come(people, planned):
    with refused("câu chưa trả lời"):
        actions.finish_visit(people.inspector, planned.pk, DAY)
    answer(people.inspector, planned, conclusion="  ")
    with refused("Cần ghi kết luận", "conclusion"):
        actions.finish_visit(people.inspector, planned.pk, DAY)
    answer(people.inspector, planned)
    with refused("không thể ở tương lai", "done_on"):
        actions.finish_visit(people.inspector, planned.pk, FAR)


def test_when_it_is_done_its_minutes_tell_what_was_seen_and_found(people, planned):
    answer(people.inspector, planned, all_answered(note="Đã xem"))
    find(people.inspector, planned)
    begun = length()
    done = actions.finish_visit(people.inspector, planned.pk, DAY)
    assert (done.state, done.done_on) == ("done", DAY)
    assert trail(begun)[0] == "update visit" and "create produceddocument" in trail(begun)
    jobs.work_off()
    file = done.project.letters.get(kind="inspection").file.read()
    text = "\n".join(one.text for one in Document(io.BytesIO(file)).paragraphs)
    assert all(words in text for words in ("đạt (Đã xem)", "Máy khác hóa đơn", "31/12/2099", "Đúng mục đích."))


def test_a_photo_is_kept_with_its_hash_and_no_file_stays_of_one_refused(people, planned, settings):
    (kept,) = actions.add_photos(people.inspector, planned.pk, [photo()], "x" * 300)
    assert kept.file.read() == picture("PNG")
    assert (len(kept.sha256), len(kept.caption)) == (64, 200)
    actions.change_visit(people.inspector, planned.pk, DAY, people.inspector, True)
    before = sorted(settings.MEDIA_ROOT.rglob("*"))
    with refused("đã xong"):
        actions.add_photos(people.inspector, planned.pk, [photo(), photo()], "")
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == before
