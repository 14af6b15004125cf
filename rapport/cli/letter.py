"""`rapport letter PERSON`: the words on the terminal, the letter and its envelope as PDF, the day it was posted."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rapport.accounts.models import Member
from rapport.cli import arguments
from rapport.cli.database import prepare_database
from rapport.cli.paper import Paper
from rapport.cli.stating import WrongUse
from rapport.followups import happenings
from rapport.followups.letters import letter_for, recipient_of, sender_of
from rapport.followups.models import Step
from rapport.gateways.typesetting import CannotBeSet, envelope_pdf, letter_pdf
from rapport.journal.errors import NeedsConfirmation, NotAllowed
from rapport.people.models import Person
from rapport.rules.letter import CARDS, ENVELOPES, PAPERS, by_hand, doubts_about, envelope_of, paper_of
from rapport.rules.moments import whole_day

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_LISTED = 12


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport letter`."""
    parser.add_argument(
        "to", metavar="PERSON|STEP", help="a part of a name or an address, or a step's number"
    )
    parser.add_argument("--pdf", metavar="FILE", help="write the letter, ready to sign")
    parser.add_argument("--paper", choices=PAPERS, help="its paper (default: what your country uses)")
    parser.add_argument("--envelope", metavar="FILE", help="write the envelope")
    parser.add_argument(
        "--size", choices=ENVELOPES, help="its size (default: what takes your paper folded in three)"
    )
    parser.add_argument(
        "--posted-on",
        type=arguments.day,
        metavar="DAY",
        help="it went into the post on that day, as 2026-11-23",
    )
    parser.add_argument(
        "--all-the-same",
        action="store_true",
        help="count it as posted although a rule stands against it, or its words were written before",
    )
    parser.add_argument("--not-posted", action="store_true", help="take back that it was posted")
    arguments.add_now(parser)


def run(parsed: Namespace) -> int:
    """Do what the line says, or print the words. Gives 0; 1 when it cannot be done; 2 for wrong use."""
    try:
        prepare_database()
        member = Member.objects.of_this_laptop()
        said = _done(parsed, _step(parsed.to, member), member, arguments.now_of(parsed.now))
    except WrongUse as error:
        sys.stderr.write(f"rapport letter: {error}\n")
        return 2
    except NeedsConfirmation as question:
        sys.stderr.write(f"{question}\nIf it went all the same, say so with --all-the-same.\n")
        return 1
    except (NotAllowed, CannotBeSet) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{error.filename} cannot be written ({error.strerror}). Name another file.\n")
        return 1
    sys.stdout.write(said)
    return 0


def _step(to: str, member: Member) -> Step:
    """Find the letter's step: the one of that number, or the latest to the only person it fits."""
    letters = Step.objects.seen_by(member).filter(channel="letter").with_all()
    if to.isdecimal():
        found = letters.filter(pk=int(to[:18])).first()
        if found is None:
            raise WrongUse(f"step {to} is no letter of yours. Name the person instead.")
        return found
    people = Person.objects.seen_by(member).named(to).order_by("name", "pk")
    fitting = list(people[: _LISTED + 1])
    if not fitting:
        raise WrongUse(f"nobody in your book is called {to!r}. `rapport plan` brings people in.")
    if len(fitting) > 1:
        raise WrongUse(
            f"{to!r} fits several people: {_listed(fitting)}. Say more of the name, or an address."
        )
    latest = letters.filter(person=fitting[0]).order_by("plan__interview__starts_at", "pk").last()
    if latest is None:
        raise WrongUse(f"there is no letter to {fitting[0]}: you met in no interview that Rapport knows of.")
    return latest


def _listed(people: list[Person]) -> str:
    named = [
        f"{one.presented} <{email.email}>" if (email := one.emails.first()) else one.presented
        for one in people
    ]
    return "; ".join(named[:_LISTED]) + ("; and more" if len(people) > _LISTED else "")


def _done(parsed: Namespace, step: Step, member: Member, now: datetime) -> str:
    sentences = []
    if parsed.pdf:
        paper = parsed.paper or paper_of(member.posts_from)
        letter = letter_for(_worded(step), now.astimezone(member.zone).date())
        Path(parsed.pdf).write_bytes(letter_pdf(letter, PAPERS[paper]))
        sentences.append(f"The letter to {step.person} is in {parsed.pdf} ({PAPERS[paper].label}).")
    if parsed.envelope:
        sentences.append(_envelope(parsed, step, member))
    if parsed.not_posted:
        happenings.unsent(step, by=member, at=now)
        sentences.append(f"Not posted after all: the letter to {step.person}.")
    if parsed.posted_on:
        confirmed = parsed.all_the_same
        happenings.sent(step, by=member, at=now, posted_on=parsed.posted_on, confirmed=confirmed)
        sentences.append(_posted(step, member))
    return "".join(f"{sentence}\n" for sentence in sentences) or _page(_worded(step), member)


def _worded(step: Step) -> Step:
    if step.note is None:
        raise NotAllowed(
            f"There are no words for a letter to {step.person}: the advice is {step.in_force!r}."
        )
    return step


def _envelope(parsed: Namespace, step: Step, member: Member) -> str:
    sender, recipient = sender_of(step), recipient_of(step)
    if not str(recipient.address):
        raise NotAllowed(
            f"There is no postal address of {step.person}. Add it on their page, or import their card."
        )
    size = parsed.size or envelope_of(member.posts_from)
    made = envelope_pdf(recipient.block(sender), sender.block(recipient), ENVELOPES[size])
    Path(parsed.envelope).write_bytes(made)
    from_nowhere = "" if str(sender.address) else " Your own address is not known; add it in the settings."
    doubts = "".join(f" {doubt}" for doubt in doubts_about(recipient.address))
    return f"The envelope is in {parsed.envelope} ({ENVELOPES[size].label}).{from_nowhere}{doubts}"


def _posted(step: Step, member: Member) -> str:
    posted, arrives = step.posted_at, step.arrives
    if posted is None or arrives is None:
        return f"{step}: done."
    return f"Posted on {whole_day(posted, member.zone)}; it arrives about {whole_day(arrives, member.zone)}."


def _page(step: Step, member: Member) -> str:
    """The words, the addresses, and whether a card holds them."""
    paper = Paper.of_terminal()
    sender, recipient = sender_of(step), recipient_of(step)
    if step.posted_at:
        paper.line(_posted(step, member), faint=True)
        paper.gap()
    for line in recipient.block(sender):
        paper.line(line)
    if not str(recipient.address):
        paper.line("(no postal address yet)", faint=True)
    paper.gap()
    text = step.note.text if step.note else ""
    paper.text(text)
    paper.gap()
    for stock in CARDS.values():
        copy = by_hand(text, stock)
        fits = "fits" if copy.fits else "does not fit"
        paper.line(
            f"{copy.words} words; {copy.lines} lines of {copy.room}: it {fits} on an {stock.label}.",
            faint=True,
        )
    return str(paper)
