"""The letter of a step: the member's card above, the person's address, the note's words between."""

from __future__ import annotations

from datetime import date, datetime

from rapport.followups.models import Step
from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.rules.card.reach import professional
from rapport.rules.letter import Letter, Party, letter_of


def sender_of(step: Step) -> Party:
    """Give the member as their letters name them."""
    return Party.of(step.plan.member.own_card)


def recipient_of(step: Step) -> Party:
    """Give the person as an envelope names them: at work, since a home is not chosen by itself."""
    return Party.of(professional(Card.parse(step.person.card)))


def letter_for(step: Step, day: date) -> Letter:
    """Give the letter with the note's words, dated `day`; without a note it has no words."""
    text = step.note.text if step.note else ""
    return letter_of(text, sender=sender_of(step), recipient=recipient_of(step), day=day)


def letter_in_the_post(person: Person, at: datetime) -> Step | None:
    """Give the step whose letter to the person is on its way at a moment."""
    posted = Step.objects.filter(person=person, posted_at__isnull=False, arrives__gt=at)
    return posted.order_by("arrives").last()
