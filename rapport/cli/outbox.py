"""`rapport outbox`: the mails that wait, left, or came back."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from rapport.accounts.models import Member
from rapport.cli.arguments import add_json, utc
from rapport.cli.database import prepare_database
from rapport.correspondence.models import Delivery
from rapport.rules.delivery import ON_ITS_WAY
from rapport.rules.moments import moment_in_words

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_LAST = 50


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport outbox`."""
    parser.add_argument(
        "--all", action="store_true", help=f"everything, not only what waits and the last {_LAST}"
    )
    add_json(parser)


def run(arguments: Namespace) -> int:
    """Print a line a mail. Gives 0."""
    prepare_database()
    member = Member.objects.of_this_laptop()
    found = Delivery.objects.seen_by(member).defer("message").select_related("note__person")
    shown = list(found if arguments.all else found[:_LAST])
    if not arguments.all:
        listed = {delivery.pk for delivery in shown}
        shown += [delivery for delivery in found.filter(state__in=ON_ITS_WAY) if delivery.pk not in listed]
    if arguments.json:
        sys.stdout.write(
            json.dumps({"mails": [_as_json(one) for one in shown]}, ensure_ascii=False, indent=2) + "\n"
        )
    else:
        sys.stdout.writelines(f"{_line(one, member)}\n" for one in shown)
        if not shown:
            sys.stdout.write("Nothing was sent by mail yet.\n")
    return 0


def _line(delivery: Delivery, member: Member) -> str:
    state = delivery.get_state_display()
    when = delivery.due_at if delivery.is_waiting else delivery.sent_at
    at = f" {moment_in_words(when, timezone.now(), member.zone)}" if when else ""
    said = f" ({delivery.said})" if delivery.said and delivery.state != "sent" else ""
    return f"{state}{at}: {delivery.note.label} <{delivery.recipient}>{said}"


def _as_json(delivery: Delivery) -> dict[str, Any]:
    return {
        "message_id": delivery.message_id,
        "person": delivery.note.person.name,
        "recipient": delivery.recipient,
        "subject": delivery.note.subject,
        "state": delivery.state,
        "queued": utc(delivery.queued_at),
        "leaves": utc(delivery.due_at) if delivery.is_waiting else None,
        "sent": utc(delivery.sent_at),
        "attempts": delivery.attempts,
        "said": delivery.said,
    }
