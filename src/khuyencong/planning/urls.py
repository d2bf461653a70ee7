from django.urls import path

from khuyencong.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.lines, name="lines"),
    path("add/", views.line, name="add"),
    path("<int:pk>/", views.line, name="line"),
]
