"""Every address of the room, part by part."""

from khuyencong.law.dissemination import urls as dissemination
from khuyencong.law.documents import urls as documents
from khuyencong.law.documents.importing import urls as importing
from khuyencong.law.eligibility import urls as eligibility
from khuyencong.law.norms import urls as norms
from khuyencong.law.review import urls as review
from khuyencong.law.updates import urls as updates

app_name = "law"
urlpatterns = [
    *documents.urlpatterns,
    *importing.urlpatterns,
    *norms.urlpatterns,
    *eligibility.urlpatterns,
    *review.urlpatterns,
    *dissemination.urlpatterns,
    *updates.urlpatterns,
]
