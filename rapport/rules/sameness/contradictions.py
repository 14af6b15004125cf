"""What two cards of one person cannot both say: where this holds, they are never joined."""

from __future__ import annotations

from rapport.rules.sameness.likenesses import NameLikeness, likeness_of_names
from rapport.rules.sameness.traits import Traits


def contradiction(one: Traits, other: Traits, names: NameLikeness | None = None) -> str:
    """Say in a sentence what contradicts, or give an empty text; `names` spares comparing them again."""
    names = names or likeness_of_names(one.name, other.name)
    if one.profiles and other.profiles and not one.profiles & other.profiles:
        return "They have two different profiles on the professional network."
    if one.born and other.born and one.born != other.born:
        return "They were born on different days."
    if one.name.generation and other.name.generation and one.name.generation != other.name.generation:
        return "They are of two generations."
    if one.profiles & other.profiles:
        return ""
    if names.conflicts:
        return "Their first names are different."
    return _two_mailboxes(one, other)


def _two_mailboxes(one: Traits, other: Traits) -> str:
    if not one.mails or not other.mails or one.mails & other.mails:
        return ""
    theirs = other.domains
    for domain in one.domains:
        if domain in theirs:
            return f"They have two different mailboxes at {domain}."
    return ""
