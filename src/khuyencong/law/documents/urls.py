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
    path("editions/<number:pk>/", drafts.show, name="edition"),
    path("editions/<number:pk>/file/", documents.download, name="edition_file"),
    path("editions/<number:pk>/edit/", drafts.edit, name="edition_edit"),
    path("editions/<number:pk>/adopt/", drafts.adopt, name="edition_adopt"),
    path("editions/<number:pk>/discard/", drafts.discard, name="edition_discard"),
    path("editions/<number:pk>/verify/", drafts.verify, name="edition_verify"),
    path("editions/<number:pk>/provisions/", provisions.listing, name="edition_provisions"),
    path("editions/<number:pk>/provisions/add/", provisions.add, name="provision_add"),
    path("editions/<number:pk>/provisions/<number:provision>/", provisions.edit, name="provision_edit"),
    path("editions/<number:pk>/provisions/<number:provision>/amend/", provisions.amend, name="provision_amend"),
    path("editions/<number:pk>/provisions/<number:provision>/move/", provisions.move, name="provision_move"),
    path("editions/<number:pk>/provisions/<number:provision>/remove/", provisions.remove, name="provision_remove"),
    path("editions/<number:pk>/relations/", relations.listing, name="edition_relations"),
    path("editions/<number:pk>/relations/<number:relation>/", relations.edit, name="relation_edit"),
    path("editions/<number:pk>/relations/<number:relation>/remove/", relations.remove, name="relation_remove"),
]
