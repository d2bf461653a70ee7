from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "khuyencong.law"
    label = "law"
