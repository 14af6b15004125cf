"""Whether only a mail says, in sentences, when an interview is now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interviews", "0002_typed_over")]

    operations = [
        migrations.AddField(
            model_name="interview", name="moved_by_mail", field=models.BooleanField(default=False)
        ),
    ]
