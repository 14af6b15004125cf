"""Who of those listed is nobody in particular: a room, a list, a shared mailbox, a program that takes notes.

Both name and address are looked at, since each alone misleads: "Paris Hilton" is a person, "Paris Louvre (8p)" a room;
sales.lee@ is somebody's address, eng-all@ a list's. Whoever may be either is kept, unconfirmed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rapport.importers.text.dates.zones import zone_of_city
from rapport.importers.text.hosts import domain, label
from rapport.importers.text.names import fits_address, folded, from_address, is_name
from rapport.importers.text.roles import names_somebody
from rapport.importers.text.words import glob, is_host_of, listed, pattern, table

if TYPE_CHECKING:
    from rapport.importers.people.listed import Listed

ROOM = "This looks like a room, not a person."
SHARED = "This is a shared mailbox or a list, not one person."
PROGRAM = "This is a program that takes notes, not a person."

_SEATS = (
    r"(?:p|pax|ppl|people|pers\.?|persons?|personen|personnes|personas|persone|pessoas|"
    r"seats?|plätze|places|plazas|posti|lugares)"
)
_CAPACITY = re.compile(
    rf"(?P<bare>[(\[]\s*\d{{1,3}}\s*[)\]])(?:\s*\[[^\]]*\])?$|[\s(\[]\d{{1,3}}\s*{_SEATS}\s*[)\]]?(?:\s*\[[^\]]*\])?$",
    re.IGNORECASE,
)
_STOREY = r"(?:floor|level|stock|etage|étage|planta|piso|piano|andar|verdieping)"
_FLOOR = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}\s?(?:st|nd|rd|th|er|e|è?me|º|ª|°|\.)?\s*(?:{_STOREY}|fl|og|ug)|{_STOREY}\s*\d{{1,2}})(?!\w)",
    re.IGNORECASE,
)
_BOUNDS = ";,|/()[]–—-•:"
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_DOMAIN = re.compile(r"(?:[\w\-]+\.)+[a-z]{2,}", re.IGNORECASE)
_LITTLE = frozenset({"and", "und", "et", "en", "of", "for", "fuer", "the", "voor"})
_SHORTEST = 3  # letters of a given name in an address that is taken for one


def reason(one: Listed, location: str) -> str:
    """Give the sentence why somebody listed is nobody in particular, or an empty text; `location` is the meeting's."""
    if _is_by_address(one, "rooms"):
        return ROOM
    if _is_by_address(one, "shared"):
        return SHARED
    if _is_plain(one, location):
        return ""
    if _is_room(one, location):
        return ROOM
    if _is_program(one):
        return PROGRAM
    return SHARED if is_shared(one) else ""


def taken_for(one: Listed, location: str) -> tuple[str, bool]:
    """Give the name in the address of somebody who is kept, where the display name is none, and whether it is sure.

    Unsure is who may be no person after all, or not by that name.
    """
    if _is_plain(one, location):
        return "", True
    return _name_by_address(one), not _is_doubtful(one, location)


def _is_doubtful(one: Listed, location: str) -> bool:
    words = _words(one.name)
    if not words:
        return False
    if _place(one, location):
        return len(words) == 1 or not _is_persons(one) or _is_whole(one, location)
    if words[0] in listed("mailboxes", "room_begins"):
        # rooms spell their names out in their addresses; people often shorten them
        return not _is_persons(one) or _letters(one) == "".join(words)
    if is_plausible(one):
        return _is_group(words)
    return not (_is_spelled(one) or _is_called(one)) and not _functions().isdisjoint(words)


def _name_by_address(one: Listed) -> str:
    """Give the name in an address whose display name tells only a department or a post, or an empty text."""
    if not _tells_function(one):
        return ""
    name, is_sure = from_address(one.address)
    words = _words(name)
    strangers = _functions() | listed("names", "never")
    fits = is_sure and len(words[0]) >= _SHORTEST and not any(word in strangers for word in words)
    return name if fits else ""


def is_plausible(one: Listed) -> bool:
    """Say whether a display name can be a person's full name, also one in small letters: "Risorse Umane" is none."""
    name = one.name.title() if one.name.islower() else one.name
    return is_name(name) and not _tells_function(one)


def is_shared(one: Listed) -> bool:
    """Say whether an address is read by nobody in particular: talent@, no-reply@, interviewers-platform@."""
    if _is_by_address(one, "shared"):
        return True
    words = _words(one.name)
    if _is_lists_address(one) and not any(word in words for word in _parts(one.local)):
        return True
    if not words or is_plausible(one):
        return False
    if _tells_function(one):
        return not (names_somebody(one.name) or _is_called(one) or _name_by_address(one))
    return _is_group(words)


def is_its_own_name(one: Listed) -> bool:
    """Say whether a shared mailbox is called by its address or its company: "Info Acme" of info@acme.example.

    No word of the name is then left that could be a person's.
    """
    company = folded(label(domain(one.address)))
    parts = _parts(one.local)
    return all(word in company or word in parts or word in _functions() for word in _words(one.name))


def _is_by_address(one: Listed, key: str) -> bool:
    return bool(one.local) and glob("mailboxes", key).fullmatch(one.local) is not None


def _is_plain(one: Listed, location: str) -> bool:
    """Say whether name and address agree and no word of theirs tells of anything but a person, as of most."""
    words = _words(one.name) if one.name else _parts(one.local)
    if len(words) == 1 or not _telling().isdisjoint(words) or _DIGIT.search(one.shown):
        return False
    if one.name and not fits_address(one.name, one.address):
        return False
    return not location or one.shown.casefold() not in location.casefold()


