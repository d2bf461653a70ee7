from django.urls import path

from khuyencong.projects.overview.views import card, listing

urlpatterns = [
    path("", listing.listing, name="list"),
    path("board/", listing.board, name="board"),
    path("export/", listing.export, name="export"),
    path("<number:pk>/", card.card, name="card"),
]
