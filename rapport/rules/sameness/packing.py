"""What is compared of a card as one line of text: reading that back takes a tenth of reading the card."""

from __future__ import annotations

import json

from rapport.rules.sameness.names import Name
from rapport.rules.sameness.traits import Traits


def packed(traits: Traits) -> str:
    """Write traits down; the same traits give the same text."""
    name = traits.name
    words = [name.given, name.family, name.middle, name.also, name.generation, name.elsewhere, name.script]
    values = (traits.mails, traits.phones, traits.profiles, traits.employers, traits.title)
    told = [words, *map(sorted, values), traits.born, traits.organisation]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Traits:
    """Read traits back, as `packed` wrote them."""
    words, mails, phones, profiles, employers, title, born, organisation = json.loads(text)
    given, family, middle, also, generation, elsewhere, script = words
    return Traits(
        name=Name(given, tuple(family), tuple(middle), tuple(also), generation, tuple(elsewhere), script),
        mails=frozenset(mails),
        phones=frozenset(phones),
        profiles=frozenset(profiles),
        employers=frozenset(employers),
        title=frozenset(title),
        born=born,
        organisation=organisation,
    )
