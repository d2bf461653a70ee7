from django.urls import path

from khuyencong.projects.overview.views import listing
from khuyencong.projects.results import views as results_due

urlpatterns = [
    path("", listing.listing, name="list"),
    path("results-due/", results_due.results_due, name="results_due"),
    path("board/", listing.board, name="board"),
    path("export/", listing.export, name="export"),
]
