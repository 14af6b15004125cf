"""Cards compared while they come in: what is certain, what contradicts, and who may be in the book already.

Loaded once there is something to compare: the scoring takes a twentieth of a cold start, and most batches need none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapport.accounts.models import Member
from rapport.people.models import Person, ToldApart
from rapport.people.recognition import FEW_KEYS, Looking, certain, write_keys, write_keys_of
from rapport.people.together import together
from rapport.rules.card import Card
from rapport.rules.sameness import contradiction, traits
from rapport.rules.sameness.likenesses import likeness_of_names
from rapport.rules.sameness.names import Name

__all__ = ["certain", "contradicts", "perhaps", "together", "write_keys_of"]

FEW = 300
"""Up to how many new people are compared at once with the book; more are on *Duplicates* when the worker was there."""


def contradicts(card: Card, person: Person) -> bool:
    """Whether a card cannot be that of somebody whose address it names: a role's mailbox is that of many names."""
    country, theirs = person.member.country, Card.parse(person.card)
    one, other = traits(card, country), traits(theirs, country)
    names = likeness_of_names(one.name, other.name)
    is_of_a_role = not one.mails & other.mails and not one.profiles & other.profiles
    are_numbers = one.name == other.name == Name()  # which somebody wrote differently
    is_named_so = names.family not in {"", "differs"} or card.name == theirs.name or are_numbers
    return bool(contradiction(one, other, names)) or (is_of_a_role and not is_named_so)


def perhaps(member: Member, new: Collection[int]) -> list[dict[str, object]]:
    """Say of whom that just came it may be somebody who came before; of very many, of nobody. `new` are their keys.

    Whoever is not named here stands on *Duplicates* once the cards are compared.
    """
    if len(new) > FEW:
        return []
    write_keys(member, at_most=FEW_KEYS)
    looking = Looking(member, apart=ToldApart.pairs(member))
    found = {}
    for person in Person.objects.filter(pk__in=new).select_related("organisation").order_by("pk"):
        alike = looking.alike(traits(Card.parse(person.card), member.country), besides=person.pk)
        earlier = [one for one in alike if one.person < person.pk]
        if earlier:
            found[person] = earlier[0]
    others = Person.objects.select_related("organisation").in_bulk([one.person for one in found.values()])
    return [_proposal(person, others[one.person], one.judgement.because) for person, one in found.items()]


def _proposal(person: Person, other: Person, because: Sequence[str]) -> dict[str, object]:
    file, row = person.revisions.values_list("source", "row").first() or ("", None)
    says = f"{person.presented} may be {other.presented}, who is in your book. {' '.join(because)}"
    return {
        "file": file,
        "line": row,
        "says": says,
        "person": person.pk,
        "name": person.name,
        "profile": "",
    }
