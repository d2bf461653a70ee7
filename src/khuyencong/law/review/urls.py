from django.urls import path

from khuyencong.law.review.views import duties
from khuyencong.law.review.views import findings as review

urlpatterns = [
    path("review/", review.overview, name="review"),
    path("review/report/", review.report, name="review_report"),
    path("review/items/add/", review.add_item, name="review_item_add"),
    path("review/items/<number:pk>/", review.item, name="review_item"),
    path("review/items/<number:pk>/edit/", review.edit_item, name="review_item_edit"),
    path("review/duties/", duties.listing, name="duties"),
    path("review/duties/add/", duties.add, name="duty_add"),
    path("review/duties/<number:pk>/", duties.card, name="duty"),
    path("review/duties/<number:pk>/edit/", duties.edit, name="duty_edit"),
]
