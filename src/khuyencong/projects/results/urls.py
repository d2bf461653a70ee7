from django.urls import path

from khuyencong.projects.results import views

urlpatterns = [path("results-due/", views.results_due, name="results_due")]
