from django.urls import path

from khuyencong.planning.views import goals, periods

urlpatterns = [
    path("periods/", periods.listing, name="periods"),
    path("periods/add/", periods.edit, name="period_add"),
    path("periods/<int:pk>/", periods.period, name="period"),
    path("periods/<int:pk>/edit/", periods.edit, name="period_edit"),
    path("periods/<int:pk>/adjust/", periods.adjust, name="period_adjust"),
    path("periods/<int:pk>/adopt/", periods.adopt, name="period_adopt"),
    path("periods/<int:pk>/goals/add/", goals.add_to_period, name="period_goal_add"),
]
