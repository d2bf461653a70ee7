"""The macro picture on the screen: figures with their sources, empty indicators, the programme apart."""

import csv
import io

import pytest
from django.test import Client

from khuyencong.yearbook.models import MacroFigure, MacroIndicator
from tests.factories.yearbook import make_macro_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader_client(person, province):
    """A browser session of a leader."""
    client = Client()
    client.force_login(person("leader", province))
    return client


def typed(**fields):
    indicator = MacroIndicator.objects.get(code="industry-share")
    return {"indicator": indicator.pk, "year": "2023", "value": "22,84", "source": "Niên giám thử, trang 9", **fields}


def test_the_picture_tells_figures_gaps_and_that_it_is_not_the_effect(officer_client):
    page = officer_client.get("/reports/macro/").content.decode()
    assert "1.526" in page and "scp.gov.vn" in page and "chưa xác minh" in page
    assert page.count("Chưa có số liệu năm nào.") == 3
    assert "không phải là tác động của chương trình" in page


def test_a_figure_is_entered_in_the_local_form_and_verified_by_a_leader(officer_client, leader_client):
    assert officer_client.post("/reports/macro/add/", typed()).url == "/reports/macro/"
    figure = MacroFigure.objects.get(indicator__code="industry-share")
    assert f"{figure.value}" == "22.84"
    page = leader_client.get("/reports/macro/").content.decode()
    assert f"/reports/macro/{figure.pk}/verify/" in page and "/reports/macro/add/" not in page
    leader_client.post(f"/reports/macro/{figure.pk}/verify/")
    figure.refresh_from_db()
    assert figure.verified
    assert "đã đối chiếu và xác minh" in officer_client.get(f"/reports/macro/{figure.pk}/").content.decode()


def test_a_refused_form_keeps_what_was_typed(officer_client):
    page = officer_client.post("/reports/macro/add/", typed(value="122,84")).content.decode()
    assert "Tỷ lệ không thể lớn hơn 100 %" in page and 'value="122,84"' in page
    page = officer_client.post("/reports/macro/add/", typed(source="")).content.decode()
    assert 'value="22,84"' in page
    assert MacroFigure.objects.count() == 4


def test_a_figure_is_corrected_and_a_stale_form_is_told(officer_client, province):
    figure = make_macro_figure(province, "industry-share", 2023)
    address = f"/reports/macro/{figure.pk}/"
    assert 'value="22,06"' in officer_client.get(address).content.decode()
    stale = officer_client.post(address, typed(version="old")).content.decode()
    assert "Người khác vừa lưu số liệu này" in stale and 'value="22,84"' in stale
    version = stale.split('name="version" value="')[1].split('"')[0]
    assert officer_client.post(address, typed(version=version)).status_code == 302
    figure.refresh_from_db()
    assert f"{figure.value}" == "22.84"


def test_plain_rows(officer_client):
    content = officer_client.get("/reports/macro/figures.csv").content.decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(content))
    assert head[:4] == ["Chỉ tiêu", "Đơn vị tính", "Năm", "Giá trị"]
    assert ["Cơ sở công nghiệp nông thôn", "cơ sở", "2009", "1526"] in [line[:4] for line in lines]
