"""`rapport undo`: whatever the pages can take back, the last first, one act after the other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from rapport.accounts.models import Member
from rapport.people.models import Keeping, NamedList, Person, Sweep
from rapport.rules.card import Card
from rapport.rules.rhythm import Rhythm

pytestmark = pytest.mark.django_db


def test_one_act_after_the_other_is_taken_back_never_to_and_fro(rapport: Any) -> None:
    member = Member.objects.of_this_laptop()
    moments = (timezone.now() - timedelta(minutes=number) for number in range(60, 0, -1))
    said = {"by": member}
    dana = Person.make(member, Card.of(name="Dana Lee"), source="book.vcf", at=next(moments))
    choir = NamedList.make("Old colleagues", "professional", **said, at=next(moments))
    choir.put_on(dana, **said, at=next(moments))
    dana.state("rapport", "weak", **said, at=next(moments))
    dana.state("rapport", "strong", **said, at=next(moments))
    Keeping.begin(dana, Rhythm(3, "months"), **said, at=next(moments))
    Sweep.tag([dana.pk], put_on="fair", **said, at=next(moments))
    choir.remove(**said, at=next(moments))
    acts = [
        "The list Old colleagues is no more.",
        "Tagged fair: one person.",
        "You keep in touch with Dana Lee about quarterly.",
        "Dana Lee: the rapport was strong.",
    ]
    before = [line.split(maxsplit=3)[3] for line in rapport("undo", "--list").out.splitlines()]
    assert before == acts
    for act in acts:
        ran = rapport("undo")
        assert (ran.code, ran.out.splitlines()[0]) == (0, f"Taken back: {act}")
    assert dana.statements.get().value == "weak"
    assert list(NamedList.objects.get().people) == [dana]
    assert not Keeping.objects.exists()
    assert not dana.tags.exists()
    rest = [rapport("undo").out.splitlines()[0] for _ in range(2)]
    assert rest == [
        "Taken back: Dana Lee: the rapport was weak.",
        "Taken back: Dana Lee is on the list Old colleagues.",
    ]
    assert rapport("undo").code == 1
