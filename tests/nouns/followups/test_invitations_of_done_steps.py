"""Steps done before invitations were rows of their own: the migration records what they stood for."""

from importlib import import_module

import pytest
from django.apps import apps

from rapport.followups.models import Step
from rapport.network.models import Invitation
from tests import world

pytestmark = pytest.mark.django_db


def test_a_done_invitation_becomes_a_row_once() -> None:
    world.interview()
    done = Step.objects.filter(person__name="Dana Lee", act="invite", channel="professional")
    done.update(state="done", settled_at=world.NOW)
    migration = import_module("rapport.followups.migrations.0003_invitations_of_done_steps")
    for _ in range(2):
        migration.record_invitations(apps, None)
    invitation = Invitation.objects.get()
    assert (invitation.person.name, invitation.state, invitation.sent_at) == ("Dana Lee", "sent", world.NOW)
    assert invitation.words == done.get().note.text  # type: ignore[union-attr]
