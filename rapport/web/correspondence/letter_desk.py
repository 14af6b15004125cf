"""What a letter's pages show: from whom and to whom, on which paper, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from rapport.followups.letters import letter_for, recipient_of, sender_of
from rapport.rules.countries import country_names
from rapport.rules.letter import (
    CARDS,
    ENVELOPES,
    PAPERS,
    ByHand,
    Letter,
    Party,
    by_hand,
    doubts_about,
    envelope_of,
    paper_of,
    written_out,
)
from rapport.web.forms.postal import AddressNeededForm, written_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapport.accounts.models import Member
    from rapport.followups.models import Step


@dataclass
class Desk:
    """A letter's step on the desk; `chosen` is what the address of a page chooses: card, paper, size.

    A choice that is none falls back to what the member's country uses.
    """

    step: Step
    member: Member
    now: datetime
    chosen: Mapping[str, str]
    recipient_form: AddressNeededForm | None = None
    sender_form: AddressNeededForm | None = None

    papers = PAPERS
    envelopes = ENVELOPES
    cards = CARDS

    def __post_init__(self) -> None:
        if not self.recipient_form and not self.is_addressed:
            country = self.step.person.country or self.member.posts_from
            self.recipient_form = AddressNeededForm(prefix="to", initial=written_in(None, country))
        if not self.sender_form and not self.has_sender:
            self.sender_form = AddressNeededForm(prefix="from", initial=written_in(None, self.member.country))

    @cached_property
    def sender(self) -> Party:
        """The member."""
        return sender_of(self.step)

    @cached_property
    def recipient(self) -> Party:
        """The person."""
        return recipient_of(self.step)

    @property
    def is_addressed(self) -> bool:
        """Whether it is known where the letter goes."""
        return bool(str(self.recipient.address))

    @property
    def has_sender(self) -> bool:
        """Whether it is known where the letter comes from."""
        return bool(str(self.sender.address))

    @cached_property
    def to(self) -> tuple[str, ...]:
        """The lines of the recipient."""
        return self.recipient.block(self.sender)

    @cached_property
    def sent_from(self) -> tuple[str, ...]:
        """The lines of the sender."""
        return self.sender.block(self.recipient)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the recipient's address seems to lack."""
        return doubts_about(self.recipient.address) if self.is_addressed else ()

    @property
    def paper(self) -> str:
        """The paper chosen."""
        chosen = self.chosen.get("paper", "")
        return chosen if chosen in PAPERS else paper_of(self.member.posts_from)

    @property
    def size(self) -> str:
        """The envelope chosen."""
        chosen = self.chosen.get("size", "")
        return chosen if chosen in ENVELOPES else envelope_of(self.member.posts_from)

    @property
    def card(self) -> str:
        """The card to write on by hand."""
        chosen = self.chosen.get("card", "")
        return chosen if chosen in CARDS else "folded"

    @property
    def stock(self) -> str:
        """The card's name."""
        return CARDS[self.card].label

    @cached_property
    def letter(self) -> Letter:
        """The letter, dated today."""
        return letter_for(self.step, self.now.astimezone(self.member.zone).date())

    @cached_property
    def copy(self) -> ByHand:
        """The words as a hand breaks them on the card."""
        return by_hand(written_out(self.step.note.text if self.step.note else ""), CARDS[self.card])

    @property
    def destination(self) -> str:
        """The country that the letter goes to, in words; "" when not known."""
        return country_names().get(self.recipient.address.country, "")
