"""Every address of the room, part by part."""

from khuyencong.law.urls import dissemination, documents, eligibility, importing, norms, review

app_name = "law"
urlpatterns = [
    *documents.urlpatterns,
    *importing.urlpatterns,
    *norms.urlpatterns,
    *eligibility.urlpatterns,
    *review.urlpatterns,
    *dissemination.urlpatterns,
]
