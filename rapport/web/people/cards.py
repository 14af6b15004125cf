"""A card as a page shows it: everything that is read of it, in the order in which one looks for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rapport.rules.card.days import DAYS, Day
from rapport.rules.card.jobs import JOBS, Job
from rapport.rules.card.places import ADDRESSES
from rapport.rules.card.reach import MAILS, PHONES, WEB_PAGES, Phone
from rapport.rules.profiles import is_professional

if TYPE_CHECKING:
    from rapport.people.models import EmailAddress
    from rapport.rules.card import Card, PostalAddress


@dataclass(frozen=True, slots=True)
class ShownMail:
    """An address with its sphere, and since when mail to it comes back."""

    address: str
    sphere: str
    bounced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the web; what is no web address is shown and leads nowhere."""

    address: str
    label: str

    @property
    def is_web(self) -> bool:
        """Whether a browser may go there."""
        return self.address.lower().startswith(("https://", "http://"))

    @property
    def word(self) -> str:
        """What it is."""
        return "Profile" if is_professional(self.address) else "Page"


@dataclass(frozen=True, slots=True)
class ShownCard:
    """What there is to read; `reader_country` decides how an address is written for the reader's post."""

    jobs: tuple[Job, ...]
    mails: tuple[ShownMail, ...]
    phones: tuple[Phone, ...]
    places: tuple[PostalAddress, ...]
    pages: tuple[ShownPage, ...]
    days: tuple[Day, ...]
    tags: tuple[str, ...]
    note: str
    reader_country: str

    @classmethod
    def of(cls, card: Card, reader_country: str, known: Collection[EmailAddress] = ()) -> ShownCard:
        """Read a card; `known` are the addresses of the person as rows, which tell the sphere and what came back."""
        rows = {address.email: address for address in known}
        return cls(
            jobs=tuple(JOBS.of(card)),
            mails=tuple(
                ShownMail(mail.address, row.sphere if row else mail.sphere, row.bounced_at if row else None)
                for mail in MAILS.of(card)
                for row in [rows.get(mail.address.lower())]
            ),
            phones=tuple(PHONES.of(card)),
            places=tuple(dict.fromkeys(ADDRESSES.of(card))),
            pages=tuple(ShownPage(page.address, page.label) for page in WEB_PAGES.of(card)),
            days=tuple(DAYS.of(card)),
            tags=card.categories,
            note=card.note,
            reader_country=reader_country,
        )
