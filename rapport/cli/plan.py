"""`rapport plan`: files in, a follow-up plan for every person met out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from rapport.accounts.models import Member
from rapport.cli import arguments, plan_json, plan_page
from rapport.cli.bringing import add_me, member_of, opened
from rapport.cli.database import prepare_database, scratch_database
from rapport.cli.outcome import Outcome, Whole
from rapport.cli.stating import WrongUse, state_facts
from rapport.followups.asking import advice_for
from rapport.followups.models import Plan
from rapport.intake.taking import take_in
from rapport.interviews.models import Interviewer
from rapport.journal.errors import NotAllowed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport plan`."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="invitations, mails, cards, text; - reads standard input"
    )
    add_me(parser)
    parser.add_argument(
        "--school", default="", metavar="ID", help="the school that advises (default: the one you chose)"
    )
    parser.add_argument(
        "--fact",
        type=arguments.fact,
        action="append",
        default=[],
        metavar="[WHO:]NAME=VALUE",
        help="state a fact, of everybody or of whom WHO is a part of the name or address",
    )
    arguments.add_now(parser)
    parser.add_argument("--dry-run", action="store_true", help="save nothing")
    arguments.add_json(parser)


def run(parsed: Namespace) -> int:
    """Print the plan. Gives 0; 1 when some input could not be read, the rest being done; 2 for wrong use."""
    try:
        if parsed.dry_run:
            scratch_database()
        else:
            prepare_database()
        with transaction.atomic():
            outcome = _plan(parsed)
            text = _written(outcome, as_json=parsed.json)  # a dry run takes its rows back afterwards
            if parsed.dry_run:
                transaction.set_rollback(True)
    except (WrongUse, NotAllowed) as error:
        sys.stderr.write(f"rapport plan: {error}\n")
        return 2
    sys.stdout.writelines(text)
    return 1 if outcome.problems else 0


def _written(outcome: Outcome, *, as_json: bool) -> Iterable[str]:
    """Give the text in pieces; whatever is read from the database is read at once."""
    if as_json:
        document = plan_json.document(outcome)
        return chain(json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(document), "\n")
    return [plan_page.page(outcome)]


def _plan(parsed: Namespace) -> Outcome:
    now = arguments.now_of(parsed.now)
    member = member_of(parsed)
    problems: list[dict[str, Any]] = []
    batch = take_in(member, opened(parsed.files, problems), at=now, school=parsed.school)
    keys = batch.interview_keys()
    _with_school(keys, member, parsed.school, now)
    if parsed.fact:
        state_facts(parsed.fact, batch.interviews(), batch.people(), by=member, at=now)
    prefetch_related_objects(list(batch.people()), "emails", "statements")
    met = set(Interviewer.objects.filter(interview__in=keys).values_list("person", flat=True))
    elsewhere = [person for person in batch.people() if person.pk not in met]
    is_met = {person.pk: person.current_card.is_somebodys for person in elsewhere}
    return Outcome(
        member=member,
        school=parsed.school or member.school,
        now=now,
        interviews=Whole(keys),
        elsewhere=tuple((person, advice_for(person, now)) for person in elsewhere if is_met[person.pk]),
        set_aside=batch.set_aside
        + [_of_nobody(person.name) for person in elsewhere if not is_met[person.pk]],
        problems=problems + batch.problems,
        remarks=batch.remarks,
    )


def _of_nobody(name: str) -> dict[str, Any]:
    why = "This is a company's or a place's card, not a person's: it is kept, and gets no plan."
    return {"title": name, "starts": None, "why": why, "card": True}


def _with_school(keys: Iterable[int], member: Member, school: str, now: datetime) -> None:
    """Bring plans made earlier under the school named on the line, and into step with the moment."""
    for plan in Plan.objects.filter(interview__in=keys).select_related("interview", "member"):
        if school and plan.school != school:
            plan.follow(school, by=member, at=now)
        elif plan.computed_at != now:
            plan.recompute(now)
