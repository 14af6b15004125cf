"""What of a card, and of the member's own words beside it, somebody is found by."""

from __future__ import annotations

from typing import NamedTuple

from rapport.rules.card import Card
from rapport.rules.finding.words import spread, words
from rapport.rules.sameness.script import latin

_LONGEST = 100_000
"""Letters of one person that can be found; a novel among the notes is found by its beginning."""

_ELSEWHERE = (
    "IMPP",
    "X-FORMER-JOB",
    "X-SKYPE",
    "X-JABBER",
    "RELATED",
    "TZ",
    "HOBBY",
    "EXPERTISE",
    "INTEREST",
)


class Document(NamedTuple):
    """Words as `spread` writes them: of the name, of organisations and titles, and of all else."""

    name: str
    work: str
    rest: str


def document(card: Card, *, name: str, beside: str = "") -> Document:
    """Give by what a card is found; `name` is what the person is called, `beside` what the member noted.

    A name in other letters is found by Latin ones as well, a telephone number by its digits in one piece.
    """
    names = words(" ".join([name, *_texts(card, "N", "NICKNAME")])[:_LONGEST])
    if not name.isascii():
        names += words(latin(name))
    numbers = ("".join(sign for sign in phone if sign.isdigit()) for phone in card.phones)
    rest = [*card.emails, *card.phones, *card.categories, *map(str, card.addresses), *card.urls]
    rest += [card.note, beside, *_texts(card, *_ELSEWHERE)]
    return Document(
        name=spread(dict.fromkeys(names)),
        work=spread(dict.fromkeys(words(" ".join(_texts(card, "ORG", "TITLE", "ROLE"))[:_LONGEST]))),
        rest=spread(dict.fromkeys([*words(" ".join(rest)[:_LONGEST]), *filter(None, numbers)])),
    )


def _texts(card: Card, *names: str) -> list[str]:
    return [prop.text for name in names for prop in card.every(name)]
