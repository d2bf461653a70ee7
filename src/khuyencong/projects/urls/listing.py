from django.urls import path

from khuyencong.projects.views import listing

urlpatterns = [
    path("", listing.listing, name="list"),
    path("download/", listing.download, name="download"),
]
