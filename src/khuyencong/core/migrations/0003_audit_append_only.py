from django.db import migrations

from khuyencong.core.audit.guard import install_in_migration, remove_in_migration


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]
    operations = [migrations.RunPython(install_in_migration, remove_in_migration)]
