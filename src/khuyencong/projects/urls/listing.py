from django.urls import path

from khuyencong.projects.views import listing

urlpatterns = [
    path("", listing.listing, name="list"),
    path("board/", listing.board, name="board"),
    path("export/", listing.export, name="export"),
]
