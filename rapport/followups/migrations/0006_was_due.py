"""A step knows when it was due, where its window has gone by and another is given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followups", "0005_contact_before")]

    operations = [
        migrations.AddField(model_name="step", name="was_due", field=models.DateTimeField(null=True)),
    ]
