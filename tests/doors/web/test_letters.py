"""A letter's pages: copy, print, post; and the addresses it needs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.rules.card import Card, PostalAddress
from tests.doors.web.forms import said
from tests.pdf import pages

LISBON = PostalAddress(
    street="Rua Augusta 10", locality="Lisboa", postal_code="1100-053", country="PT", place="work"
)
BERLIN = PostalAddress(
    street="Unter den Linden 5", locality="Berlin", postal_code="10117", country="DE", place="home"
)
TO = {
    "to-street": "Rua Augusta 10",
    "to-locality": "Lisboa",
    "to-postal_code": "1100-053",
    "to-country": "PT",
}
FROM = {
    "from-street": "Unter den Linden 5",
    "from-locality": "Berlin",
    "from-postal_code": "10117",
    "from-country": "DE",
}
PAGES = ["letter", "letter/print", "letter/pages/1", "letter/pdf", "envelope", "envelope/pdf"]
VERBS = ["letter/words", "recipient", "sender", "delivery"]


@pytest.fixture
def step(book):
    """Give the step of Dana's letter, both addresses known."""
    book.member.post_from(BERLIN)
    person = book.person()
    person.absorb(Card.of(name="Dana Lee").saying(address=LISBON), source="a card", at=book.now)
    return book.step("thank", "letter")


def test_the_letter_as_pdf_has_the_words_and_both_addresses(book, step, as_alex):
    answer = as_alex.get(f"/steps/{step.pk}/letter/pdf")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    (page,) = pages(answer.content)
    assert page.width == pytest.approx(210, abs=0.1)
    assert page.lines[0] == "Alex Morgan"
    assert "1100-053 LISBOA" in page.lines
    assert "PORTUGAL" in page.lines
    words = " ".join(" ".join(page.lines).split())
    for paragraph in step.note.text.split("\n\n"):
        assert " ".join(paragraph.split()) in words
    (page,) = pages(as_alex.get(f"/steps/{step.pk}/letter/pdf?paper=us-letter").content)
    assert page.width == pytest.approx(215.9, abs=0.1)


def test_the_envelope_as_pdf_is_addressed(book, step, as_alex):
    (page,) = pages(as_alex.get(f"/steps/{step.pk}/envelope/pdf?size=c6").content)
    assert page.width == pytest.approx(162, abs=0.1)
    assert page.lines == [
        "Alex Morgan", "Unter den Linden 5", "10117 BERLIN", "GERMANY",
        "Dana Lee", "Initech", "Rua Augusta 10", "1100-053 LISBOA", "PORTUGAL",
    ]  # fmt: skip


def test_it_is_shown_as_it_will_print(book, step, as_alex):
    page = as_alex.get(f"/steps/{step.pk}/letter/print?paper=no-such&size=c6").content.decode()
    assert f'src="/steps/{step.pk}/letter/pages/1?paper=a4"' in page
    assert f'src="/steps/{step.pk}/envelope?size=c6"' in page
    for image in ("letter/pages/1", "envelope"):
        answer = as_alex.get(f"/steps/{step.pk}/{image}")
        assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert as_alex.get(f"/steps/{step.pk}/letter/pages/2").status_code == 404


def test_what_no_font_can_print_is_said_where_one_looks_at_it(book, step, as_alex):
    step.note.edit("Dear Dana,\n\n山田", "", by=book.member, at=book.now)
    page = as_alex.get(f"/steps/{step.pk}/letter/print").content.decode()
    assert "no sign for “山” (U+5C71), “田” (U+7530)" in page
    assert "letter/pages/1" not in page
    answer = as_alex.get(f"/steps/{step.pk}/letter/pdf", follow=True)
    assert "no sign for" in said(answer)
    assert as_alex.get(f"/steps/{step.pk}/letter/pages/1").status_code == 404


def test_the_copy_shows_every_word_line_by_line(book, step, as_alex):
    page = as_alex.get(f"/steps/{step.pk}/letter")
    copy = page.context["desk"].copy
    shown = [line for paragraph in copy.paragraphs for line in paragraph]
    assert " ".join(shown).split() == step.note.text.split()
    assert f"{copy.words} words" in page.content.decode()
    assert page.content.decode().count('type="radio"') == len(shown)
    wide = as_alex.get(f"/steps/{step.pk}/letter?card=correspondence")
    assert wide.context["desk"].copy.room == 10


def test_the_words_in_the_form_are_kept_before_they_are_copied(book, step, as_alex):
    answer = as_alex.post(f"/steps/{step.pk}/letter/words", {"text": "Thank you, Dana.", "then": "letter"})
    assert answer["Location"] == f"/steps/{step.pk}/letter"
    assert book.step("thank", "letter").note.text == "Thank you, Dana."
    answer = as_alex.post(
        f"/steps/{step.pk}/letter/words", {"then": "letter-print"}, headers={"HX-Request": "true"}
    )
    assert answer["HX-Redirect"] == f"/steps/{step.pk}/letter/print"


