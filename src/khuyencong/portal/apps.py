from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "khuyencong.portal"
    label = "portal"
