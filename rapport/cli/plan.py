"""`rapport plan`: files in, a follow-up plan for every person met out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db import transaction

from rapport.accounts.models import Address, Member
from rapport.cli import arguments, plan_json, plan_page
from rapport.cli.database import DatabaseUnusable, prepare_database, scratch_database
from rapport.cli.stating import WrongUse, state_facts
from rapport.followups.asking import advice_for
from rapport.intake.models import Batch
from rapport.intake.models.batch import whole
from rapport.intake.taking import take_in
from rapport.interviews.models import Interview
from rapport.journal.errors import NotAllowed
from rapport.people.models import Person
from rapport.rules.etiquette import Advice

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has to show: interviews with their plans, people met elsewhere with advice, and what was left."""

    member: Member
    school: str
    now: datetime
    interviews: tuple[Interview, ...]
    elsewhere: tuple[tuple[Person, Advice], ...]
    set_aside: list[dict[str, Any]]
    problems: list[dict[str, Any]]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport plan`."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="invitations, mails, cards, text; - reads standard input"
    )
    parser.add_argument(
        "--me",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="an e-mail address that is yours; remembered",
    )
    parser.add_argument("--zone", type=arguments.zone, default=None, help="your time zone; remembered")
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
            if parsed.dry_run:
                transaction.set_rollback(True)
    except (WrongUse, NotAllowed) as error:
        sys.stderr.write(f"rapport plan: {error}\n")
        return 2
    except DatabaseUnusable as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if parsed.json:
        document = plan_json.document(outcome)
        sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(plan_page.page(outcome))
    return 1 if outcome.problems else 0


def _plan(parsed: Namespace) -> Outcome:
    now = arguments.now_of(parsed.now)
    member = _me(parsed)
    problems: list[dict[str, Any]] = []
    batch = take_in(member, _opened(parsed.files, problems), at=now, school=parsed.school)
    interviews = _with_school(batch, member, parsed.school, now)
    state_facts(parsed.fact, interviews, batch.people(), by=member, at=now)
    interviews = whole({interview.pk for interview in interviews})
    met = {who.person_id for interview in interviews for who in interview.interviewers.all()}
    return Outcome(
        member=member,
        school=parsed.school or member.school,
        now=now,
        interviews=interviews,
        elsewhere=tuple(
            (person, advice_for(person, now)) for person in batch.people() if person.pk not in met
        ),
        set_aside=batch.set_aside,
        problems=problems + batch.problems,
    )


def _me(parsed: Namespace) -> Member:
    """The laptop's member, with what the line says of them."""
    member = Member.objects.of_this_laptop()
    before = (member.name, member.time_zone)
    for stated in parsed.me:
        name, address = parseaddr(stated)
        if "@" not in address:
            raise WrongUse(f"--me takes an e-mail address, not {stated!r}.")
        Address.objects.get_or_create(member=member, email=address.lower())
        member.name = member.name or name
    member.time_zone = parsed.zone or member.time_zone
    if (member.name, member.time_zone) != before:
        member.save(update_fields=["name", "time_zone"])
    return member


def _opened(names: list[str], problems: list[dict[str, Any]]) -> Iterator[tuple[str, BinaryIO]]:
    """Open one file after the other: a shell's `*.ics` may name more than a process may hold open."""
    for name in names:
        if name == "-":
            yield "standard input", sys.stdin.buffer
            continue
        try:
            with Path(name).open("rb") as stream:
                yield Path(name).name, stream
        except OSError as error:
            says = f"It cannot be opened ({error.strerror}). Check the name and that you may read it."
            problems.append({"file": name, "line": None, "says": says})


def _with_school(batch: Batch, member: Member, school: str, now: datetime) -> tuple[Interview, ...]:
    """Bring plans made earlier under the school named on the line, and into step with the moment."""
    interviews = batch.interviews()
    for interview in interviews:
        if school and interview.plan.school != school:
            interview.plan.follow(school, by=member, at=now)
        elif interview.plan.computed_at != now:
            interview.plan.recompute(now)
    return interviews
