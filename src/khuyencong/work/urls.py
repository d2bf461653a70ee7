from django.urls import path

from khuyencong.work import long_work, views

app_name = "work"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("count/", views.count, name="count"),
    path("summary/", views.summary, name="summary"),
    path("long/", long_work.listing, name="long_work"),
    path("long/<uuid:pk>/stop/", long_work.stop, name="long_work_stop"),
    path("long/<uuid:pk>/again/", long_work.again, name="long_work_again"),
    path("hand-over/", views.hand_over, name="hand_over"),
]
