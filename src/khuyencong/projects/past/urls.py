from django.urls import path

from khuyencong.projects.past import views as past

urlpatterns = [
    path("add/", past.add, name="add"),
    path("<number:pk>/edit/", past.edit, name="edit"),
]
