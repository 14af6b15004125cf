"""What fellow members show of their own cards went on applying by itself for everybody."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def _go_on(apps: Any, _schema_editor: Any) -> None:
    for member in apps.get_model("accounts", "Member").objects.all():
        member.applied_kinds = list(dict.fromkeys([*member.applied_kinds, "member"]))
        member.save(update_fields=["applied_kinds"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_applied_kinds")]
    operations = [migrations.RunPython(_go_on, migrations.RunPython.noop)]
