"""Moments come from the one clock; the tables stay as they are."""

import khuyencong.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_alter_rolegrant_role'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='user',
                    name='date_joined',
                    field=models.DateTimeField(default=khuyencong.core.clock.now, verbose_name='date joined'),
                ),
            ],
        ),
    ]
