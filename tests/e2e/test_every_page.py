"""Every page in a browser, opened once in each language and looked at in both sizes.

No serious accessibility violation, nothing wider than the screen, no error in its scripts. The pages are only read, so
all of them are shown the same records, made once. (Access, queries, markup and language: acceptance/test_walk.py.)
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from khuyencong.people.models import RoleGrant, User
from khuyencong.places.models import Unit
from tests.conftest import PASSWORD
from tests.e2e.conftest import PATIENCE, SIZES, let_in
from tests.e2e.swaps import until
from tests.factories.samples import make_samples
from tests.reference import put_back

PAGES = {
    "start": "/",
    "login": "/account/login/",
    "home": "/home/",
    "search": "/search/?q=mien",
    "establishments": "/establishments/",
    "card": "/establishments/{establishment}/",
    "results": "/establishments/{establishment}/?tab=results",
    "add": "/establishments/add/",
    "edit": "/establishments/{establishment}/edit/",
    "enter": "/establishments/{establishment}/results/{year}/",
    "library": "/law/?q=khuyen%20cong&day=2012-06-01",
    "document": "/law/documents/{document}/",
    "relations of a document": "/law/documents/{document}/?tab=relations",
    "what rests on a document": "/law/documents/28-2018-tt-btc/?tab=resting",
    "add a document": "/law/documents/add/",
    "draft of a document": "/law/editions/{draft}/",
    "edit a draft": "/law/editions/{draft}/edit/",
    "provisions": "/law/editions/{draft}/provisions/",
    "amend a provision": "/law/editions/{draft}/provisions/{provision}/amend/",
    "relations": "/law/editions/{draft}/relations/",
    "bring in a document": "/law/import/",
    "what was read": "/law/import/{law_import}/",
    "norms": "/law/norms/?date=2023-06-01",
    "norms over time": "/law/norms/?view=time",
    "norm": "/law/norms/{norm}/",
    "draft of a norm": "/law/norms/{norm_draft}/",
    "draft a norm": "/law/norms/new/?replaces={norm}",
    "edit the draft of a norm": "/law/norms/{norm_draft}/edit/",
    "what a norm would change": "/law/what-if/norms/{norm_draft}/",
    "what a rule would change": "/law/what-if/rules/{rule_draft}/",
    "what a document would change": "/law/what-if/editions/{draft}/",
    "ceiling": "/ceiling/?content=machinery&cost=700000000&date=2026-06-01",
    "ceiling for all": "/ceiling/?content=machinery&cost=700000000&date=2010-01-01",
    "entitlements": "/establishments/{establishment}/eligibility/",
    "eligibility": "/law/eligibility/",
    "rule": "/law/eligibility/rules/{rule}/",
    "draft a rule": "/law/eligibility/rules/add/?kind=industry",
    "replace a rule": "/law/eligibility/rules/{rule}/edit/",
    "draft a criterion": "/law/eligibility/criteria/add/",
    "dissemination": "/law/dissemination/",
    "send a document": "/law/dissemination/send/",
    "dispatch": "/law/dissemination/{dispatch}/",
    "not reached": "/law/dissemination/unreached/",
    "inbox": "/law/inbox/",
    "reading": "/law/inbox/{delivery}/",
    "read by link": "/law/read/{token}/",
    "send to establishments": "/establishments/send/",
    "review": "/law/review/?day=2025-11-01",
    "proposal": "/law/review/items/{item}/",
    "change a proposal": "/law/review/items/{item}/edit/",
    "duties": "/law/review/duties/",
    "duty": "/law/review/duties/{duty}/",
    "draft a duty": "/law/review/duties/add/",
    "areas": "/law/areas/",
    "draft areas": "/law/areas/add/",
    "projects": "/projects/",
    "board": "/projects/board/",
    "step": "/projects/{project}/steps/submit/",
    "project": "/projects/{project}/",
    "add project": "/projects/add/",
    "edit project": "/projects/{project}/edit/",
    "surveys": "/projects/surveys/",
    "survey": "/projects/surveys/{survey}/",
    "survey an establishment": "/establishments/{establishment}/survey/",
    "edit survey": "/projects/surveys/{survey}/edit/",
    "propose": "/projects/propose/",
    "propose from a survey": "/projects/propose/?survey={survey}",
    "write a project": "/projects/{project}/proposal/",
    "bring a paper": "/projects/{project}/papers/add/",
    "replace a paper": "/projects/{project}/papers/{paper}/replace/",
    "withdraw a paper": "/projects/{project}/papers/{paper}/withdraw/",
    "papers of a project": "/projects/{project}/?tab=file",
    "plans": "/plan/",
    "begin a plan": "/plan/new/",
    "plan": "/plan/{plan_year}/",
    "draft of a plan": "/plan/{draft_year}/",
    "draft to adopt": "/plan/{draft_year}/",
    "edit a plan": "/plan/{draft_year}/edit/",
    "line of the plan": "/plan/lines/{draft_line}/",
    "goal": "/plan/goals/{goal}/",
    "goal of a period": "/plan/periods/{period}/goals/add/",
    "adjustment": "/plan/adjustments/{adjustment}/",
    "adjustment to adopt": "/plan/adjustments/{adjustment}/",
    "edit an adjustment": "/plan/adjustments/{adjustment}/edit/",
    "version of a plan": "/plan/{plan_year}/versions/{version}/",
    "choose into the plan": "/plan/{draft_year}/build/",
    "adopt a plan": "/plan/{draft_year}/adopt/",
    "execution": "/plan/{plan_year}/execution/",
    "execution by place": "/plan/{plan_year}/execution/?by=places",
    "execution by month": "/plan/{plan_year}/execution/?by=months",
    "periods": "/plan/periods/",
    "period": "/plan/periods/{period}/",
    "edit a period": "/plan/periods/{period}/edit/",
    "adopt a period": "/plan/periods/{period}/adopt/",
    "other programmes": "/plan/programmes/",
    "documents of a project": "/projects/{contracted}/?tab=file",
    "appraisal of a project": "/projects/{appraised}/?tab=appraisal",
    "council": "/projects/{appraised}/council/",
    "sheet": "/projects/{appraised}/sheet/",
    "my sheets": "/projects/sheets/",
    "criteria": "/projects/appraisal-criteria/",
    "criteria to change": "/projects/appraisal-criteria/",
    "money of a project": "/projects/{contracted}/?tab=money",
    "contract": "/projects/{contracted}/contract/",
    "payment": "/projects/{contracted}/payment/",
    "recovery": "/projects/{contracted}/recovery/",
    "invoice": "/projects/{contracted}/invoice/",
    "choose a line": "/projects/{contracted}/plan-line/",
    "letter templates": "/projects/letter-templates/",
    "letter template": "/projects/letter-templates/{letter_kind}/",
    "inspections of a project": "/projects/{contracted}/?tab=inspection",
    "supervision": "/supervision/",
    "plan of inspections to approve": "/supervision/",
    "plan of inspections": "/supervision/plan/",
    "visit": "/supervision/visits/{visit}/",
    "visit to read": "/supervision/visits/{visit}/",
    "schedule a visit": "/supervision/visits/{visit}/schedule/",
    "add a visit": "/supervision/projects/{contracted}/add/",
    "add a finding": "/supervision/visits/{visit}/finding/",
    "finding": "/supervision/findings/{finding}/",
    "finding to close": "/supervision/findings/{finding}/",
    "supervision of a project": "/supervision/projects/{contracted}/",
    "my work": "/work/",
    "work of an inspector": "/work/",
    "hand over": "/work/hand-over/",
    "long work": "/work/long/",
    "a job": "/jobs/{job}/",
    "assignments": "/people/assignments/",
    "results due": "/projects/results-due/?all=yes",
    "import": "/import/",
    "preview": "/import/{batch}/",
    "impact": "/impact/",
    "columns": "/impact/{panel}/columns/",
    "evaluation": "/impact/{evaluation}/",
    "dashboard": "/reports/",
    "dashboard of a place": "/reports/?place=01477&content=machinery",
    "indicators": "/reports/indicators/",
    "official reports": "/reports/official/",
    "begin a report": "/reports/official/add/",
    "report": "/reports/official/{report}/",
    "cell of a report": "/reports/official/{report}/overview/5/0/",
    "words of a report": "/reports/official/{report}/write/",
    "who could be next": "/reports/next/?show=lacking",
    "nobody to support next": "/reports/next/?show=not-eligible",
    "macro picture": "/reports/macro/",
    "macro figures to verify": "/reports/macro/",
    "add a macro figure": "/reports/macro/add/?indicator=poverty-rate",
    "correct a macro figure": "/reports/macro/{macro_figure}/",
    "map": "/reports/map/?what=support&districts=yes",
    "map of the nation": "/reports/map/nation/",
    "commune on the map": "/reports/map/{commune}/",
    "password": "/account/password/",
}
# Whoever signs in where it is not the officer.
AS = {
    "draft to adopt": "leader",
    "adjustment to adopt": "leader",
    "adopt a plan": "leader",
    "adopt a period": "leader",
    "criteria to change": "leader",
    "plan of inspections to approve": "leader",
    "plan of inspections": "inspector",
    "visit": "inspector",
    "schedule a visit": "inspector",
    "add a visit": "inspector",
    "add a finding": "inspector",
    "finding to close": "inspector",
    "work of an inspector": "inspector",
    "hand over": "leader",
    "long work": "administrator",
    "assignments": "leader",
    "macro figures to verify": "leader",
}
OPEN = {"start", "login", "read by link", "ceiling for all"}
ROLES = {"officer", *AS.values()}


@pytest.fixture
def _files_of_this_test():
    """The files of the samples stay for the next page."""


@pytest.fixture
def _django_db_helper():
    """So do the records."""


@pytest.fixture(scope="module")
def records(django_db_setup, django_db_blocker, tmp_path_factory):
    """The samples and one person of each role, in the database for as long as pages are looked at."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        province, commune = (Unit.objects.get(code=code, valid_to=None) for code in ("04", "01477"))
        people = {role: User.objects.create_user(role, password=PASSWORD, full_name=f"Thử {role}") for role in ROLES}
        for role, user in people.items():
            RoleGrant.objects.create(user=user, role=role, unit=province, valid_from="2020-01-01")
        yield make_samples(commune, people["officer"]), people
        put_back()


