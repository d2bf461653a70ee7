from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "khuyencong.imports"
    label = "imports"

    def ready(self) -> None:
        from khuyencong.imports import tidying  # noqa: F401 it registers itself
