"""Addresses under an establishment that lead into this room."""

from django.urls import path

from khuyencong.projects.survey import views as survey

app_name = "surveys"
urlpatterns = [path("<number:pk>/survey/", survey.add, name="add")]
