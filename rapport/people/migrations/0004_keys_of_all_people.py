"""People who were in a book before get their match keys."""

from django.db import migrations

from rapport.rules.card import Card
from rapport.rules.sameness import match_keys, traits

AT_ONCE = 500


def write_keys(apps, schema_editor):
    keys = apps.get_model("people", "MatchKey")
    people = apps.get_model("people", "Person").objects.order_by("pk")
    rows = []
    for person, member, country, card in people.values_list("pk", "member", "member__country", "card").iterator():
        told = traits(Card.parse(card) if card else Card(()), country)
        surname = told.name.sounds[:40]
        rows += [
            keys(member_id=member, person_id=person, key=key, surname=surname) for key in match_keys(told)
        ]
        if len(rows) >= AT_ONCE:
            keys.objects.bulk_create(rows)
            rows.clear()
    keys.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_match_keys")]
    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop, elidable=True)]
