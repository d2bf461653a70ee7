from django.urls import path

from khuyencong.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan, name="plan"),
    path("plan/<number:pk>/approve/", views.approve, name="approve"),
    path("visits/<number:pk>/", views.visit, name="visit"),
    path("visits/<number:pk>/schedule/", views.schedule, name="schedule"),
    path("visits/<number:pk>/photo/", views.photo_add, name="photo_add"),
    path("visits/<number:pk>/photo/<number:photo>/", views.photo, name="photo"),
    path("visits/<number:pk>/photo/<number:photo>/original/", views.original, name="photo_original"),
    path("visits/<number:pk>/finding/", views.finding_add, name="finding_add"),
    path("findings/<number:pk>/", views.finding, name="finding"),
    path("projects/<number:pk>/", views.project, name="project"),
    path("projects/<number:project>/add/", views.add, name="add"),
]
