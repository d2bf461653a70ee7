from django.urls import path

from khuyencong.law.documents.views import documents, drafts, export, library, provisions, relations

urlpatterns = [
    path("", library.listing, name="library"),
    path("lookup/", library.lookup, name="document_lookup"),
    path("documents/add/", drafts.add, name="document_add"),
    path("documents/<slug:code>/", documents.card, name="document"),
    path("documents/<slug:code>/json/", export.as_json, name="document_json"),
    path("documents/<slug:code>/akn/", export.as_akoma, name="document_akn"),
    path("documents/<slug:code>/correct/", documents.correct, name="document_correct"),
    path("editions/<int:pk>/", drafts.show, name="edition"),
    path("editions/<int:pk>/file/", documents.download, name="edition_file"),
    path("editions/<int:pk>/edit/", drafts.edit, name="edition_edit"),
    path("editions/<int:pk>/adopt/", drafts.adopt, name="edition_adopt"),
    path("editions/<int:pk>/discard/", drafts.discard, name="edition_discard"),
    path("editions/<int:pk>/verify/", drafts.verify, name="edition_verify"),
    path("editions/<int:pk>/provisions/", provisions.listing, name="edition_provisions"),
    path("editions/<int:pk>/provisions/add/", provisions.add, name="provision_add"),
    path("editions/<int:pk>/provisions/<int:provision>/", provisions.edit, name="provision_edit"),
    path("editions/<int:pk>/provisions/<int:provision>/amend/", provisions.amend, name="provision_amend"),
    path("editions/<int:pk>/provisions/<int:provision>/move/", provisions.move, name="provision_move"),
    path("editions/<int:pk>/provisions/<int:provision>/remove/", provisions.remove, name="provision_remove"),
    path("editions/<int:pk>/relations/", relations.listing, name="edition_relations"),
    path("editions/<int:pk>/relations/<int:relation>/", relations.edit, name="relation_edit"),
    path("editions/<int:pk>/relations/<int:relation>/remove/", relations.remove, name="relation_remove"),
]
