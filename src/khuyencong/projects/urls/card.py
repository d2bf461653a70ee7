from django.urls import path

from khuyencong.projects.views import card, step

urlpatterns = [
    path("<int:pk>/", card.card, name="card"),
    path("<int:pk>/steps/<slug:name>/", step.step, name="step"),
]
