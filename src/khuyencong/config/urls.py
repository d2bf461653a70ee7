"""Every address of the product. Each view declares who may open it (people/guard.py)."""

from allauth.account import views as account
from django.conf import settings
from django.urls import include, path, register_converter
from django.views.i18n import set_language

from khuyencong.core.addresses import NumberConverter, YearConverter

handler500 = "khuyencong.core.failures.failed"

register_converter(NumberConverter, "number")
register_converter(YearConverter, "year")

urlpatterns = [
    path("", include("khuyencong.portal.urls")),
    path("", include("khuyencong.work.front_urls")),
    path("", include("khuyencong.core.urls")),
    path("law/what-if/", include("khuyencong.whatif.urls")),
    path("law/", include("khuyencong.law.urls")),
    path("establishments/", include("khuyencong.establishments.urls")),
    path("establishments/", include("khuyencong.projects.eligibility.urls")),
    path("establishments/", include("khuyencong.projects.survey.urls_at_establishment")),
    path("import/", include("khuyencong.imports.urls")),
    path("reports/map/", include("khuyencong.maps.urls")),
    path("plan/", include("khuyencong.planning.urls")),
    path("plan/", include("khuyencong.projects.plan_lines.urls")),
    path("plan/", include("khuyencong.projects.programmes.urls")),
    path("plan/", include("khuyencong.reports.execution.urls")),
    path("projects/", include("khuyencong.projects.urls")),
    path("supervision/", include("khuyencong.supervision.urls")),
    path("people/", include("khuyencong.people.urls")),
    path("work/", include("khuyencong.work.urls")),
    path("reports/", include("khuyencong.reports.dashboard.urls")),
    path("reports/indicators/", include("khuyencong.indicators.urls")),
    path("reports/official/", include("khuyencong.reports.official.urls")),
    path("reports/next/", include("khuyencong.prospects.urls")),
    path("reports/macro/", include("khuyencong.yearbook.urls")),
    path("impact/", include("khuyencong.impact.urls")),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("language/", set_language, name="set_language"),
]

if settings.TOOLBAR:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()
