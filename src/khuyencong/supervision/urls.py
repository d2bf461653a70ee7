from django.urls import path

from khuyencong.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan, name="plan"),
    path("plan/<int:pk>/approve/", views.approve, name="approve"),
    path("visits/<int:pk>/", views.visit, name="visit"),
    path("visits/<int:pk>/schedule/", views.schedule, name="schedule"),
    path("visits/<int:pk>/photo/", views.photo_add, name="photo_add"),
    path("visits/<int:pk>/photo/<int:photo>/", views.photo, name="photo"),
    path("visits/<int:pk>/photo/<int:photo>/original/", views.original, name="photo_original"),
    path("visits/<int:pk>/finding/", views.finding_add, name="finding_add"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("projects/<int:pk>/", views.project, name="project"),
    path("projects/<int:project>/add/", views.add, name="add"),
]
