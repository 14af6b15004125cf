"""Invitations became rows of their own: those that a done step stood for are recorded as sent then."""

from django.db import migrations

NETWORKS = ("professional", "social", "microblog")


def record_invitations(apps, schema_editor):
    steps = apps.get_model("followups", "Step").objects
    invitations = apps.get_model("network", "Invitation").objects
    done = steps.filter(act__in=("invite", "follow"), channel__in=NETWORKS, state="done")
    seen = set(invitations.values_list("person", "channel"))
    for step in done.select_related("person", "note").order_by("settled_at", "pk").iterator():
        if (step.person_id, step.channel) not in seen:
            seen.add((step.person_id, step.channel))
            invitations.create(
                member_id=step.person.member_id,
                person=step.person,
                channel=step.channel,
                direction="sent",
                state="sent",
                sent_at=step.settled_at,
                words=step.note.text if step.note else "",
                source="hand",
                profile=step.person.profile,
            )


class Migration(migrations.Migration):
    dependencies = [("followups", "0002_step_posted_at"), ("network", "0001_invitations")]
    operations = [migrations.RunPython(record_invitations, migrations.RunPython.noop)]
