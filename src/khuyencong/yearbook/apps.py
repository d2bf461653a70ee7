from django.apps import AppConfig


class YearbookConfig(AppConfig):
    name = "khuyencong.yearbook"
    label = "yearbook"
