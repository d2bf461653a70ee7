"""Addresses of the room, under ``plan/``."""

from django.urls import path

from khuyencong.planning.views import adjustments, goals, lines, periods, plans

app_name = "planning"
urlpatterns = [
    path("", plans.listing, name="lines"),
    path("new/", plans.add, name="add"),
    path("<int:year>/", plans.plan, name="plan"),
    path("<int:year>/edit/", plans.edit, name="edit"),
    path("<int:year>/versions/<int:number>/", plans.version, name="version"),
    path("<int:year>/lines/add/", lines.line, name="line_add"),
    path("lines/<int:pk>/", lines.line, name="line"),
    path("lines/<int:pk>/remove/", lines.remove, name="line_remove"),
    path("<int:year>/goals/add/", goals.add, name="goal_add"),
    path("goals/<int:pk>/", goals.edit, name="goal"),
    path("goals/<int:pk>/remove/", goals.remove, name="goal_remove"),
    path("<int:year>/adjustments/add/", adjustments.edit, name="adjustment_add"),
    path("adjustments/<int:pk>/", adjustments.adjustment, name="adjustment"),
    path("adjustments/<int:pk>/edit/", adjustments.edit, name="adjustment_edit"),
    path("adjustments/<int:pk>/discard/", adjustments.discard, name="adjustment_discard"),
    path("periods/", periods.listing, name="periods"),
    path("periods/add/", periods.edit, name="period_add"),
    path("periods/<int:pk>/", periods.period, name="period"),
    path("periods/<int:pk>/edit/", periods.edit, name="period_edit"),
    path("periods/<int:pk>/adjust/", periods.adjust, name="period_adjust"),
    path("periods/<int:pk>/adopt/", periods.adopt, name="period_adopt"),
    path("periods/<int:pk>/goals/add/", goals.add_to_period, name="period_goal_add"),
]
