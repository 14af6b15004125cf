from django.db import migrations


class Migration(migrations.Migration):
    """Match keys have another form from here on: everybody's are due to be written again, by the worker."""

    dependencies = [
        ('people', '0010_recognising'),
    ]

    operations = [
        migrations.RunSQL('UPDATE people_person SET recognised = 0', migrations.RunSQL.noop),
    ]
