"""What a source says anew waits field by field, or applies by itself; whatever comes of it can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rapport.followups.hearing import apply, hear, trust, undo
from rapport.intake.taking_back import take_back, undoable
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.editing import edit
from rapport.people.models import Person, Source, Suggestion
from rapport.rules.card import Card, Editing, PartialDate
from rapport.rules.card.jobs import JOBS, Job
from rapport.rules.card.photos import photo_of
from tests import world

pytestmark = pytest.mark.django_db
NOW = world.NOW


def card(*lines: str, title: str = "Engineer", organisation: str = "Acme") -> Card:
    work = [f"{name}:{said}" for name, said in (("TITLE", title), ("ORG", organisation)) if said]
    return Card(["VERSION:4.0", "FN:Sam Ortiz", "N:Ortiz;Sam;;;", *work, *lines])


@pytest.fixture
def sam() -> Person:
    return Person.make(world.alex(), card("EMAIL:sam@acme.example"), source="a card", at=NOW)


@pytest.fixture
def source(sam) -> Source:
    return Source.of(sam, "card", "https://cards.example/sam.vcf")


def waiting(source: Source) -> dict[str, tuple[list[str], list[str]]]:
    return {one.field: (one.before, one.after) for one in Suggestion.objects.filter(source=source).open()}


def one(source: Source, field: str) -> Suggestion:
    return source.suggestions.open().get(field=field)


def now(person: Person) -> Card:
    person.refresh_from_db()
    return person.current_card


def verbs(member, since: int = 0) -> list[str]:
    return list(
        Entry.objects.filter(member=member, pk__gt=since).order_by("pk").values_list("verb", flat=True)
    )


def latest() -> int:
    return Entry.objects.order_by("pk").last().pk


def test_what_is_new_waits_field_by_field_and_is_told_once(sam, source):
    before, said = (
        latest(),
        card("EMAIL:sam@acme.example", "TEL:+351 21", title="Director", organisation="Initech"),
    )
    hear(source, said, at=NOW)
    assert list(waiting(source).items()) == [
        ("title", (["Engineer"], ["Director"])),
        ("organisation", (["Acme"], ["Initech"])),
        ("phones", ([], ["+351 21"])),
    ]
    assert now(sam).title == "Engineer"
    assert verbs(sam.member, before) == ["suggestion.made_of_work"]
    hear(source, said, at=NOW + timedelta(days=1))
    assert (len(waiting(source)), verbs(sam.member, before)) == (3, ["suggestion.made_of_work"])


def test_each_is_applied_ignored_and_taken_back_alone(sam, source):
    alex = sam.member
    hear(source, card("TEL:+351 21", title="Director", organisation="Initech"), at=NOW)
    before, title, phones = latest(), one(source, "title"), one(source, "phones")
    apply(title, by=alex, at=NOW)
    phones.ignore(by=alex, at=NOW)
    assert (now(sam).title, now(sam).organisation, now(sam).phones) == ("Director", "Acme", ())
    with pytest.raises(NotAllowed, match="answered already"):
        title.ignore(by=alex, at=NOW)
    undo(title, by=alex, at=NOW)
    undo(phones, by=alex, at=NOW)
    assert (now(sam).title, set(waiting(source))) == ("Engineer", {"title", "organisation", "phones"})
    assert verbs(alex, before) == [
        "suggestion.applied", "suggestion.ignored", "person.absorb_undone", "suggestion.reopened",
    ]  # fmt: skip


def test_what_was_ignored_is_heard_again_only_when_it_is_otherwise(sam, source):
    hear(source, card(title="Director"), at=NOW)
    one(source, "title").ignore(by=sam.member, at=NOW)
    hear(source, card("TEL:+351 21", title="Director"), at=NOW)
    assert set(waiting(source)) == {"phones"}
    hear(source, card(title="Chief"), at=NOW)
    assert waiting(source) == {"title": (["Engineer"], ["Chief"])}
    assert source.suggestions.filter(state="ignored").count() == 1


def test_what_waits_makes_room_for_what_is_newer_and_goes_when_it_is_taken_back(sam, source):
    hear(source, card("TEL:1"), at=NOW)
    apply(one(source, "phones"), by=sam.member, at=NOW)
    hear(source, card("TEL:2"), at=NOW)
    hear(source, card("TEL:3"), at=NOW)
    assert waiting(source) == {"phones": (["1"], ["3"])}
    older = source.suggestions.get(state="applied")
    with pytest.raises(NotAllowed, match="newer"):
        undo(older, by=sam.member, at=NOW)
    hear(source, card("TEL:1"), at=NOW)
    assert waiting(source) == {}


def test_a_trusted_source_applies_by_itself_where_it_contradicts_nobody(sam, source):
    hear(source, card("TEL:1", title="Director"), at=NOW)
    assert [one.field for one in trust(source, by=sam.member, at=NOW)] == ["phones"]
    assert waiting(source) == {"title": (["Engineer"], ["Director"])}
    apply(one(source, "title"), by=sam.member, at=NOW)
    before = latest()
    hear(source, card("TEL;TYPE=cell:2", title="Chief", organisation=""), at=NOW)
    assert (now(sam).title, now(sam).phones, now(sam).organisation) == ("Chief", ("2",), "Acme")
    assert verbs(sam.member, before) == ["person.absorbed"]
    sam.absorb(card(title="Consultant"), source="an archive", at=NOW)
    hear(source, card("TEL;TYPE=cell:2", title="Chief of all"), at=NOW)
    assert (now(sam).title, waiting(source)) == ("Consultant", {"title": (["Consultant"], ["Chief of all"])})
    undo(source.suggestions.filter(field="phones").latest("pk"), by=sam.member, at=NOW)
    assert now(sam).phones == ("1",)


def test_the_job_before_stays_whichever_of_title_and_employer_is_applied_first(sam, source):
    begun = JOBS.edited(sam.current_card, [Job("Acme", "Engineer", PartialDate(2019))])
    edit(sam, begun, of=sam.current_card, by=sam.member, at=NOW)
    was = ["Engineer, Acme (2019 to 2026-11)"]
    for fields in (("title", "organisation"), ("organisation", "title")):
        hear(source, card(title="Director", organisation="Initech"), at=NOW)
        for field in fields:
            apply(one(source, field), by=sam.member, at=NOW)
        assert list(map(str, JOBS.of(now(sam)))) == ["Director, Initech", *was]
        for field in reversed(fields):
            undo(source.suggestions.get(field=field), by=sam.member, at=NOW)
        assert now(sam) == begun


def test_both_values_of_a_job_can_stand(sam, source):
    hear(source, card(title="Lecturer", organisation="University"), at=NOW)
    for field in ("title", "organisation"):
        apply(one(source, field), by=sam.member, at=NOW, keeping_both=True)
    assert [prop.text for prop in now(sam).every("TITLE")] == ["Engineer", "Lecturer"]
    hear(source, card(title="Professor", organisation="University"), at=NOW)
    apply(one(source, "title"), by=sam.member, at=NOW)
    assert [prop.text for prop in now(sam).every("TITLE")] == ["Engineer", "Professor"]
    hear(source, card("BDAY:1980-05-21", title="Professor", organisation="University"), at=NOW)
    with pytest.raises(NotAllowed, match="choose one"):
        apply(one(source, "birthday"), by=sam.member, at=NOW, keeping_both=True)


def test_what_the_member_typed_or_took_out_is_never_overruled_by_itself(sam, source):
    source.trust(by=sam.member, at=NOW)
    editing = Editing(sam.current_card)
    editing.say("EMAIL", "")
    editing.add("TEL", "+351 91")
    edit(sam, editing.card, of=sam.current_card, by=sam.member, at=NOW)
    hear(source, card("EMAIL:sam@acme.example", "TEL:+351 91"), at=NOW)
    assert (now(sam).emails, waiting(source)) == ((), {})
    hear(source, card(), at=NOW)
    assert (now(sam).phones, waiting(source)) == (("+351 91",), {"phones": (["+351 91"], [])})


def test_what_somebody_says_of_themselves_is_heard_whatever_was_taken_out(sam):
    editing = Editing(sam.current_card)
    editing.say("EMAIL", "")
    edit(sam, editing.card, of=sam.current_card, by=sam.member, at=NOW)
    answer = Source.of(sam, "answer")
    answer.trust(by=sam.member, at=NOW)
    hear(answer, card("EMAIL:sam@acme.example"), at=NOW)
    assert waiting(answer) == {"emails": ([], ["sam@acme.example"])}


def test_an_edit_since_stays_when_an_older_word_is_taken_back(sam, source):
    hear(source, card("TEL:1", title="Director"), at=NOW)
    for field in ("title", "phones"):
        apply(one(source, field), by=sam.member, at=NOW)
    sam.refresh_from_db()
    editing = Editing(sam.current_card)
    editing.say("TITLE", "Director of Paper")
    edit(sam, editing.card, of=sam.current_card, by=sam.member, at=NOW)
    for field in ("title", "phones"):
        undo(source.suggestions.get(field=field), by=sam.member, at=NOW)
    assert (now(sam).title, now(sam).phones) == ("Director of Paper", ())


def test_the_latest_answer_is_taken_back_from_the_journal_whole(sam, source):
    hear(source, card("TEL:1", title="Director"), at=NOW)
    one(source, "phones").ignore(by=sam.member, at=NOW)
    entry, done = next(undoable(sam.member))
    assert [suggestion.field for suggestion in done] == ["phones"]
    take_back(entry, by=sam.member, at=NOW)
    trust(source, by=sam.member, at=NOW)
    hear(source, card("TEL:2", "URL:https://sam.example", title="Director"), at=NOW + timedelta(days=1))
    assert (now(sam).phones, now(sam).urls) == (("2",), ("https://sam.example",))
    take_back(next(undoable(sam.member))[0], by=sam.member, at=NOW + timedelta(days=2))
    assert (now(sam).phones, now(sam).urls, set(waiting(source))) == (("1",), (), {"title", "phones", "urls"})


def test_a_picture_notes_and_labels_come_beside_what_the_member_keeps(sam, source):
    def typed(**said):
        sam.refresh_from_db()
        editing = Editing(sam.current_card)
        for name, value in said.items():
            editing.say(name, value)
        edit(sam, editing.card, of=sam.current_card, by=sam.member, at=NOW)

    typed(NOTE="mine", CATEGORIES=["vip", "alumni"])
    typed(CATEGORIES=["vip"])
    sam.describe(notes="only here", by=sam.member, at=NOW)
    theirs = ("CATEGORIES:vip,choir,alumni", "PHOTO:data:image/jpeg;base64,/9j/AAAA")
    hear(source, card("NOTE:theirs", "PHOTO:https://elsewhere.example/a.jpg", *theirs), at=NOW)
    assert waiting(source) == {
        "photo": ([], ["a picture"]), "note": ([], ["theirs"]), "tags": ([], ["choir"]),
    }  # fmt: skip
    for field in ("photo", "note", "tags"):
        apply(one(source, field), by=sam.member, at=NOW)
    assert (now(sam).note, now(sam).categories) == ("mine\n\ntheirs", ("vip", "choir"))
    assert photo_of(now(sam)).kind == "image/jpeg"
    hear(source, card("NOTE:theirs now", *theirs), at=NOW)
    editing = Editing(now(sam))
    editing.set(editing.places("NOTE")[1], "theirs, and mine")
    edit(sam, editing.card, of=now(sam), by=sam.member, at=NOW)
    apply(one(source, "note"), by=sam.member, at=NOW)
    assert now(sam).note == "mine\n\ntheirs, and mine\n\ntheirs now"
    assert sam.notes == "only here"
    hear(source, card(), at=NOW)
    assert set(waiting(source)) == {"note"}
