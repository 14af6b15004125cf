"""Plain mails and pasted texts: an interview stated in prose, and the signature below it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from rapport.importers.attendees import Listed, once, sorted_out
from rapport.importers.dates import Stated, Unstated, stated
from rapport.importers.findings import FoundCard, LeftOut, Meeting, NotAnInterview, Participant, Place, Problem, Source
from rapport.importers.hosts import domain, is_company, is_scheduler, organisation, urls, video_url
from rapport.importers.judgement import speaks_of_interview
from rapport.importers.meetings import Letter, joined, me_of, profiled
from rapport.importers.names import address_in, is_name, is_same
from rapport.importers.phones import phone_in
from rapport.importers.prose import Mention, is_title, mentions, role_of
from rapport.importers.subject import job_in, kind_of, names_in, organisation_of
from rapport.importers.words import label_of, pattern
from rapport.rules.card import Card

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rapport.importers.findings import Finding, Reader

PROSE = "@prose.rapport.invalid"  # ends the UID of an interview that was read from sentences
_CLOSING = re.compile(
    r"^\s*(?:--\s*$|(?:best|kind|warm|many thanks|thanks|thank you|regards|cheers|sincerely|yours|all the best|looking forward|"
    r"mit freundlichen|viele gr|beste gr|liebe gr|freundliche gr|herzliche gr|cordialement|bien à vous|saludos|un saludo|cordiali saluti|atenciosamente|cumprimentos|met vriendelijke)\b[^\n]{0,40}$)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"^(?:On .{5,80} wrote:|Am .{5,80} schrieb.*:|Le .{5,80} a écrit\s*:|-{3,}.*(?:Original|Forwarded|Weitergeleitete).*-{3,}|From: .*|Von: .*)$", re.MULTILINE)
_PLACE = re.compile(r"^\s*(?:location|where|address|place|ort|adresse|lieu|lugar|luogo|local)\s*:\s*(?P<place>[^\n]{3,200})", re.IGNORECASE | re.MULTILINE)
_SIGNATURE_LINES = 10


def read_letter(  # noqa: PLR0913  (what a mail or a paste knows of itself)
    text: str, place: Place, reader: Reader, letter: Letter, *, title: str = "", written: datetime | None = None
) -> Iterator[Finding]:
    """Give the interview that a text states, or the sentence why there is none."""
    own = unquoted(text)
    if not speaks_of_interview(title, own or text, letter.hosts):
        yield NotAnInterview(title or _first_line(text), None, "Nothing in it speaks of an interview.", place)
        return
    why = label_of("false_friend", "why", title)
    if why:
        yield NotAnInterview(title, None, why, place)
        return
    when = stated(f"{own}\n", reader.time_zone, written)
    if isinstance(when, Unstated):
        whole = stated(f"{text}\n{title}", reader.time_zone, written)
        when = when if isinstance(whole, Unstated) else whole
    if isinstance(when, Unstated):
        says = f"“{title or _first_line(text)}” speaks of an interview, but not clearly when. {when.missing} Type in the date and time."
        yield Problem(place, says)
        return
    yield _meeting(text, place, reader, letter, title, when)


def _meeting(  # noqa: PLR0913  (as above)
    text: str, place: Place, reader: Reader, letter: Letter, title: str, when: Stated
) -> Meeting:
    listed = once((letter.sender,)) if letter.sender else ()
    me = me_of(reader, listed, letter)
    people: list[Participant] = []
    left: tuple[LeftOut, ...] = ()
    said = mentions(text, me.names)
    if letter.sender and not me.is_me(letter.sender):
        met, left = sorted_out(listed, me)
        # who writes the invitation is met only if the text says so, or nobody else is named
        named = [one for one in met if not said or any(is_same(one.name, mention.name) for mention in said)]
        people = [_as_sender(one, text) for one in named]
    for mention in said:
        people = joined(people, mention, Source.MAIL)
    companies = [one.address for one in listed if not me.is_me(one)]
    names = (*me.names, *(one.name for one in people))
    for name in names_in(title, me.names):
        people = joined(people, Mention(name), Source.SUMMARY)
    url = video_url(text)
    stated_place = _PLACE.search(text)
    location = stated_place["place"].strip() if stated_place else ""
    company = organisation_of(companies, title, text, names)
    heading = title or _heading(text, company)
    mark = hashlib.sha256(f"{when.starts.isoformat()} {company or heading}".encode()).hexdigest()[:24]
    return Meeting(
        uid=f"{mark}{PROSE}",
        title=heading,
        starts=when.starts,
        ends=when.ends,
        place=place,
        time_zone=when.zone,
        location=location,
        video_url=url,
        kind=kind_of(title, location, text, url),
        organisation=company,
        job_title=job_in(title, text),
        description=text[:20_000],
        cancelled=pattern("letters", "cancelled").search(f"{title}\n{text}") is not None,
        participants=profiled(people, text),
        left_out=left,
        me=next(iter(sorted(letter.recipients & me.addresses)), None),
        remarks=when.remarks,
    )


def unquoted(text: str) -> str:
    """Give what the writer said themself, without the mail they answer to."""
    match = _QUOTED.search(text)
    own = text[: match.start()] if match else text
    return "\n".join(line for line in own.splitlines() if not line.startswith(">")).strip()


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "A text")
    return line[:80]


def _heading(text: str, company: str | None) -> str:
    job = job_in("", text)
    about = f"Interview: {job}" if job else "Interview"
    return f"{about} at {company}" if company else about


def signature_of(text: str) -> str:
    """Give the block below the closing words ("Best regards"), or an empty text."""
    own = unquoted(text)
    closings = list(_CLOSING.finditer(own))
    if not closings:
        return ""
    lines = [line.strip() for line in own[closings[0].end() :].splitlines()]
    return "\n".join([line for line in lines if line][:_SIGNATURE_LINES])


def signature_card(text: str, sender: Listed | None, place: Place) -> FoundCard | None:
    """Make a card of a mail's signature: name, title, organisation and number; None when it says no more than the name."""
    lines = [line for line in signature_of(text).splitlines() if line.strip("-_= ")]
    if not lines:
        return None
    address = sender.address if sender else address_in("\n".join(lines))
    name, title, rest = _signed(lines, sender)
    phone = phone_in("\n".join(lines))
    if not name or not (title or phone) or is_scheduler(domain(address)):
        return None
    company = _signed_company(rest, title)
    if not company and is_company(domain(address)):
        company = organisation(domain(address), text)
    profile = next((url for url, host in urls("\n".join(lines)) if host.endswith("linkedin.com")), "")
    card = Card.of(name=name, email=address, phone=phone, title=title, organisation=company, url=profile)
    return FoundCard(card, place)


def _signed(lines: list[str], sender: Listed | None) -> tuple[str, str, list[str]]:
    """Give the name, the title, and the lines that are neither."""
    name = sender.name if sender and is_name(sender.name) else ""
    title = ""
    rest: list[str] = []
    for line in lines:
        first, *others = (part.strip() for part in re.split(r"\s*(?:[|•·,]|\s[–—-]\s)\s*", line))
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


def _signed_company(parts: list[str], title: str) -> str:
    """Give the organisation a signature names beyond doubt: by its legal form."""
    for part in parts:
        words = part.split()
        if 1 < len(words) <= 5 and part != title and pattern("letters", "legal_forms").search(words[-1]):  # noqa: PLR2004
            return part
    return ""


def _as_sender(one: Participant, text: str) -> Participant:
    lines = [line for line in signature_of(text).splitlines() if line]
    _, title, _ = _signed(lines, Listed(one.email or "", one.name))
    title = title or one.title or ""
    return Participant(one.name, one.email, title or None, role_of(title), phone=phone_in("\n".join(lines)) or None, source=Source.SIGNATURE if title else Source.MAIL, confirmed=False)
