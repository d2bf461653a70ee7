"""The card offers every year without a result for entry, to those who may enter."""

import pytest

from khuyencong.core import clock
from tests.factories.establishments import make_establishment, make_result

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def results_tab(commune):
    establishment = make_establishment(commune)
    for year in (2020, 2022):
        make_result(establishment, year)
    return f"/establishments/{establishment.pk}/", f"/establishments/{establishment.pk}/?tab=results"


def test_gaps_and_the_year_before_the_first_are_links_to_the_form(officer_client, results_tab):
    card, tab = results_tab
    page = officer_client.get(tab).content.decode()
    last = clock.today().year - 1
    for year in (2019, 2021, *range(2023, last + 1)):
        assert f'<a class="chip" href="{card}results/{year}/">' in page
        assert officer_client.get(f"{card}results/{year}/").status_code == 200
    for year in (2018, 2020, 2022, last + 1):
        assert f'<a class="chip" href="{card}results/{year}/">' not in page


def test_a_viewer_is_offered_nothing(client, person, province, results_tab):
    client.force_login(person("viewer", province))
    page = client.get(results_tab[1]).content.decode()
    assert "2020" in page
    assert "/results/" not in page


def test_without_gaps_nothing_is_offered(officer_client, commune):
    last = clock.today().year - 1
    establishment = make_establishment(commune, founded=last)
    make_result(establishment, last)
    page = officer_client.get(f"/establishments/{establishment.pk}/?tab=results").content.decode()
    assert "Năm chưa có kết quả" not in page
