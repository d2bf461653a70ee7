from django.urls import path

from khuyencong.maps import views

app_name = "maps"
urlpatterns = [
    path("", views.province, name="province"),
    path("download.csv", views.province_csv, name="province_csv"),
    path("download.svg", views.province_svg, name="province_svg"),
    path("nation/", views.nation, name="nation"),
    path("nation/download.csv", views.nation_csv, name="nation_csv"),
    path("nation/download.svg", views.nation_svg, name="nation_svg"),
    path("<slug:code>/", views.commune, name="commune"),
]
