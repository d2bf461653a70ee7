from django.urls import path

from khuyencong.projects import views

app_name = "projects"
urlpatterns = [path("", views.listing, name="list")]
