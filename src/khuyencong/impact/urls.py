from django.urls import path

from khuyencong.impact import views

app_name = "impact"
urlpatterns = [path("", views.start, name="start")]