@pytest.fixture(scope="module")
def look(browser, records):
    """``look(name, size, language)``: a page as its reader has it, and the errors of its own scripts."""
    samples, people = records
    server = LiveServer("localhost")
    windows, errors = {}, []

    def window(reader, language):
        context = browser.new_context(base_url=server.url, locale="vi-VN")
        context.add_cookies([{"name": "django_language", "value": language, "url": server.url}])
        if reader:
            let_in(context, people[reader], server.url)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    def look(name, size, language):
        reader = None if name in OPEN else AS.get(name, "officer")
        key = (reader, language)
        page = windows[key] = windows.get(key) or window(*key)
        errors.clear()
        page.set_viewport_size(SIZES[size])
        response = page.goto(PAGES[name].format(**samples))
        assert response.status == 200
        assert page.locator("html").get_attribute("lang") == language
        return page, errors

    yield look
    for page in windows.values():
        page.context.close()
    server.stop()


def scrolls_sideways(page):
    """Whether it still does once charts and tables have taken the new width."""
    try:
        until(page, "document.documentElement.scrollWidth <= window.innerWidth")
    except TimeoutError:
        return True
    return False


def serious(page, colours=True):
    """What axe holds for a serious or critical violation: (rule, some of the places)."""
    rules = {"color-contrast": {"enabled": colours}}
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules}).response["violations"]
    return [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("name", PAGES)
def test_page(name, look):
    page, errors = look(name, "desk", "vi")
    assert page.locator("h1").count() == 1
    for size in SIZES:
        page.set_viewport_size(SIZES[size])
        assert not scrolls_sideways(page), f"the page scrolls sideways ({size})"
        # Colours, which cost most to look at, are the same in both sizes but for what only a phone shows: its bar.
        assert not serious(page, colours=size == "desk" or name in {"home", "establishments"}), size
    assert not errors


@pytest.mark.parametrize("name", PAGES)
def test_english_words_break_no_page(name, look):
    page, errors = look(name, "phone", "en")
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert not scrolls_sideways(page)
    assert not errors
