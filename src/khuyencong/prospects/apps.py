from django.apps import AppConfig


class ProspectsConfig(AppConfig):
    name = "khuyencong.prospects"
    label = "prospects"
