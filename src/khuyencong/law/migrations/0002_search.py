from django.db import migrations

from khuyencong.law.documents.search_index import install_in_migration, remove_in_migration


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial")]
    operations = [migrations.RunPython(install_in_migration, remove_in_migration)]
