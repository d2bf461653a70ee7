from django.urls import path

from khuyencong.projects.overview.views import card
from khuyencong.projects.steps import views as step

urlpatterns = [
    path("<int:pk>/", card.card, name="card"),
    path("<int:pk>/steps/<slug:name>/", step.step, name="step"),
]
