"""What a field is called on the screen."""

from django.db import models


def label_of(model: type[models.Model], name: str) -> str:
    """The label of a column of the model, in the language of the reader."""
    return next(str(field.verbose_name) for field in model._meta.fields if field.name == name)
