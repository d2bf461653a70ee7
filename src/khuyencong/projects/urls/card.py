from django.urls import path

from khuyencong.projects.views import card

urlpatterns = [
    path("<int:pk>/", card.card, name="card"),
]
