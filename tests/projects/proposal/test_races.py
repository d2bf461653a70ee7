"""Twenty people begin projects, change one, replace one paper at the same moment: nothing is doubled, nothing lost."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from khuyencong.core import audit, clock, drafts
from khuyencong.core.models import FormDraft
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.projects.models import Attachment, Project
from khuyencong.projects.papers.actions import add_papers, replace_paper
from khuyencong.projects.proposal.actions import Content, change_proposal, propose, version_of
from khuyencong.projects.proposal.numbering import next_code
from tests.factories.establishments import make_establishment
from tests.projects.papers.test_papers import PDF, checked
from tests.projects.steps.test_races import CROWD, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def content(commune):
    values = {
        "title": "Hỗ trợ máy sấy", "activity": ActivityType.objects.get(code="machinery"), "fund": "local",
        "support_amount": 1_000, "counterpart": 2_000,
    }  # fmt: skip
    return Content(values, (make_establishment(commune, "Miến dong", "CB-00001"),))


def anew(user):
    return User.objects.get(pk=user.pk)


def test_twenty_projects_begun_at_once_bear_twenty_numbers(officer, content):
    results = all_at_once(*[lambda: propose(anew(officer), content)] * CROWD)
    assert not [one for one in results if isinstance(one, Exception)]
    year = clock.today().year
    assert sorted(Project.objects.values_list("code", flat=True)) == [
        f"DA-{year}-{number:04d}" for number in range(1, CROWD + 1)
    ]
    assert audit.verify().broken is None


def test_a_number_is_given_out_only_where_it_is_used():
    with pytest.raises(RuntimeError):
        next_code(2026)


def test_of_twenty_who_save_the_same_proposal_one_does_and_the_others_are_told(officer, content):
    made = propose(officer, content)
    opened = version_of(made)

    def save(number):
        wanted = Content(content.values | {"goals": f"Của người thứ {number}"}, content.establishments)
        return lambda: change_proposal(anew(officer), made.pk, wanted, opened)

    results = all_at_once(*[save(number) for number in range(CROWD)])
    through = [one for one in results if not isinstance(one, Exception)]
    assert len(through) == 1
    assert {type(one) for one in results if isinstance(one, Exception)} == {ChangedMeanwhile}
    made.refresh_from_db()
    assert made.goals == through[0].goals


def test_of_twenty_new_versions_of_one_paper_one_comes_through_and_no_file_is_left_over(officer, content, settings):
    made = propose(officer, content)
    (old,) = add_papers(officer, made.pk, "quotation", [checked("cũ.pdf")])

    def bring(number):
        return lambda: replace_paper(anew(officer), made.pk, old.pk, checked(f"{number}.pdf", PDF + b"%d" % number))

    results = all_at_once(*[bring(number) for number in range(CROWD)])
    assert len([one for one in results if not isinstance(one, Exception)]) == 1
    assert {type(one) for one in results if isinstance(one, Exception)} == {ValidationError}
    assert Attachment.objects.count() == 2
    kept = {one.file.name for one in Attachment.objects.all()}
    stored = {str(path.relative_to(settings.MEDIA_ROOT)) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    assert stored == kept


def test_a_saved_form_stays_saved_whatever_comes_late(officer, rf):
    """The message of the last stroke and the saving of the form reach the server in any order."""

    def late(opening):
        message = {"key": "proposal:new", "token": opening, "at": 1_700_000_000_000, "pairs": [["title", "x"]]}

        def do():
            try:
                drafts.keep(officer.pk, message)
            except drafts.AlreadySaved:
                return "too late"
            return "kept"

        return do

    def saved(opening):
        request = rf.post("/", {"draft_key": "proposal:new", "draft_token": opening})
        request.user, request.session = officer, {}
        return lambda: drafts.saved(request)

    for _ in range(5):
        opening = uuid.uuid4().hex
        results = all_at_once(*[late(opening)] * 6, saved(opening), *[late(opening)] * 6)
        assert not [one for one in results if isinstance(one, Exception)], results
        assert FormDraft.objects.get().data == {"saved": opening}
