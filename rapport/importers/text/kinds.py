"""How a meeting takes place: by phone, by video, on site, or unknown rather than a wrong certainty."""

from __future__ import annotations

import re

from rapport.importers.findings import Kind
from rapport.importers.text.hosts import video_url
from rapport.importers.text.phones import is_phone, phone_in
from rapport.importers.text.sentences import firm
from rapport.importers.text.subject import job_in, street_in
from rapport.importers.text.words import pattern

_LINK = re.compile(r"https?://\S+")
_PHYSICAL = re.compile(
    r"\d|,|\b(?:floor|street|str\.|straße|road|avenue|building|office|campus|hq|headquarters)\b",
    re.IGNORECASE,
)
_NOWHERE = re.compile(
    r"(?i)(?:online|remote|tbd|tbc|n/?a|web conference|"
    r"see (?:below|description).*|call|meeting|link.*|virtuell|en ligne)\W*",
)
_VIRTUAL = re.compile(r"virtual", re.IGNORECASE)
_CLAUSE = 80  # characters of it on either side of a phrase
_CLAUSE_ENDS = re.compile(
    r"[.,;:!?\n()]|\s[–—-]\s|\b(?:but|so|and|sondern|und|mais|et|sino|mas|ma|maar)\b", re.IGNORECASE
)
_CALL = re.compile(r"\bcall\b", re.IGNORECASE)


def kind_of(title: str, location: str, text: str, url: str, job: str | None = None) -> Kind:
    """Say how the meeting takes place, from what was written about it.

    `url` is a link to a video meeting, or empty; `job` the job's title, which says nothing about the meeting. The
    place and the title say it. Unknown where they contradict each other, and where a place and a link stand side by
    side. A link elsewhere says less, since calendars add one by themselves; kept in reserve it says nothing.
    "Onsite" in a title is the name of a stage as often as a place.
    """
    titled, here = _by_title(title), _by_location(location)
    is_onsite = Kind.ON_SITE in titled
    if here <= {Kind.ON_SITE} and (Kind.PHONE in titled or (here and is_onsite)):
        return _one_of(titled)
    stated = here | (titled - {Kind.ON_SITE})
    if stated and not (url and stated == {Kind.ON_SITE}):
        return _one_of(stated)
    said = text.replace(job, " ") if job else text
    said = firm(said) if url or _by_text(title, said) else said
    is_reserve = url in text and url not in said and url not in location
    by_text = _by_text(title, _LINK.sub(" ", said))
    if not url or is_reserve:
        return _one_of(stated or by_text | titled)
    if stated:
        return Kind.UNKNOWN
    return _by_link(by_text, is_onsite=is_onsite, is_written=url in text, said=said)


def _one_of(kinds: set[Kind]) -> Kind:
    return next(iter(kinds)) if len(kinds) == 1 else Kind.UNKNOWN


def _by_title(title: str) -> set[Kind]:
    """Give the kinds that a title names; a "Mobile Phone Engineer" is not met by phone for that."""
    kinds = _titled(title)
    job = job_in(title, "") if kinds else None
    return _titled(title.replace(job, " ")) if job else kinds


def _titled(title: str) -> set[Kind]:
    kinds = {
        kind
        for kind, words in ((Kind.PHONE, "phone_words"), (Kind.VIDEO, "video_words"))
        if pattern("places", words).search(title)
    }
    if pattern("places", "site_words").search(title) and not _VIRTUAL.search(title):
        kinds.add(Kind.ON_SITE)
    return kinds


def _by_location(location: str) -> set[Kind]:
    kinds = set[Kind]()
    if is_physical(location):
        kinds.add(Kind.ON_SITE)
    bare = _LINK.sub(" ", location)
    if video_url(location) or pattern("places", "video_words").search(bare):
        kinds.add(Kind.VIDEO)
    if is_phone(location) or pattern("places", "phone_words").search(bare):
        kinds.add(Kind.PHONE)
    return kinds


def _by_text(title: str, said: str) -> set[Kind]:
    """Give the kinds that phrases of a text state."""
    if _CALL.search(title) and phone_in(said):
        return {Kind.PHONE}
    return {
        kind
        for kind, words in (
            (Kind.PHONE, "phone_phrases"),
            (Kind.ON_SITE, "site_words"),
            (Kind.VIDEO, "video_phrases"),
        )
        if _states(said, words)
    }


def _states(text: str, words: str) -> bool:
    """Say whether a text states one of these phrases, in a clause that does not deny it."""
    denied = pattern("places", "denied")
    return any(
        not denied.search(_CLAUSE_ENDS.split(text[max(0, found.start() - _CLAUSE) : found.start()])[-1])
        and not denied.search(_CLAUSE_ENDS.split(text[found.end() : found.end() + _CLAUSE], maxsplit=1)[0])
        for found in pattern("places", words).finditer(text)
    )


def _by_link(by_text: set[Kind], *, is_onsite: bool, is_written: bool, said: str) -> Kind:
    """Give the kind where only a link beside the place and the title tells it.

    One that stands in the text was meant; one that the calendar alone holds gives way to what the text says.
    """
    if is_onsite:
        return Kind.UNKNOWN if Kind.ON_SITE in by_text or street_in(said) else Kind.VIDEO
    if is_written or not by_text or Kind.VIDEO in by_text:
        return Kind.VIDEO
    return Kind.PHONE if by_text == {Kind.PHONE} else Kind.UNKNOWN


def is_physical(location: str) -> bool:
    """Say whether a location is somewhere one can go: an address, a room."""
    bare = _LINK.sub(" ", location).strip(" ;,")
    bare = pattern("places", "video_words").sub(" ", bare).strip(" ;,")
    if not bare or is_phone(bare) or phone_in(bare) or pattern("places", "phone_words").search(bare):
        return False
    if _NOWHERE.fullmatch(bare):
        return False
    return (
        bool(_PHYSICAL.search(bare))
        or pattern("mailboxes", "room_names").search(bare) is not None
        or bare[0].isupper()
    )
