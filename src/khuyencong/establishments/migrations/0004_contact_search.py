from django.db import migrations, models

from khuyencong.core.text import fold


def part(apps, schema_editor):
    """Owner and phone leave the search column that everyone may search in."""
    model = apps.get_model("establishments", "Establishment")
    for one in model.objects.iterator():
        one.search = fold(" ".join([one.name, one.code, one.tax_code, one.products]))
        one.contact_search = fold(f"{one.owner_name} {one.phone}")
        one.save(update_fields=["search", "contact_search"])


class Migration(migrations.Migration):
    dependencies = [("establishments", "0003_coordinates_both_or_none")]

    operations = [
        migrations.AddField("establishment", "contact_search", models.TextField(default="", editable=False)),
        migrations.RunPython(part, migrations.RunPython.noop),
    ]
