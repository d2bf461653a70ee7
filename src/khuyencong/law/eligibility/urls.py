from django.urls import path

from khuyencong.law.eligibility.views import areas
from khuyencong.law.eligibility.views import rules as eligibility

urlpatterns = [
    path("eligibility/", eligibility.overview, name="eligibility"),
    path("eligibility/<str:sort>/add/", eligibility.add, name="rule_add"),
    path("eligibility/<str:sort>/<number:pk>/", eligibility.card, name="rule"),
    path("eligibility/<str:sort>/<number:pk>/edit/", eligibility.edit, name="rule_edit"),
    path("areas/", areas.listing, name="areas"),
    path("areas/add/", areas.add, name="areas_add"),
]
