from django.urls import path

from khuyencong.projects.survey import views as survey

urlpatterns = [
    path("surveys/", survey.listing, name="surveys"),
    path("surveys/<number:pk>/", survey.card, name="survey"),
    path("surveys/<number:pk>/edit/", survey.edit, name="survey_edit"),
]
