"""Moments come from the one clock; the tables stay as they are."""

import khuyencong.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_macro'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='importbatch',
                    name='created_at',
                    field=models.DateTimeField(default=khuyencong.core.clock.now, editable=False),
                ),
            ],
        ),
    ]
