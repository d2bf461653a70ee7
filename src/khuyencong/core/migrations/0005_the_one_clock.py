"""Moments come from the one clock; the tables stay as they are."""

import khuyencong.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_formdraft'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='formdraft',
                    name='saved_at',
                    field=models.DateTimeField(default=khuyencong.core.clock.now, editable=False),
                ),
                migrations.AlterField(
                    model_name='job',
                    name='started',
                    field=models.DateTimeField(default=khuyencong.core.clock.now, editable=False),
                ),
            ],
        ),
    ]
