from django.apps import AppConfig


class EstablishmentsConfig(AppConfig):
    name = "khuyencong.establishments"
    label = "establishments"
