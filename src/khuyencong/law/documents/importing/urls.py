from django.urls import path

from khuyencong.law.documents.importing import views

urlpatterns = [
    path("import/", views.start, name="document_import"),
    path("import/<uuid:pk>/", views.review, name="document_import_review"),
    path("import/<uuid:pk>/discard/", views.discard, name="document_import_discard"),
]
