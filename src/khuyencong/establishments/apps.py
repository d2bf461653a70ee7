from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class EstablishmentsConfig(AppConfig):
    name = "khuyencong.establishments"
    label = "establishments"

    def ready(self) -> None:
        from khuyencong.establishments.standings import laying

        pre_migrate.connect(laying.before_migration, sender=self)
        post_migrate.connect(laying.after_migration, sender=self)
