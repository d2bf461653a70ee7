from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("establishments", "0005_standings")]

    # What was there is worked out anew after the migrations (standings/laying.py), so the default is never seen.
    operations = [
        migrations.AddField("EstablishmentStanding", "legal_form", models.CharField(default="", max_length=20), preserve_default=False),
        migrations.AddField("EstablishmentStanding", "eligible_group_id", models.BigIntegerField(null=True)),
        migrations.AddField("EstablishmentStanding", "local_material", models.BooleanField(null=True)),
        migrations.AddField("EstablishmentStanding", "own_workers", models.IntegerField(null=True)),
        migrations.AddIndex(
            "EstablishmentStanding",
            models.Index(
                condition=models.Q(("active", True), ("first_supported", None)),
                fields=["province", "commune", "legal_form", "eligible_group_id", "under_way", "local_material", "own_workers", "workers_year", "workers", "export_year", "export_value", "revenue_year", "revenue", "folded_name", "establishment", "active", "first_supported"],
                name="standing_never_supported",
            ),
        ),
    ]
