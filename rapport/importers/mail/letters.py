"""Plain mails and pasted texts: an interview stated in prose, and the signature below it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from rapport.importers.findings import (
    LeftOut,
    Meeting,
    NotAnInterview,
    Participant,
    Place,
    Problem,
    Source,
)
from rapport.importers.judgement import NOTHING, announces_somebody, speaks_of_interview
from rapport.importers.people.attendees import sorted_out
from rapport.importers.people.gathering import Letter, at_company, joined, me_of, people_in, profiled
from rapport.importers.people.listed import Listed, once
from rapport.importers.people.signatures import parted, signature_of, signed, unquoted, without_heads
from rapport.importers.text.dates.promises import day_in, pace_in, understood
from rapport.importers.text.dates.reading import Stated, Unstated, stated
from rapport.importers.text.dates.standing import is_titled_off
from rapport.importers.text.dates.zones import zone_of
from rapport.importers.text.hosts import domain, video_url
from rapport.importers.text.houses import is_house
from rapport.importers.text.kinds import kind_of
from rapport.importers.text.names import address_in, is_same
from rapport.importers.text.phones import phone_in
from rapport.importers.text.prose import Mention, role_of
from rapport.importers.text.subject import job_in, names_in, organisation_of, street_in
from rapport.importers.text.words import label_of, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rapport.importers.findings import Finding, Reader

PROSE = "@prose.rapport.invalid"  # ends the UID of an interview that was read from sentences
_TAKEN_FOR_ONE = "The text says whom you will meet and does not call it an interview; it is taken for one."
_WITH_ME = re.compile(
    r"\b(?:with|to|from|by|meet|meeting) (?:both )?(?:me|myself)\b|"
    r"\b(?:mit mir|avec moi|conmigo|comigo|con me)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^\s*(?:location|where|address|place|ort|adresse|lieu|lugar|luogo|local)\s*:\s*(?P<place>[^\n]{3,200})",
    re.IGNORECASE | re.MULTILINE,
)


def read_letter(
    text: str,
    place: Place,
    reader: Reader,
    letter: Letter,
    *,
    title: str = "",
    written: datetime | None = None,
    is_pasted: bool = False,
) -> Iterator[Finding]:
    """Give the interview that a text states, or the sentence why there is none.

    Of what the reader pasted (`is_pasted`) it is enough that it says whom they will meet.
    """
    own = unquoted(text)
    is_called_so = speaks_of_interview(title, own or text, letter.hosts)
    if not is_called_so and not (is_pasted and announces_somebody(own or text, reader.names)):
        yield NotAnInterview(title or _first_line(text), None, NOTHING, place)
        return
    why = label_of("false_friend", "why", title)
    if why:
        yield NotAnInterview(title, None, why, place)
        return
    when = stated(f"{own}\n", reader.time_zone, written, reader.at, title)
    if isinstance(when, Unstated) and not when.names_several:
        whole = stated(f"{without_heads(text)}\n{title}", reader.time_zone, written, reader.at)
        when = when if isinstance(whole, Unstated) else whole
    elif (
        isinstance(when, Stated)
        and when.moved
        and letter.sender
        and letter.sender.address in reader.addresses
    ):
        when = replace(when, moved=replace(when.moved, asks=True))  # it is for the others to agree
    if isinstance(when, Unstated):
        if why := _reason_without_day(own, when, written):
            yield NotAnInterview(title or _first_line(text), None, why, place)
            return
        what = "speaks of an interview" if is_called_so else "says whom you will meet"
        says = (
            f"“{title or _first_line(text)}” {what}, but not clearly when. "
            f"{when.missing} Type in the date and time."
        )
        yield Problem(place, says)
        return
    if not is_called_so:
        when = replace(when, remarks=(*when.remarks, _TAKEN_FOR_ONE))
    yield replace(_meeting(text, place, reader, letter, title, when), stamped=written)


def _reason_without_day(own: str, when: Unstated, written: datetime | None) -> str:
    """Give the sentence why a text without a day is no interview; empty where it should have named one."""
    if not when.names_no_day:
        return ""
    if written and when.is_left:
        return f"It speaks of an interview. {when.missing} Type the interview in once it is set."
    if pattern("letters", "refusals").search(own):
        return "It says no: there is no interview in it."
    # a mailbox is full of talk about interviews; who pastes a text means one
    return (
        "It speaks of an interview and names no day. Type the interview in once it is set." if written else ""
    )


def _meeting(text: str, place: Place, reader: Reader, letter: Letter, title: str, when: Stated) -> Meeting:
    listed = once((letter.sender,)) if letter.sender else ()
    me = me_of(reader, listed, letter)
    people: list[Participant] = []
    left: tuple[LeftOut, ...] = ()
    around = f"{title}\n{text}"
    signed_at = address_in(signature_of(text))
    hosts = letter.hosts | {domain(signed_at)}
    said = people_in(parted(text)[0], me, around, hosts)
    if letter.sender and not me.is_me(letter.sender):
        met, left = sorted_out(listed, me)
        # who writes the invitation is met only if the text says so, or nobody else is named
        meets = not said or _WITH_ME.search(unquoted(text)) is not None
        named = [one for one in met if meets or any(is_same(one.name, mention.name) for mention in said)]
        people = [_as_sender(one, text) for one in named]
    for mention in said:
        people = joined(people, mention, Source.MAIL, {one.name for one in said})
    companies = [one.address for one in listed if not me.is_me(one)] or [signed_at]
    names = (*me.names, *(one.name for one in people))
    for name in names_in(title, me.names):
        if not is_house(name, around, hosts):
            people = joined(people, Mention(name), Source.SUMMARY)
    url = video_url(text)
    stated_place = _PLACE.search(text)
    location = stated_place["place"].strip() if stated_place else street_in(parted(text)[0])
    promised = day_in(text, when.ends.astimezone(zone_of(when.zone or reader.time_zone) or UTC))
    company = organisation_of(companies, title, text, names)
    job = job_in(title, text)
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
        kind=kind_of(title, location, text, url, job),
        organisation=company,
        job_title=job,
        decision_pace=pace_in(text),
        reply_by=promised,
        moved=when.moved,
        description=text[:20_000],
        cancelled=when.called_off if when.called_off is not None else is_titled_off(title),
        participants=at_company(profiled(people, text, me.names), company),
        left_out=left,
        me=next(iter(sorted(letter.recipients & me.addresses)), None),
        remarks=when.remarks + understood(promised),
    )


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "A text")
    return line[:80]


def _heading(text: str, company: str | None) -> str:
    job = job_in("", text)
    about = f"Interview: {job}" if job else "Interview"
    return f"{about} at {company}" if company else about


def _as_sender(one: Participant, text: str) -> Participant:
    lines = signature_of(text).splitlines()
    _, title, _ = signed(lines, Listed(one.email or "", one.name))
    title = title or one.title or ""
    return replace(
        one,
        title=title or None,
        role=role_of(title),
        phone=phone_in("\n".join(lines)) or None,
        source=Source.SIGNATURE if title else Source.MAIL,
        confirmed=False,
    )
