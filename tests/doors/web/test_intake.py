"""Bringing things in: files, a pasted text, a name; problems with their place; undo."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.html import strip_tags

from rapport.followups import happenings
from rapport.followups.asking import situation_of_person
from rapport.intake import importing as intake_room
from rapport.intake.importing import name_of
from rapport.intake.models import Batch
from rapport.intake.models import batch as batch_room
from rapport.intake.progress import told_of
from rapport.interviews.models import Interview
from rapport.people.models import Person
from rapport.worker import importing

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Noor Haddad\r\nEMAIL:noor@globex.example\r\nEND:VCARD\r\n"


def said_in(answer):
    """Give the words of the messages, without what links in them lead to."""
    *_, latest = answer.context["messages"]
    return strip_tags(latest)


def brought(client, *files, text=""):
    found = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/add", {"files": found, "text": text}, follow=True)


def test_a_card_and_a_torn_file_are_one_batch_and_the_torn_one_has_its_place(alex, as_alex):
    page = brought(
        as_alex, ("noor.vcf", CARD), ("torn.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026")
    )
    assert "Noor Haddad" in page.content.decode()
    (problem,) = page.context["batch"].problems
    assert problem["file"] == "torn.ics"
    assert f"line {problem['line']}" in page.content.decode()


def test_a_batch_is_taken_back_whole(alex, as_alex):
    page = brought(as_alex, ("noor.vcf", CARD))
    answer = as_alex.post(f"/batches/{page.context['batch'].pk}/undo", follow=True)
    assert said_in(answer) == "Taken back: Recorded one person. To have it again, bring it in again."
    assert not Person.objects.filter(member=alex).exists()
    answer = as_alex.post(f"/batches/{page.context['batch'].pk}/undo", follow=True)
    assert "This was taken back already." in " ".join(map(str, answer.context["messages"]))


def test_what_stays_of_a_batch_is_said_with_why_and_where_it_stands(book, as_alex):
    note, batch = book.step().note, book.batch
    as_alex.post(f"/notes/{note.pk}", {"text": "My own words.", "subject": note.subject})
    answer = as_alex.post(f"/batches/{batch.pk}/undo", follow=True)
    kept = f"{book.interview} stays: you wrote to Dana Lee."
    assert said_in(answer) == f"Nothing of it was taken back: {batch.title}. {kept}"
    assert f'<a href="/batches/{batch.pk}">{batch.title}</a>' in answer.content.decode()
    shown = as_alex.get(f"/batches/{batch.pk}").content.decode()
    assert "Taken back, but for what stays," in shown
    assert kept in shown


def test_a_batch_of_which_a_part_stays_says_so(alex, as_alex):
    batch = brought(
        as_alex,
        ("noor.vcf", CARD),
        ("ada.vcf", CARD.replace(b"Noor Haddad", b"Ada King").replace(b"noor@", b"ada@")),
    ).context["batch"]
    ada = Person.objects.get(name="Ada King")
    as_alex.post(f"/people/{ada.pk}/facts/rapport", {"value": "strong"})
    said = said_in(as_alex.post(f"/batches/{batch.pk}/undo", follow=True))
    assert said.startswith(
        f"Taken back in part: {batch.title}. Ada King stays: more is known of them by now."
    )
    assert [one.name for one in Person.objects.all()] == ["Ada King"]


def test_the_same_file_again_says_that_nothing_is_new(alex, as_alex):
    brought(as_alex, ("noor.vcf", CARD))
    page = brought(as_alex, ("noor.vcf", CARD))
    assert page.status_code == 200
    assert page.redirect_chain == []
    assert Person.objects.filter(member=alex).count() == 1


def test_what_a_file_says_otherwise_waits_on_the_page_of_its_batch_where_the_member_wants_to_be_asked(
    alex, as_alex
):
    brought(as_alex, ("noor.vcf", CARD))
    alex.applied_kinds = []
    alex.save()
    later = CARD.replace(b"END:VCARD", b"TITLE:Director\r\nBDAY:--05-21\r\nEND:VCARD")
    page = brought(as_alex, ("later.vcf", later))
    assert page.context["batch"].title == "Two changes wait for your word"
    shown = page.content.decode()
    assert [shown.count(words) for words in ("<ins>Director</ins>", "<ins>21 May</ins>", ">Apply<")] == [
        1,
        1,
        2,
    ]


def test_nothing_to_read_is_said_beside_the_form(alex, as_alex):
    page = as_alex.post("/add", {"text": "  "})
    assert "There is nothing to read yet." in page.content.decode()


def test_a_name_typed_with_a_time_is_an_interview_and_without_one_a_person(alex, as_alex):
    as_alex.post("/add/typed", {"name": "Noor Haddad", "organisation": "Globex", "when": "2026-11-20T10:00"})
    assert Interview.objects.get(member=alex).interviewers.get().person.name == "Noor Haddad"
    as_alex.post("/add/typed", {"name": "Kim Park"})
    assert Person.objects.filter(member=alex, name="Kim Park").exists()
    assert as_alex.post("/add/typed", {"name": ""}).context["typed"].errors["name"]


def test_an_address_book_is_seen_first_and_comes_in_by_word(alex, as_alex, as_stranger, signed_out):
    table = "First Name,Last Name,Labels,Phone 1 - Label,Phone 1 - Value\n"
    text = table + "Noor,Haddad,Friends,Mobile,+31 20 000 0005\n王,,x,,\nKim,Pa"
    page = brought(as_alex, ("contacts.csv", text.encode()))
    waiting = page.context["waiting"]
    assert not Person.objects.filter(member=alex).exists()
    assert [(line.verdict, line.name) for line in page.context["leaf"]] == [
        ("new", "Noor Haddad"), ("new", "王"), ("unreadable", "contacts.csv"),
    ]  # fmt: skip
    assert "ends in the middle" in page.content.decode()
    only = as_alex.get(f"/imports/{waiting.pk}?show=unreadable")
    assert [line.line for line in only.context["leaf"]] == [4]
    assert f'<a href="/imports/{waiting.pk}">contacts.csv</a>' in as_alex.get("/add").content.decode()
    for other in (as_stranger, signed_out):
        assert other.post(f"/imports/{waiting.pk}/confirmation").status_code in {302, 404}
        assert b"Noor" not in other.get(f"/imports/{waiting.pk}").content
    assert not Person.objects.exists()

    page = as_alex.post(f"/imports/{waiting.pk}/confirmation", follow=True)
    assert {"Noor Haddad", "王"} == set(Person.objects.filter(member=alex).values_list("name", flat=True))
    assert page.context["batch"].problems[0]["line"] == 4
    asked = as_alex.get(f"/imports/{waiting.pk}", headers={"hx-request": "true"})
    assert asked["HX-Redirect"] == f"/batches/{page.context['batch'].pk}"
    as_alex.post(f"/batches/{page.context['batch'].pk}/undo")
    assert not Person.objects.filter(member=alex).exists()


def test_what_is_left_out_or_known_already_leaves_nothing(alex, as_alex):
    book = ("contacts.csv", b"First Name,Last Name,Labels\nNoor,Haddad,x\n")
    first = brought(as_alex, book).context["waiting"]
    page = as_alex.post(f"/imports/{first.pk}/removal", follow=True)
    assert "Nothing of it was kept." in " ".join(map(str, page.context["messages"]))
    assert as_alex.get(f"/imports/{first.pk}").status_code == 404
    second = brought(as_alex, book).context["waiting"]
    as_alex.post(f"/imports/{second.pk}/confirmation")
    again = brought(as_alex, book)
    assert "Bring it in" not in again.content.decode()
    assert Person.objects.filter(member=alex).count() == 1


def test_a_long_import_waits_for_the_worker_and_tells_how_far_it_is(alex, book, as_alex, monkeypatch):
    monkeypatch.setattr(intake_room, "SHORT", 10 << 10)
    monkeypatch.setattr(batch_room, "LARGE", 100)
    here = Person.objects.count()
    rows = "".join(f"Noor,Haddad {number},{'x' * 300}\n" for number in range(101))
    page = brought(as_alex, ("contacts.csv", f"First Name,Last Name,Labels\n{rows}".encode()))
    waiting = page.context["waiting"]
    assert f'<a href="/imports/{waiting.pk}">contacts.csv</a>' in as_alex.get("/").content.decode()
    assert (waiting.state, page.context["leaf"].paginator.count) == ("look", 0)
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    with told_of(name_of(waiting.pk)) as tell:
        tell("Bringing in", 70, 101)
        assert "Comparing with your book: 70 of 101" in as_alex.get(f"/imports/{waiting.pk}").content.decode()
    importing.work(alex, timezone.now, lambda: False)
    assert as_alex.get(f"/imports/{waiting.pk}").context["leaf"].paginator.count == 101
    as_alex.post(f"/imports/{waiting.pk}/confirmation")
    assert Person.objects.count() == here
    importing.work(alex, timezone.now, lambda: False)
    batch = as_alex.get(f"/imports/{waiting.pk}", follow=True).context["batch"]
    assert Person.objects.count() == here + 101
    page = as_alex.post(f"/batches/{batch.pk}/undo", follow=True)
    assert "being taken back" in page.content.decode()
    importing.work(alex, timezone.now, lambda: False)
    assert Person.objects.count() == here


def test_a_new_archive_says_who_moved_and_offers_to_congratulate(book, as_alex):
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    row = "Sam,Ortiz,https://www.linkedin.com/in/sam-ortiz,,{},{},20 Nov 2026\n"
    sam = book.person("Sam Ortiz")
    happenings.profile_known(sam, "https://www.linkedin.com/in/sam-ortiz", by=book.member, at=book.now)
    book.application.decide("rejected", by=book.member, at=book.now)
    for company, title in (("Initech", "Staff Engineer"), ("Acme", "Director")):
        table = (header + row.format(company, title)).encode()
        waiting = brought(as_alex, ("Connections.csv", table)).context["waiting"]
        came = as_alex.post(f"/imports/{waiting.pk}/confirmation", follow=True)
    assert "Title Staff Engineer → Director; Company Initech → Acme" in came.content.decode()
    today = as_alex.get("/").content.decode()
    says = "Sam Ortiz: Staff Engineer → Director; Initech → Acme (Connections.csv)"
    assert f'<a href="/people/{sam.pk}">{says}</a>' in today
    step = book.step("congratulate", "message", name="Sam Ortiz")
    assert step.verdict == "do"
    assert "Congratulate Sam Ortiz" in today
    assert situation_of_person(sam, book.now + timedelta(days=31)).facts.get("title_changed") is None
    Batch.objects.first().undo(by=book.member, at=book.now)
    step.refresh_from_db()
    assert step.verdict == "avoid"


def test_the_example_in_the_field_is_a_text_that_is_read(alex, as_alex):
    form = as_alex.get("/add").context["bring"]
    example = form.fields["text"].widget.attrs["placeholder"].rstrip(" …")
    page = brought(as_alex, text=example)
    (interview,) = page.context["interviews"]
    (who,) = interview.interviewers.all()
    assert (who.person.name, who.person.title) == ("Dana Lee", "VP Engineering")


def test_a_text_that_gives_nothing_stays_in_its_field_and_fills_the_form_with_what_it_names(alex, as_alex):
    text = "Hi, you will meet Dana Lee, VP Engineering, and Sam Ortiz, CTO, at Acme on Friday at 10"
    page = as_alex.post("/add", {"text": text})
    bring, typed = page.context["bring"], page.context["typed"]
    assert bring["text"].value() == text
    assert "not clearly when" in " ".join(bring.errors["text"])
    assert (typed["name"].value(), typed["title"].value()) == ("Dana Lee", "VP Engineering")
    assert (typed["when"].value().isoweekday(), typed["when"].value().hour) == (5, 10)
    shown = page.content.decode()
    assert "Sam Ortiz as well" in shown
    assert "0 new" not in shown
    said = {field.name: field.value() or "" for field in typed} | {
        "when": f"{typed['when'].value():%Y-%m-%dT%H:%M}"
    }
    as_alex.post("/add/typed", said)
    (who,) = Interview.objects.get(member=alex).interviewers.all()
    assert (who.person.name, f"{who.interview.starts_at.astimezone(alex.zone):%a %H:%M}") == (
        "Dana Lee",
        "Fri 10:00",
    )


def test_a_text_about_something_else_says_so_in_its_field_and_fills_in_nothing(alex, as_alex):
    page = as_alex.post("/add", {"text": "Buy <b>milk</b>."})
    assert page.context["bring"].errors["text"] == ["Nothing in it speaks of an interview."]
    assert not page.context["understood"]
    assert "Filled in" not in page.content.decode()
    assert not Batch.objects.exists()


def test_an_interview_that_is_known_already_is_shown_and_not_asked_for_again(as_alex):
    text = "Your interview at Acme with Dana Lee, VP Engineering, is on 27 November 2026 at 10:00."
    brought(as_alex, text=text)
    page = brought(as_alex, text=text)
    assert page.templates[0].name == "intake/batch.html"
    assert len(page.context["interviews"]) == 1
