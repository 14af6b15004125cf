"""Addresses made of a name tell how it is spelled: katarzyna.nowak@, linkedin.com/in/katarzyna-nowak-61f9."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from rapport.rules.sameness.likenesses import word_likeness
from rapport.rules.sameness.names import ADDRESS, Name
from rapport.rules.sameness.script import is_read

_MAILBOX = re.compile(r"([a-z]{2,})[._-]([a-z]{2,})\d{0,4}@")
_INITIAL = re.compile(r"([a-z])[._-]?([a-z]{2,})\d{0,4}@")
_PROFILE = re.compile(r".*/in/([a-z]{2,})-([a-z]{2,})(?:-[0-9a-f]*)?")
_UNLIKE = frozenset({"", "differs"})


def hinted(name: Name, addresses: Iterable[str]) -> Name:
    """Give the name as mailboxes and profiles complete it.

    They fill in what is missing, an initial, or a name in signs that cannot be read. Of a name that can be read they
    give another spelling, or another family name beside the same given one, as it was before marriage or without
    a slip; never another given name: the mailbox may be the family's.
    """
    addresses = tuple(addresses)
    for address in addresses:
        found = _MAILBOX.match(address) or _PROFILE.fullmatch(address)
        if found:
            name = _with_hint(name, found[1], found[2])
    return name if name.given or name.family else _guessed(addresses)


def _guessed(addresses: Iterable[str]) -> Name:
    """What may be an initial and a family name: dlee@, d.lee@. Any other word is read so as well (`likenesses`)."""
    for address in addresses:
        if found := _INITIAL.match(address):
            return Name(found[1], (found[2],), script=ADDRESS)
    return Name()


def _with_hint(name: Name, first: str, second: str) -> Name:
    if not name.given and not name.family:
        return Name(first, (second,))
    if not is_read(name.given + name.surname):
        return _read_by(name, first, second)
    for given, family in ((first, second), (second, first)):
        if word_likeness(name.surname, family) not in _UNLIKE and _is_other_spelling(name, given):
            name = (
                replace(name, also=(*name.also, given)) if len(name.given) > 1 else replace(name, given=given)
            )
            break
    return _with_family(name, first, second)


def _with_family(name: Name, first: str, second: str) -> Name:
    """Add the family name of an address that has the same given name, whichever half that is."""
    stated = {*name.family, *name.middle, *name.elsewhere}
    for given, family in ((first, second), (second, first)):
        if family not in stated and _is_same(given, name.given) and not _is_same(family, name.given):
            return replace(name, elsewhere=(*name.elsewhere, family))
    return name


def _is_same(one: str, other: str) -> bool:
    return word_likeness(one, other) in {"same", "sound"}


def _is_other_spelling(name: Name, given: str) -> bool:
    return given != name.given and given not in name.also and _fits(name.given, given)


def _fits(stated: str, given: str) -> bool:
    """Whether two spellings can be of one name: they begin alike, or look alike."""
    return stated[:1] == given[:1] or word_likeness(stated, given) not in _UNLIKE


def _read_by(name: Name, first: str, second: str) -> Name:
    """A name whose signs cannot all be read, by the address: what can be read tells which half is which."""
    if is_read(name.surname) and word_likeness(name.surname, first) not in _UNLIKE:
        first, second = second, first
    return replace(name, given=first, family=(second,))