def _is_room(one: Listed, location: str) -> bool:
    """Say whether somebody listed is a room by name, or because the meeting takes place in it."""
    if not one.name:
        return False
    if not is_name(one.name) and pattern("mailboxes", "room_names").search(one.name):
        return True
    return _has_measures(one) or _is_where(one, location) or _begins_as_room(one)


def _has_measures(one: Listed) -> bool:
    """Say whether a name ends in a number of seats or names a floor, as no person's does who fits their address."""
    seats = _CAPACITY.search(one.shown)
    if seats and not seats["bare"]:
        return True
    return bool(seats or _FLOOR.search(one.shown)) and not _is_persons(one)


def _is_where(one: Listed, location: str) -> bool:
    """Say whether somebody listed is the place itself. A person's name may stand there, too: "Phone - Dana Lee"."""
    if not _place(one, location):
        return False
    if _is_whole(one, location):
        return not _is_persons(one)
    return len(_words(one.shown)) > 1 and not is_plausible(one)


def _place(one: Listed, location: str) -> str:
    """Give the name as it stands in the location, whole between its commas and dashes, or an empty text."""
    name, where = _spaced(one.shown), _spaced(location)
    before, found, after = where.partition(name) if name else ("", "", "")
    is_bounded = before.rstrip()[-1:] in _BOUNDS and after.lstrip()[:1] in _BOUNDS
    return found if is_bounded else ""


def _is_whole(one: Listed, location: str) -> bool:
    return _spaced(one.shown) == _spaced(location)


def _begins_as_room(one: Listed) -> bool:
    """Say whether a name is a word for a room and a city; "Sala Hassan" may be somebody."""
    first, _, rest = one.name.partition(" ")
    return first.lower() in listed("mailboxes", "room_begins") and zone_of_city(rest) is not None


def _is_program(one: Listed) -> bool:
    if pattern("mailboxes", "programs").search(one.shown or one.name) and not _is_persons(one):
        return True
    if not is_host_of(domain(one.address), "schedulers", "notetakers"):
        return False
    name, is_sure = (one.name, True) if one.name else from_address(one.address)
    return not (is_sure and is_name(name))


def _is_lists_address(one: Listed) -> bool:
    """Say whether an address is made of words for departments, or begins or ends as lists do: dl-, -all."""
    parts = _parts(one.local)
    if not parts:
        return False
    if len(parts) == 1:
        return parts[0] in _folded("departments") or parts[0] in _folded("groups")
    if all(part in listed("names", "never") or part in _functions() for part in parts):
        return True
    if parts[-1] in _folded("groups"):
        return True
    ends = re.split(r"[-_]+", folded(one.local))  # a dot parts given name and surname: frank.list@
    return len(ends) > 1 and not _folded("list_marks").isdisjoint((ends[0], ends[-1]))


def _is_group(words: list[str]) -> bool:
    """Say whether a name begins or ends in a word for several people: "Backend Guild", "Équipe Produit"."""
    return not _folded("groups").isdisjoint((words[0], words[-1])) or words[0] in _folded("list_marks")


def _tells_function(one: Listed) -> bool:
    """Say whether a display name consists of words for departments and posts, the company's own name apart."""
    words = _words(one.name)
    company = folded(label(domain(one.address)))
    own = [word for word in words if len(word) < _SHORTEST or word not in company]
    if words and not own:
        own = _words(one.beside)
    if _DOMAIN.fullmatch(one.name) and domain(one.address).endswith(one.name.lower()):
        return True
    neutral = listed("names", "organisation") | listed("names", "particles") | _LITTLE
    told = [word for word in own if word not in neutral and not word.isdigit()]
    return bool(told) and all(word in _functions() for word in told)


def _is_called(one: Listed) -> bool:
    """Say whether a single word is the given name in an address: "Success" of success.okafor@."""
    words, parts = _words(one.name), _parts(one.local)
    others = [part for part in parts if part not in words and len(part) >= _SHORTEST]
    return len(words) == 1 and words[0] in parts and any(part not in _functions() for part in others)


def _is_persons(one: Listed) -> bool:
    return is_plausible(one) and _is_spelled(one)


def _is_spelled(one: Listed) -> bool:
    """Say whether the address was made of the name as people's are, a department behind it apart ("Dana Lee HR").

    With a name of one word, of just it.
    """
    words = _words(one.name)
    if len(words) == 1:
        return _letters(one) == words[0]
    bare = " ".join(word for word in words if word not in _functions())
    return fits_address(one.name, one.address) or fits_address(bare, one.address)


def _letters(one: Listed) -> str:
    return re.sub(r"[^a-z]", "", folded(one.local))


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _parts(local: str) -> list[str]:
    return [part for part in re.split(r"[._\-]+", folded(local)) if part]


def _spaced(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _folded(key: str) -> frozenset[str]:
    return frozenset(folded(word) for word in table()["mailboxes"][key])


@cache
def _functions() -> frozenset[str]:
    """Give the words for departments, groups and posts, without accents."""
    posts = (word for key in ("trades", "heads", "assistants", "ranks") for word in table()["titles"][key])
    return _folded("departments") | _folded("groups") | {word for post in posts for word in _words(post)}


@cache
def _telling() -> frozenset[str]:
    """Give the words that make it worth a closer look."""
    names = (name for key in ("room_names", "programs") for name in table()["mailboxes"][key])
    others = listed("names", "never") | listed("mailboxes", "room_begins") | _folded("list_marks")
    return _functions() | others | {word for name in names for word in _words(name)}
