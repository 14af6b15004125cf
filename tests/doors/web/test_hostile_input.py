"""What somebody hostile types, posts or puts into an invitation is answered with a sentence, and harms no page."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from rapport.config.uploads import FROM_STRANGERS
from rapport.people.models import Person
from rapport.rules.etiquette import FACTS
from rapport.web.forms.situation import SituationForm
from tests.doors.web.routes import routes

BEYOND = 10**30
"""An id that no database holds."""
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
CARD = f"""BEGIN:VCARD
VERSION:4.0
FN:Mallory {SCRIPT}
TITLE:{SCRIPT}
ORG:{SCRIPT}
NOTE:{SCRIPT}
EMAIL:mal@evil.example?bcc=spy@evil.example&subject=hello
TEL:*21*+49 30 1234#
URL:javascript:alert(document.domain)
URL:data:text/html\\,<script>alert(1)</script>
X-SOCIALPROFILE:vbscript:x
END:VCARD
"""
INVITATION = f"""BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
UID:{SCRIPT}
DTSTART:20261120T100000Z
DTEND:20261120T110000Z
SUMMARY:Interview: {SCRIPT}
LOCATION:{SCRIPT}
ORGANIZER;CN="{SCRIPT.replace('"', "'")}":mailto:mal@evil.example
ATTENDEE;CN="Eve {SCRIPT.replace('"', "'")}":mailto:eve@evil.example
ATTENDEE:mailto:alex.morgan@mail.example
DESCRIPTION:You will meet Eve Mallory\\, VP of {SCRIPT}
END:VEVENT
END:VCALENDAR
"""


def brought(client, name, text):
    file = BytesIO(text.encode() if isinstance(text, str) else text)
    file.name = name
    return client.post("/add", {"files": [file]}, follow=True)


def said_by(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def every_page(client, person):
    interview = person.interviewed_me.get().interview_id if person.interviewed_me.exists() else None
    pages = [
        "/",
        "/interviews",
        "/people",
        "/applications",
        f"/people/{person.pk}",
        f"/people/{person.pk}/edit",
    ]
    pages += [f"/interviews/{interview}"] if interview else []
    return "".join(
        client.get(page).content.decode() for page in [*pages, "/search?q=script", "/lists/waiting"]
    )


@pytest.mark.parametrize(("name", "text"), [("a.vcf", CARD), ("a.ics", INVITATION)])
def test_markup_in_a_file_is_only_ever_shown_as_text(as_alex, alex, name, text):
    shown = brought(as_alex, f"{SCRIPT}.{name}", text).content.decode()
    for person in Person.objects.seen_by(alex):
        shown += every_page(as_alex, person)
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown
    assert "<img" not in shown


def test_links_of_a_card_lead_nowhere_but_to_the_web_a_mailbox_or_a_number(as_alex, alex):
    brought(as_alex, "a.vcf", CARD)
    person = Person.objects.get(member=alex)
    links = set(re.findall(r'href="([^"]*)"', as_alex.get(f"/people/{person.pk}").content.decode()))
    assert {link for link in links if ":" in link} == {
        "mailto:mal@evil.example%3Fbcc%3Dspy@evil.example%26subject%3Dhello",
        "tel:2149301234",
    }


@pytest.mark.parametrize("name", ["a.vcf", "a.ics"])
def test_nul_characters_in_a_file_are_passed_over(as_alex, alex, name):
    text = (CARD if name == "a.vcf" else INVITATION).replace("Mallory", "Mal\0lory").replace("VP", "V\0P")
    assert brought(as_alex, name, text.replace("Eve", "E\0ve")).status_code == 200
    assert Person.objects.seen_by(alex).exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_meant_is_refused(book, as_alex, day):
    step, application = book.step(), book.application
    person = book.person()
    for address, words in {
        f"/steps/{step.pk}/snooze": {"until": day},
        f"/applications/{application.pk}/expectation": {"reply_by": day},
        f"/people/{person.pk}/facts/reply_by": {"value": day},
    }.items():
        assert as_alex.post(address, words).status_code == 302
    application.refresh_from_db()
    step.refresh_from_db()
    assert (application.reply_by, step.snoozed_until, person.statements.count()) == (None, None, 0)
    answer = as_alex.post("/add/typed", {"name": "Erin Walsh", "when": f"{day}T10:00"})
    assert "cannot be meant" in answer.content.decode()


BEYOND_REASON = ("9" * 18, "-" + "9" * 18, "9" * 5000, "9999-12-31", "x" * 5000, "a\0b")


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_beyond_reason_is_not_known_in_a_situation(as_alex, name):
    shown = False
    for value in BEYOND_REASON:
        said = {"met": "interview", name: value}
        facts = SituationForm(said).situation(timezone.now(), "UTC").facts
        assert name in facts or facts == {key: said[key] for key in said if key != name}
        # What is not known gives one page for all values; to show it once is enough.
        if name in facts or not shown:
            assert as_alex.get("/situation", said).status_code == 200
        shown = shown or name not in facts


@pytest.mark.parametrize("value", BEYOND_REASON)
def test_a_situation_of_nothing_but_facts_beyond_reason_is_answered(as_alex, value):
    assert as_alex.get("/situation", dict.fromkeys(FACTS, value)).status_code == 200


@pytest.mark.parametrize("words", ["a " * 3000, "x" * 60_000, "a\0b", "%", "_", "' OR 1=1 --", '"', "\\"])
def test_any_words_can_be_searched_for(book, as_alex, words):
    assert as_alex.get("/search", {"q": words}).status_code in {200, 302}


def test_words_without_end_are_refused_with_a_sentence(book, as_alex):
    step = book.step()
    before = step.note.text
    topics = as_alex.post(f"/interviewers/{book.interviewer().pk}/topics", {"topics": "a\n" * 100_000})
    assert "too long" in said_by(topics)
    assert "too long" in said_by(as_alex.post(f"/notes/{step.note_id}", {"text": "a " * 100_000}))
    step.note.refresh_from_db()
    assert (step.note.text, book.interviewer().topics) == (before, "")


def test_nul_characters_in_topics_are_passed_over(book, as_alex):
    as_alex.post(f"/interviewers/{book.interviewer().pk}/topics", {"topics": "mono\0lith"})
    assert book.interviewer().topics == "monolith"


def test_a_text_too_long_to_paste_is_refused_with_a_page(as_alex):
    answer = as_alex.post("/add", {"text": "a" * 3_000_000})
    assert answer.status_code == 400
    assert "bring longer texts as a file" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_nobody_signed_out_can_fill_the_disk(signed_out, db):
    file = BytesIO(b"x" * (FROM_STRANGERS + 1))
    file.name = "a.ics"
    for address in ("/add", "/account/login"):
        answer = signed_out.post(address, {"files": [file]})
        assert answer.status_code == 413
        file.seek(0)


ELSEWHERE = ["//evil.test", "https://evil.test", "javascript:alert(1)", "\\\\evil.test", "/\\evil.test", "///evil.test",
             "http:///evil.test", "/\t/evil.test", " //evil.test", "http://[::1", "/\r\nX-Evil: yes"]  # fmt: skip


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_way_back_never_leads_elsewhere(book, as_alex, address):
    answer = as_alex.post(f"/people/{book.person().pk}/contact", {"channel": "none", "next": address})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))
    assert "X-Evil" not in answer.headers


def test_doing_a_thing_twice_is_answered_with_a_sentence(book, as_alex):
    step, batch = book.step(), book.batch
    for address in (
        f"steps/{step.pk}/completion",
        f"steps/{step.pk}/completion/undo",
        f"batches/{batch.pk}/undo",
    ):
        first, second = as_alex.post(f"/{address}"), as_alex.post(f"/{address}")
        assert (first.status_code, second.status_code) in {(302, 302), (302, 404)}
        assert said_by(second) or second.status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_id_that_no_database_holds_is_the_id_of_nothing(book, as_alex, method):
    values = {"pk": BEYOND, "member": BEYOND, "number": BEYOND, "identifier": "considerate", "name": "rapport",
              "form": "vcard4", "token": "none"}  # fmt: skip
    for route in routes():
        if "<int:pk>" in route.template:
            answer = getattr(as_alex, method)(route.address(values), {"value": "strong", "channel": "email"})
            assert (route, answer.status_code) in {(route, 404), (route, 405)}
