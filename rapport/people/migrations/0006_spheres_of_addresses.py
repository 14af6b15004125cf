"""Addresses that cards type as home are social from now on, and numbers and mails of business are chosen without them."""

from django.db import migrations

from rapport.rules.card import Card
from rapport.rules.card.reach import professional, sphere_of


def sort(apps, _schema_editor):
    """Read the spheres, and the number shown, anew from the cards that type anything as home."""
    people = apps.get_model("people", "Person").objects.filter(card__icontains="home").only("pk", "card", "phone")
    for person in people.iterator(chunk_size=500):
        card = Card.parse(person.card)
        for prop in card.every("EMAIL"):
            email = prop.text.strip().removeprefix("mailto:").lower()[:320]
            person.emails.filter(email=email).exclude(sphere=sphere_of(prop)).update(sphere=sphere_of(prop))
        phone = next(iter(professional(card).phones), "")[:64]
        if phone != person.phone:
            person.phone = phone
            person.save(update_fields=["phone"])


class Migration(migrations.Migration):
    dependencies = [("people", "0005_card_audiences")]

    operations = [migrations.RunPython(sort, migrations.RunPython.noop)]
