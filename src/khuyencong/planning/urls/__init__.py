"""Addresses of the room, under ``plan/``."""

from khuyencong.planning.urls import periods, plans

app_name = "planning"
urlpatterns = [*plans.urlpatterns, *periods.urlpatterns]
