from django.urls import path

from khuyencong.projects import views

app_name = "projects"
urlpatterns = [
    path("", views.listing, name="list"),
    path("download/", views.download, name="download"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/edit/", views.edit, name="edit"),
]
