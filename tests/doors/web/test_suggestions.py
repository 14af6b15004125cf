"""Changes on a page: title and company first, one click each, an undo for each, and nothing of it for anybody else."""

from __future__ import annotations

import pytest
from django.utils import timezone

from rapport.followups.happenings import decide
from rapport.followups.hearing import hear
from rapport.notifications.daily import day_of
from rapport.people.models import Person, Source, Suggestion
from rapport.rules.card import Card


def moved(*lines: str) -> Card:
    return Card(["VERSION:4.0", "FN:Dana Lee", *lines])


@pytest.fixture
def source(book) -> Source:
    made = Source.of(book.person(), "card", "https://cards.example/dana.vcf")
    hear(made, moved("TEL:+351 21 000", "TITLE:Chief", "ORG:Hooli"), at=timezone.now())
    return made


def one(field: str) -> Suggestion:
    return Suggestion.objects.get(field=field)


def test_work_comes_first_and_is_news_on_today(source, as_alex):
    leaf = as_alex.get("/changes").context["leaf"]
    assert [one.field for one in leaf] == ["title", "organisation", "phones"]
    today = as_alex.get("/").content.decode()
    assert "3 changes wait" in today
    assert "VP Engineering → Chief; Initech → Hooli" in today
    assert "Changes that wait" in as_alex.get(f"/people/{source.person_id}").content.decode()


def test_one_click_applies_ignores_and_takes_back(source, book, as_alex):
    answer = as_alex.post(f"/suggestions/{one('title').pk}/application", follow=True)
    assert f'action="/suggestions/{one("title").pk}/undo"' in answer.content.decode()
    assert book.person().title == "Chief"
    as_alex.post(f"/suggestions/{one('organisation').pk}/both")
    assert book.person().organisation.name == "Initech"
    as_alex.post(f"/suggestions/{one('phones').pk}/ignoring")
    page = as_alex.get("/changes").content.decode()
    assert "Nothing waits." in page
    as_alex.post(f"/suggestions/{one('title').pk}/undo")
    assert (book.person().title, one("title").state) == ("VP Engineering", "open")
    again = as_alex.post(f"/suggestions/{one('phones').pk}/ignoring", follow=True).content.decode()
    assert "This was answered already." in again


def test_a_picture_is_seen_before_it_is_taken_and_by_the_member_alone(source, as_alex, as_stranger):
    hear(source, moved("PHOTO:data:image/jpeg;base64,/9j/AAAA"), at=timezone.now())
    address = f"/suggestions/{one('photo').pk}/photo"
    assert f'src="{address}"' in as_alex.get("/changes").content.decode()
    seen = as_alex.get(address)
    assert (seen["Content-Type"], seen.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert as_stranger.get(address).status_code == 404


def test_always_from_this_source_applies_what_waits_and_what_comes(source, book, as_alex):
    as_alex.post(f"/sources/{source.pk}/trust")
    assert (book.person().phone, one("title").state) == ("+351 21 000", "open")
    hear(source, moved("TEL:+351 22 000", "TITLE:Chief", "ORG:Hooli"), at=timezone.now())
    assert book.person().phone == "+351 22 000"
    as_alex.post(f"/sources/{source.pk}/trust/undo")
    hear(source, moved("TEL:+351 23 000", "TITLE:Chief", "ORG:Hooli"), at=timezone.now())
    assert book.person().phone == "+351 22 000"


def test_a_kind_of_source_applies_by_itself_when_the_member_says_so(book, as_alex):
    as_alex.post("/changes/kinds", {"kinds": ["import", "answer"]})
    answer = Source.of(book.person(), "answer")
    hear(answer, moved("TEL:+351 21 000", "TITLE:Chief"), at=timezone.now())
    assert (book.person().phone, [one.field for one in answer.suggestions.open()]) == (
        "+351 21 000",
        ["title"],
    )
    assert (
        "Select a valid choice"
        in as_alex.post("/changes/kinds", {"kinds": ["gossip"]}, follow=True).content.decode()
    )


def test_a_new_title_becomes_a_step_of_congratulation(source, book, as_alex):
    decide(book.application, "rejected", by=book.member, at=timezone.now())
    as_alex.post(f"/suggestions/{one('title').pk}/application")
    step = book.step("congratulate", "email")
    assert step.verdict == "do"
    assert f'href="/steps/{step.pk}">Congratulate' in as_alex.get("/changes").content.decode()
    as_alex.post(f"/suggestions/{one('title').pk}/undo")
    assert book.step("congratulate", "email").verdict != "do"


def test_only_news_of_somebodys_work_is_told_by_mail(book):
    told, then = [], timezone.now()
    for lines in (["TEL:+351 21 000"], ["TEL:+351 21 000", "TITLE:Chief"]):
        hear(Source.of(book.person(), "answer"), moved(*lines), at=timezone.now())
        told.append([line.what for line in day_of(book.member, then, timezone.now()).told])
    quiet, loud = told
    assert quiet == []
    assert loud == ["Dana Lee: VP Engineering → Chief, says their own answer. It waits for your word."]


def test_a_stranger_finds_none_of_it(source, as_stranger, signed_out):
    verbs = [f"/suggestions/{one('title').pk}/{verb}" for verb in ("application", "both", "ignoring", "undo")]
    verbs += [f"/sources/{source.pk}/trust", f"/sources/{source.pk}/trust/undo"]
    assert {as_stranger.post(verb).status_code for verb in verbs} == {404}
    assert {signed_out.post(verb)["Location"].partition("?")[0] for verb in verbs} == {"/sign-in"}
    assert b"Dana" not in as_stranger.get("/changes").content
    assert Person.objects.get(pk=source.person_id).title == "VP Engineering"
