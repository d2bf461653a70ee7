from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LawConfig(AppConfig):
    name = "khuyencong.law"
    label = "law"

    def ready(self) -> None:
        from khuyencong.core import history
        from khuyencong.law.documents import resting, search_index
        from khuyencong.law.eligibility import queries as eligibility
        from khuyencong.law.eligibility import wording as eligibility_wording
        from khuyencong.law.norms import queries as norms
        from khuyencong.law.review import queries as review

        resting.register("norms", norms.resting_on)
        resting.register("rules", eligibility.resting_on)
        resting.register("duties", review.resting_on)
        post_migrate.connect(search_index.mend_after_migration, sender=self)

        for model, name in (
            ("law.eligibilityrule", "values"),
            ("law.eligibilityrule", "contents"),
            ("law.prioritycriterion", "values"),
        ):
            history.tell(model, name, eligibility_wording.names)
