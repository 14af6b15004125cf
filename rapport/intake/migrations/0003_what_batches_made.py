"""Rows that a batch made are kept by some hundred, by their prints, and no longer each with all its columns."""

from itertools import groupby

import django.db.models.deletion
from django.db import migrations, models

from rapport.intake.ledger import print_of
from rapport.rows import in_parts


def gather(apps, schema_editor):
    """Let `Made` hold what `Change` held of new rows."""
    Change, Made = apps.get_model("intake", "Change"), apps.get_model("intake", "Made")
    made = Change.objects.filter(before__isnull=True).order_by("batch", "kind", "pk")
    for (batch, kind), changes in groupby(made.iterator(), key=lambda change: (change.batch_id, change.kind)):
        for part in in_parts(list(changes)):
            columns = list(part[0].after)
            prints = {change.key: print_of([change.after.get(name) for name in columns]) for change in part}
            Made.objects.create(batch_id=batch, kind=kind, columns=columns, prints=prints)
    made.delete()


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_tally")]

    operations = [
        migrations.CreateModel(
            name="Made",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=64)),
                ("columns", models.JSONField()),
                ("prints", models.JSONField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="made", to="intake.batch"
                    ),
                ),
            ],
            options={"verbose_name_plural": "made"},
        ),
        migrations.RunPython(gather, migrations.RunPython.noop),
    ]
