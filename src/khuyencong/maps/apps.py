from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "khuyencong.maps"
    label = "maps"
