from django.urls import path

from khuyencong.projects.programmes import views

app_name = "programmes"
urlpatterns = [path("programmes/", views.home, name="home")]
