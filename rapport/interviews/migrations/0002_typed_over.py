"""What the member typed over of an interview, beside what its invitation says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial")]

    operations = [
        migrations.AddField(model_name="interview", name="typed", field=models.JSONField(default=dict)),
    ]
