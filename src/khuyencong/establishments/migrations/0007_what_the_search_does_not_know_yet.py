import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("establishments", "0006_standings_for_the_rules")]

    operations = [
        migrations.CreateModel(
            name="Unsearched",
            fields=[
                (
                    "establishment",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="establishments.establishment",
                    ),
                ),
                ("known", models.BooleanField()),
                ("search", models.TextField()),
                ("contact_search", models.TextField()),
            ],
            options={"abstract": False},
        ),
    ]
