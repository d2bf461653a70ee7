from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "khuyencong.imports"
    label = "imports"

    def ready(self) -> None:
        from khuyencong.imports import telling, tidying  # noqa: F401 they register themselves
