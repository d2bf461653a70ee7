from django.urls import path

from khuyencong.establishments import views

app_name = "establishments"
urlpatterns = [path("", views.listing, name="list")]
