"""Bringing things in: files, a pasted text, a name; problems with their place; undo."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from rapport.interviews.models import Interview
from rapport.people.models import Person

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Noor Haddad\r\nEMAIL:noor@globex.example\r\nEND:VCARD\r\n"


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
    as_alex.post(f"/batches/{page.context['batch'].pk}/undo")
    assert not Person.objects.filter(member=alex).exists()
    answer = as_alex.post(f"/batches/{page.context['batch'].pk}/undo", follow=True)
    assert "This was taken back already." in " ".join(map(str, answer.context["messages"]))


def test_the_same_file_again_says_that_nothing_is_new(alex, as_alex):
    brought(as_alex, ("noor.vcf", CARD))
    page = brought(as_alex, ("noor.vcf", CARD))
    assert page.status_code == 200
    assert page.redirect_chain == []
    assert Person.objects.filter(member=alex).count() == 1


def test_nothing_to_read_is_said_beside_the_form(alex, as_alex):
    page = as_alex.post("/add", {"text": "  "})
    assert "There is nothing to read yet." in page.content.decode()


def test_a_name_typed_with_a_time_is_an_interview_and_without_one_a_person(alex, as_alex):
    as_alex.post("/add/typed", {"name": "Noor Haddad", "organisation": "Globex", "when": "2026-11-20T10:00"})
    assert Interview.objects.get(member=alex).interviewers.get().person.name == "Noor Haddad"
    as_alex.post("/add/typed", {"name": "Kim Park"})
    assert Person.objects.filter(member=alex, name="Kim Park").exists()
    assert as_alex.post("/add/typed", {"name": ""}).context["typed"].errors["name"]


def test_an_address_book_is_added_with_its_labels_and_the_row_that_is_torn(alex, as_alex):
    table = "First Name,Last Name,Labels,Phone 1 - Label,Phone 1 - Value\n"
    text = table + "Noor,Haddad,Friends,Mobile,+31 20 000 0005\n王,,x,,\nKim,Pa"
    page = brought(as_alex, ("contacts.csv", text.encode()))
    assert {"Noor Haddad", "王"} == set(Person.objects.filter(member=alex).values_list("name", flat=True))
    (problem,) = page.context["batch"].problems
    assert (problem["line"], "ends in the middle" in problem["says"]) == (4, True)
    as_alex.post(f"/batches/{page.context['batch'].pk}/undo")
    assert not Person.objects.filter(member=alex).exists()
