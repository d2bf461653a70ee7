from django.urls import path

from khuyencong.law.dissemination.views import dispatches as dissemination
from khuyencong.law.dissemination.views import inbox

urlpatterns = [
    path("dissemination/", dissemination.overview, name="dissemination"),
    path("dissemination/send/", dissemination.send, name="send"),
    path("dissemination/unreached/", dissemination.unreached, name="unreached"),
    path("dissemination/unreached/download/", dissemination.download, name="unreached_download"),
    path("dissemination/<number:pk>/", dissemination.card, name="dispatch"),
    path("inbox/", inbox.listing, name="inbox"),
    path("inbox/<number:pk>/", inbox.reading, name="reading"),
    path("read/<uuid:token>/", inbox.read, name="read"),
]
