from django.urls import path

from khuyencong.work import views

app_name = "work"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("count/", views.count, name="count"),
    path("summary/", views.summary, name="summary"),
    path("hand-over/", views.hand_over, name="hand_over"),
]
