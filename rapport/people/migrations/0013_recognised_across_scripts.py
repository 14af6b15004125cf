from django.db import migrations


class Migration(migrations.Migration):
    """Names of other scripts have further match keys: everybody's are due to be written again, by the worker."""

    dependencies = [
        ('people', '0012_days_and_trigrams'),
    ]

    operations = [
        migrations.RunSQL('UPDATE people_person SET recognised = 0', migrations.RunSQL.noop),
    ]
