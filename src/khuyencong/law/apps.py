from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "khuyencong.law"
    label = "law"

    def ready(self) -> None:
        from khuyencong.core import history
        from khuyencong.law import eligibility_wording

        for model, name in (
            ("law.eligibilityrule", "values"),
            ("law.eligibilityrule", "contents"),
            ("law.prioritycriterion", "values"),
        ):
            history.tell(model, name, eligibility_wording.names)
