"""What every command of the product is made of."""

from django.core.management.base import BaseCommand


class ProductCommand(BaseCommand):
    """A command that people wait for: Django's checks of the code, a second each time, are made by script/test."""

    requires_system_checks: list[str] = []
