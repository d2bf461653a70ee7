"""Small habits of our forms."""

from django import forms


def localized(form: forms.BaseForm, *names: str) -> None:
    """Let these number fields be read and shown in the local form: 1.250.000, 22,84."""
    for name in names:
        field = form.fields[name]
        field.localize = field.widget.is_localized = True
        field.widget.input_type = "text"  # a browser's number box refuses dots and commas
        field.widget.attrs["inputmode"] = "decimal" if isinstance(field, forms.FloatField) else "numeric"
