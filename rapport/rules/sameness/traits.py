"""What of a card tells who it is: the only part of a card that recognition looks at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from rapport.rules.card import Card
from rapport.rules.profiles import is_professional, normalised
from rapport.rules.sameness.hints import hinted
from rapport.rules.sameness.names import Name, name_of
from rapport.rules.sameness.script import latin
from rapport.rules.sameness.words import listed

_WORDS = re.compile(r"[^\W_]+")
_SHORTEST_PHONE, _PHONE_COMPARED = 7, 9
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "ne", "or", "gob", "gouv"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a card.

    `mails` are addresses in small letters, role mailboxes left out. `phones` are the last nine digits of each
    number, with its extension: enough to be the same with and without the country's code. `profiles` are
    addresses of profiles on the professional network, in one spelling. `employers` are names of organisations
    without legal form, and the domains' names of their mailboxes. `title` holds the words of the job title,
    `born` the digits of the birthday. `organisation` is as written, to be shown.
    """

    name: Name
    mails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    born: str = ""
    organisation: str = ""

    @property
    def domains(self) -> dict[str, set[str]]:
        """The mailboxes at each company, by its domain."""
        found: dict[str, set[str]] = {}
        for mail in self.mails:
            local, _, domain = mail.rpartition("@")
            if domain not in listed("free_mail"):
                found.setdefault(domain, set()).add(local)
        return found


def traits(card: Card, country: str = "") -> Traits:
    """Give what recognition compares; `country` (ISO 3166) is where numbers without a country's code are dialled."""
    mails = frozenset(mail for mail in map(_mail, card.emails) if mail)
    organisation = card.organisation
    profiles = frozenset(normalised(url) for url in card.urls if is_professional(url))
    stated_name = "" if card.name == organisation else card.name
    name = name_of(stated_name, card.given_name, card.family_name)
    return Traits(
        name=hinted(name, [*sorted(mails), *sorted(profiles)]),
        mails=mails,
        phones=phones_of(card, country),
        profiles=profiles,
        employers=_employers(organisation, mails),
        title=_title(card.title),
        born=_born(card),
        organisation=organisation,
    )


def phones_of(card: Card, country: str = "") -> frozenset[str]:
    """Give a card's telephones as they are compared (`Traits.phones`); `country` as for `traits`."""
    stated = card.addresses[0].country if card.every("ADR") and card.addresses else ""
    phones = (_phone(phone, stated or country) for phone in card.phones)
    return frozenset(phone for phone in phones if phone)


@lru_cache(maxsize=4096)
def _mail(written: str) -> str:
    """An address in small letters without "+tag"; a role's mailbox is nobody's."""
    local, _, domain = written.strip().lower().rpartition("@")
    local = local.partition("+")[0]
    if not local or not domain or local in listed("role_mailboxes"):
        return ""
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


@lru_cache(maxsize=4096)
def _phone(written: str, country: str) -> str:
    try:
        number = phonenumbers.parse(written, country.upper() or None)
        digits, extension = str(number.national_number), number.extension or ""
    except phonenumbers.NumberParseException:
        digits, extension = re.sub(r"\D", "", written).lstrip("0"), ""
    if len(digits) < _SHORTEST_PHONE:
        return ""
    return digits[-_PHONE_COMPARED:] + (f"x{extension}" if extension else "")


def _employers(organisation: str, mails: Iterable[str]) -> frozenset[str]:
    found = {company(organisation)}
    for mail in mails:
        domain = mail.rpartition("@")[2]
        if domain not in listed("free_mail"):
            found.add(_label(domain))
    return frozenset(found - {""})


@lru_cache(maxsize=4096)
def company(name: str) -> str:
    """An organisation's name in one piece, without its legal form: Acme Corp. is acme."""
    words = [latin(word) for word in _WORDS.findall(name.replace(".", ""))]
    telling = [word for word in words if word not in listed("legal_forms")]
    return "".join(telling or words)[:80]


@lru_cache(maxsize=4096)
def _label(domain: str) -> str:
    """The part of a domain that names its owner: mail.acme.co.uk is acme."""
    labels = domain.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return re.sub(r"\W", "", labels[-1])[:80] if labels else ""


@lru_cache(maxsize=4096)
def _title(title: str) -> frozenset[str]:
    return frozenset(map(latin, _WORDS.findall(title))) - listed("title_words")


def _born(card: Card) -> str:
    for prop in card.every("BDAY"):
        digits = re.sub(r"\D", "", prop.text.partition("T")[0])
        if len(digits) == 8:  # noqa: PLR2004  (year, month and day: less may be anybody's)
            return digits
    return ""
