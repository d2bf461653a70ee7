from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0007_letters_are_ordered")]

    operations = [
        migrations.AddIndex(
            "Project", models.Index(fields=["-accepted_year", "code", "search"], name="project_search")
        ),
    ]
