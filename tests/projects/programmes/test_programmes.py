"""Money of other programmes: leverage, and what may be paid for twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.core.text import fold
from khuyencong.projects.models import BlendedFunding, Project
from khuyencong.projects.programmes.queries import counted, double_funding, shares
from khuyencong.projects.programmes.rules import YEARS, Claim, alike, leverage
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project

claims = st.lists(
    st.builds(
        Claim,
        st.integers(1, 3),
        st.integers(1, 4),
        st.sampled_from(("", "ocop", "science")),
        st.integers(2018, 2026),
        st.sampled_from(("may say mien dong", "say mien", "nhan hieu", "dang ky nhan hieu", "")),
    ),
    max_size=8,
)


@given(claims)
def test_a_pair_is_of_one_firm_two_programmes_two_projects_and_few_years(found):
    for pair in alike(found):
        first, second = pair.first, pair.second
        assert first.establishment == second.establishment
        assert first.programme != second.programme
        assert first.project != second.project
        assert 0 <= second.year - first.year <= YEARS
    assert alike(found) == alike(list(reversed(found)))


def test_the_same_thing_in_other_words_is_found_and_another_thing_is_not():
    def said(words, programme, project):
        return Claim(1, project, programme, 2024, fold(words))

    same = alike([said("Hỗ trợ máy sấy miến dong", "", 1), said("Máy sấy miến dong", "ocop", 2)])
    assert len(same) == 1
    assert not alike([said("Hỗ trợ máy sấy miến dong", "", 1), said("Xây dựng nhãn hiệu", "ocop", 2)])
    assert leverage(0, 5) is None
    assert leverage(2, 5) == 2.5


@pytest.mark.django_db
def test_sums_and_warnings_of_the_province(officer, commune_officer, commune, other_commune):
    firm = make_establishment(commune)
    first = make_project(
        firm, code="DA-1", year=2022, state="monitored", title="Hỗ trợ máy sấy miến dong tại Cơ sở miến dong thử"
    )
    second = make_project(firm, code="DA-2", year=2024, state="monitored", title="Xây dựng nhãn hiệu")
    make_project(make_establishment(other_commune, "Khác", "THU-2"), code="DA-3", year=2024, state="monitored")
    BlendedFunding.objects.create(project=second, programme_id="ocop", name="Máy sấy miến dong", amount=50_000_000)
    Project.objects.filter(pk=second.pk).update(blended=50_000_000, total_cost=second.total_cost + 50_000_000)
    found = counted(officer)
    rows, together, everything = shares(found)
    ocop = next(one for one in rows if one.programme.code == "ocop")
    assert (ocop.projects, ocop.blended, ocop.support) == (1, 50_000_000, second.support_amount)
    assert together.leverage == pytest.approx(2.5)
    assert everything.projects == 3
    (twice,), compared = double_funding(found)
    assert (twice.establishment, twice.first, twice.second) == (firm, first, second)
    assert compared == 4
    assert len(counted(commune_officer)) == 2, "within one's reach"


@pytest.mark.django_db
def test_the_page_says_what_it_compared(officer_client):
    page = officer_client.get("/plan/programmes/").content.decode()
    assert "Đã so 0 khoản hỗ trợ" in page
    assert "chưa xác minh" in page
