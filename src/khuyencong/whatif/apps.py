from django.apps import AppConfig


class WhatIfConfig(AppConfig):
    name = "khuyencong.whatif"
    label = "whatif"
