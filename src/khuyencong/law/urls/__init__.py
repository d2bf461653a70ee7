"""Every address of the room, part by part."""

from khuyencong.law.urls import dissemination, documents, eligibility, norms, review

app_name = "law"
urlpatterns = [
    *documents.urlpatterns,
    *norms.urlpatterns,
    *eligibility.urlpatterns,
    *review.urlpatterns,
    *dissemination.urlpatterns,
]
