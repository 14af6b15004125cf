"""The block below "Best regards": who writes, what they do, and where they can be reached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapport.importers.findings import FoundCard
from rapport.importers.people.listed import Listed
from rapport.importers.photographs.numbers import numbers_in
from rapport.importers.photographs.places import address_in as address_of
from rapport.importers.text.hosts import domain, is_company, is_scheduler, organisation, urls
from rapport.importers.text.names import address_in, is_name, is_name_word, is_same, key
from rapport.importers.text.phones import phone_in
from rapport.importers.text.prose import is_title
from rapport.importers.text.words import pattern
from rapport.rules.card import Card
from rapport.rules.card.places import ADDRESSES
from rapport.rules.card.reach import PHONES

if TYPE_CHECKING:
    from rapport.importers.findings import Place

_CLOSING = re.compile(
    r"^\s*(?:--\s*$|(?:best|kind|warm|regards|sincerely|yours|all the best|"
    r"mit freundlichen|(?:viele|beste|liebe|freundliche|herzliche|schöne) gr\w+|"
    r"cordialement|bien cordialement|bien à vous|salutations|saludos|un saludo|un cordial saludo|atentamente|"
    r"cordiali saluti|atenciosamente|cumprimentos|met vriendelijke)\b[^\n]{0,40}$)",
    re.IGNORECASE | re.MULTILINE,
)
# these open letters as often as they close them: only with a name below
_THANKS = re.compile(
    r"^\s*(?:many thanks|thanks|thank you|cheers|looking forward|merci|gracias|danke|vielen dank)\b[^\n]{0,40}\n"
    r"\s*(?P<name>(?-i:[^\W\d_a-z][\w.'’\-]*(?:[ ,][^\W\d_a-z][\w.'’\-]*){0,3}))\s*(?:[|,•–-].*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(
    r"^(?:On .{5,80} wrote:|Am .{5,80} schrieb.*:|Le .{5,80} a écrit\s*:|"
    r"-{3,}.*(?:Original|Forwarded|Weitergeleitete).*-{3,}|From: .*|Von: .*)$",
    re.MULTILINE,
)
# below an empty line a ruler begins what a program adds: how to join, what is confidential
_RULER = re.compile(r"\n[ \t]*\n[ \t]*[-_=~:*.─━]{10}")
_SIGNATURE_LINES = 10
_NEAR = 4  # lines of a signature among which the name and the title stand
_LONGEST_LINE = 80
_LONGEST_REACH = 200  # characters of a line that are searched for numbers and a street
_MOST_WORDS = 5  # of an organisation's name


def unquoted(text: str) -> str:
    """Give what the writer said themself, without the mail they answer to."""
    match = _QUOTED.search(text)
    own = text[: match.start()] if match else text
    return "\n".join(line for line in own.splitlines() if not line.startswith(">")).strip()


def without_heads(text: str) -> str:
    """Give a text without the lines that say who wrote what is quoted, and when."""
    return _QUOTED.sub("", text)


def signature_of(text: str) -> str:
    """Give the block below the closing words ("Best regards"), or an empty text."""
    lines = [line.strip() for line in _RULER.split(parted(text)[1], maxsplit=1)[0].splitlines()]
    return "\n".join([line for line in lines if line][:_SIGNATURE_LINES])


def parted(text: str) -> tuple[str, str]:
    """Give what the writer says and the block below it: after the closing words, else a last one that is a card.

    What they answer to stays with what they say.
    """
    own = unquoted(text)
    quoted = _QUOTED.search(text)
    rest = text[quoted.start() :] if quoted else ""
    begins = _closing_line(own)
    if begins is not None:
        end = (own + "\n").index("\n", begins)
        return f"{own[:begins]}\n{rest}".strip(), own[end:]
    body, gap, last = own.rpartition("\n\n")
    if gap and _is_card(last.splitlines()):
        return f"{body}\n\n{rest}".strip(), last
    return text, ""


def _closing_line(own: str) -> int | None:
    """Give where the line with the closing words begins."""
    firm = _CLOSING.search(own)
    if firm:
        return firm.end() - len(firm[0].lstrip())
    thanks = [match for match in _THANKS.finditer(own) if all(map(is_name_word, match["name"].split()))]
    last = next(reversed(thanks), None)
    if last is None or len(own[last.end() :].split("\n")) > _SIGNATURE_LINES:
        return None
    return last.end() - len(last[0].lstrip())


def _is_card(lines: list[str]) -> bool:
    """Say whether a few short lines are a name, what they do, and where they are reached."""
    if not 1 < len(lines) <= _SIGNATURE_LINES or max(map(len, lines)) > _LONGEST_LINE:
        return False
    block = "\n".join(lines)
    name, title, _ = signed(lines, None)
    is_first = bool(name) and lines[0].startswith(name)
    return is_first and bool(title) and bool(address_in(block) or phone_in(block))


def signature_card(text: str, sender: Listed | None, place: Place) -> FoundCard | None:
    """Make a card of a mail's signature; None when it says no more than the name."""
    lines = [line for line in signature_of(text).splitlines() if line.strip("-_= ")]
    if not lines:
        return None
    address = sender.address if sender else address_in("\n".join(lines))
    name, title, rest = signed(lines, sender)
    short = [line[:_LONGEST_REACH] for line in lines]
    phones = [phone for line in short for phone in numbers_in(line)[0]]
    if not name or not (title or phones) or is_scheduler(domain(address)):
        return None
    company = _signed_company(rest, title)
    if not company and is_company(domain(address)):
        company = organisation(domain(address), text)
    profile = next((url for url, host in urls("\n".join(lines)) if host.endswith("linkedin.com")), "")
    card = Card.of(name=name, email=address, title=title, organisation=company, url=profile)
    card = PHONES.edited(card, list(dict.fromkeys(phones)))
    where, _ = address_of(short)
    if where is not None and where.reaches:
        card = ADDRESSES.edited(card, [where])
    return FoundCard(card, place, met="online")


def signed(lines: list[str], sender: Listed | None) -> tuple[str, str, list[str]]:
    """Give the name, the title, and the lines that are neither."""
    name = sender.name if sender and is_name(sender.name) else ""
    title = ""
    rest: list[str] = []
    for line in lines:
        first, *others = (part.strip() for part in re.split(r"\s*(?:[|•·,]|\s[–—@-]\s)\s*", line))
        if not name and is_name(first):
            name = first
        elif name and is_same(first, name):
            pass
        else:
            others = [first, *others]
        for part in others:
            if not title and is_title(part) and not is_name(part):
                title = part
            elif part and not (name and is_same(part, name)):
                rest.append(part)
    return name, title, rest


def title_signed(lines: list[str], name: str) -> str:
    """Give the title below or beside a name in the lines of a signature; empty where the name is not in it."""
    known = key(name)
    for number, signs in enumerate(map(key, lines[:_NEAR])):
        if known and (known in signs or known.split()[0] == signs):
            return signed(lines[number : number + _NEAR], Listed("", name))[1]
    return ""


def _signed_company(parts: list[str], title: str) -> str:
    """Give the organisation a signature names beyond doubt: by its legal form."""
    for part in parts:
        words = part.split()
        if (
            1 < len(words) <= _MOST_WORDS
            and part != title
            and pattern("letters", "legal_forms").search(words[-1])
        ):
            # As `organisation` spells it, which cannot tell "Inc." from a sentence's end.
            return part.rstrip(".")
    return ""