def test_a_letter_is_posted_on_a_day_and_taken_back(book, step, as_alex):
    today = timezone.now().astimezone(book.member.zone).date()
    answer = as_alex.post(
        f"/steps/{step.pk}/delivery",
        {"posted_on": today.isoformat(), "next": f"/steps/{step.pk}"},
        follow=True,
    )
    assert "Posted today, it arrives about" in said(answer)
    assert "It is not in the post" in answer.content.decode()
    assert re.search(r"<dt>Arrives about</dt><dd>\w+day \d+ \w+ 20\d\d</dd>", answer.text)
    posted = book.step("thank", "letter")
    assert (posted.state, posted.posted_at.astimezone(book.member.zone).date()) == ("done", today)
    page = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    assert "card posted" in page
    assert "posted <time" in page
    invitation = as_alex.get(f"/steps/{book.step('invite', 'professional').pk}").content.decode()
    assert "Your card is in the post: posted" in invitation
    as_alex.post(f"/steps/{step.pk}/delivery/undo")
    assert (book.step("thank", "letter").state, book.step("thank", "letter").posted_at) == ("open", None)


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "today or earlier"), (-30, "before the interview"), (None, "That is no day.")]
)
def test_a_day_that_cannot_be_is_refused(book, step, as_alex, days, sentence):
    day = "soon" if days is None else (timezone.now().date() + timedelta(days=days)).isoformat()
    answer = as_alex.post(f"/steps/{step.pk}/delivery", {"posted_on": day}, follow=True)
    assert sentence in said(answer)
    assert book.step("thank", "letter").state == "open"


def test_ticking_a_letter_off_posts_it_with_its_words(book, step, as_alex):
    as_alex.post(f"/steps/{step.pk}/completion")
    assert book.step("thank", "letter").posted_at
    assert book.step("thank", "letter").note.sent_at
    as_alex.post(f"/steps/{step.pk}/completion/undo")
    assert (book.step("thank", "letter").state, book.step("thank", "letter").note.sent_at) == ("open", None)


def test_missing_addresses_are_asked_for_on_the_page_and_go_onto_the_cards(book, as_alex):
    step = book.step("thank", "letter")
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    assert "Where does post reach Dana Lee?" in page
    assert "Your own address stands on no letter yet." in page
    answer = as_alex.get(f"/steps/{step.pk}/envelope/pdf", follow=True)
    assert "There is no postal address of Dana Lee yet." in said(answer)
    as_alex.post(f"/steps/{step.pk}/recipient", TO)
    as_alex.post(f"/steps/{step.pk}/sender", FROM)
    assert book.person().postal_address.locality == "Lisboa"
    page = as_alex.get(f"/steps/{step.pk}")
    assert page.context["desk"].to[-1] == "PORTUGAL"
    assert page.context["desk"].sent_from[-1] == "GERMANY"


@pytest.mark.parametrize(
    ("side", "fields", "field"), [("recipient", TO, "to-locality"), ("sender", FROM, "from-street")]
)
def test_half_an_address_is_refused_beside_the_field(book, as_alex, side, fields, field):
    step = book.step("thank", "letter")
    page = as_alex.post(f"/steps/{step.pk}/{side}", fields | {field: ""})
    form = getattr(page.context["desk"], f"{side}_form")
    assert list(form.errors) == [field.partition("-")[2]]
    assert "10" in page.content.decode(), "what was typed is still there"
    assert book.person().postal_address is None


def test_a_postal_code_that_looks_wrong_is_said_and_kept(book, as_alex):
    step = book.step("thank", "letter")
    as_alex.post(f"/steps/{step.pk}/recipient", TO | {"to-postal_code": "11"})
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    assert "11 does not look like a postal code of Portugal, such as 2725-079." in page


@pytest.mark.parametrize("address", PAGES)
def test_a_letters_pages_are_its_owners_alone(book, step, as_alex, as_stranger, signed_out, address):
    path = f"/steps/{step.pk}/{address}"
    assert as_alex.get(path).status_code == 200
    assert as_stranger.get(path).status_code == 404
    assert signed_out.get(path)["Location"].startswith("/sign-in")
    mail = book.step("thank", "email")
    assert as_alex.get(f"/steps/{mail.pk}/{address}").status_code == 404


@pytest.mark.parametrize("verb", VERBS)
def test_a_letters_verbs_are_its_owners_alone(book, step, as_stranger, signed_out, verb):
    path = f"/steps/{step.pk}/{verb}"
    body = TO | FROM | {"text": "Words of somebody else."}
    assert as_stranger.post(path, body).status_code == 404
    assert signed_out.post(path, body)["Location"].startswith("/sign-in")
    after = book.step("thank", "letter")
    assert (after.state, after.note.text) == ("open", step.note.text)
