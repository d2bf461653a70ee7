"""Addresses of the room, under ``plan/``."""

from django.urls import path

from khuyencong.planning.views import adjustments, goals, lines, periods, plans

app_name = "planning"
urlpatterns = [
    path("", plans.listing, name="lines"),
    path("new/", plans.add, name="add"),
    path("<year:year>/", plans.plan, name="plan"),
    path("<year:year>/edit/", plans.edit, name="edit"),
    path("<year:year>/versions/<number:number>/", plans.version, name="version"),
    path("<year:year>/lines/add/", lines.line, name="line_add"),
    path("lines/<number:pk>/", lines.line, name="line"),
    path("lines/<number:pk>/remove/", lines.remove, name="line_remove"),
    path("<year:year>/goals/add/", goals.add, name="goal_add"),
    path("goals/<number:pk>/", goals.edit, name="goal"),
    path("goals/<number:pk>/remove/", goals.remove, name="goal_remove"),
    path("<year:year>/adjustments/add/", adjustments.edit, name="adjustment_add"),
    path("adjustments/<number:pk>/", adjustments.adjustment, name="adjustment"),
    path("adjustments/<number:pk>/edit/", adjustments.edit, name="adjustment_edit"),
    path("adjustments/<number:pk>/discard/", adjustments.discard, name="adjustment_discard"),
    path("periods/", periods.listing, name="periods"),
    path("periods/add/", periods.edit, name="period_add"),
    path("periods/<number:pk>/", periods.period, name="period"),
    path("periods/<number:pk>/edit/", periods.edit, name="period_edit"),
    path("periods/<number:pk>/adjust/", periods.adjust, name="period_adjust"),
    path("periods/<number:pk>/adopt/", periods.adopt, name="period_adopt"),
    path("periods/<number:pk>/goals/add/", goals.add_to_period, name="period_goal_add"),
]
