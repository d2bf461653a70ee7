from django.urls import path

from khuyencong.law.documents.importing import views as importing
from khuyencong.law.documents.views import export

urlpatterns = [
    path("import/", importing.start, name="document_import"),
    path("import/<uuid:pk>/", importing.review, name="document_import_review"),
    path("import/<uuid:pk>/discard/", importing.discard, name="document_import_discard"),
    path("documents/<slug:code>/json/", export.as_json, name="document_json"),
    path("documents/<slug:code>/akn/", export.as_akoma, name="document_akn"),
]
