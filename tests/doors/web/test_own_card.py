"""The member's own card and the post's pace, in the settings."""

from __future__ import annotations

from django.utils import timezone

from rapport.accounts.models import PostalTime
from rapport.intake.taking_back import take_back, undoable
from rapport.rules.audience import audiences_in
from tests.doors.web.forms import filled_in

CARD = {
    "jobs-0-title": "Platform Engineer",
    "phones-0-number": "+49 30 123456",
    "phones-0-kind": "mobile",
    "signature": "With kind regards,\r\nAlex",
    "places-0-place": "home",
    "places-0-street": "Unter den Linden 5",
    "places-0-locality": "Berlin",
    "places-0-postal_code": "10117",
    "places-0-country": "DE",
}


def test_the_card_is_kept_and_shown_again(alex, as_alex):
    as_alex.post("/settings/card", filled_in(as_alex, "/settings/card") | CARD)
    alex.refresh_from_db()
    card = alex.own_card
    assert (card.name, card.title, card.phones) == ("Alex Morgan", "Platform Engineer", ("+49 30 123456",))
    assert (card.postal_address.street, card.signature) == ("Unter den Linden 5", "With kind regards,\nAlex")
    assert (alex.country, card.emails) == ("DE", ("alex.morgan@mail.example",))
    gone = {"places-0-DELETE": "on", "phones-0-number": ""}
    as_alex.post("/settings/card", filled_in(as_alex, "/settings/card") | gone)
    alex.refresh_from_db()
    assert (alex.own_card.postal_address, alex.own_card.phones) == (None, ())


def test_what_was_kept_is_taken_back_and_what_was_changed_since_stays(alex, as_alex, as_stranger):
    as_alex.post("/settings/card", filled_in(as_alex, "/settings/card") | CARD)
    gone = {"phones-0-number": "", "places-0-street": "Ringstr. 1"}
    page = as_alex.post(
        "/settings/card", filled_in(as_alex, "/settings/card") | gone, follow=True
    ).content.decode()
    undo = f"/settings/card/kept/{alex.journal.filter(verb='card.kept').first().pk}/undo"
    assert f'action="{undo}"' in page
    as_alex.post("/settings/card", filled_in(as_alex, "/settings/card") | {"jobs-0-title": "Chief"})
    assert as_stranger.post(undo).status_code == 404
    as_alex.post(undo)
    alex.refresh_from_db()
    card = alex.own_card
    assert (card.phones, card.postal_address.street) == (("+49 30 123456",), "Unter den Linden 5")
    assert (card.title, card.signature) == ("Chief", "With kind regards,\nAlex")
    again = as_alex.post(undo, follow=True).content.decode()
    assert "Nothing of this stands on your card any more." in again
    as_alex.post(
        "/settings/card/audience",
        filled_in(as_alex, "/settings/card/audience", of="audience") | {"item-0": ["link"]},
    )
    take_back(next(undoable(alex))[0], by=alex, at=timezone.now())
    alex.refresh_from_db()
    assert not audiences_in(alex.own_card)


def test_half_an_address_is_refused_beside_the_field(alex, as_alex):
    said = filled_in(as_alex, "/settings/card") | CARD | {"places-0-country": ""}
    page = as_alex.post("/settings/card", said)
    places = next(section for section in page.context["form"].sections if section.name == "places")
    assert places.rows.errors[0]["country"] == ["Choose the country: it decides how the address is written."]
    alex.refresh_from_db()
    assert alex.card == ""


def test_a_form_of_a_card_that_was_changed_elsewhere_is_not_kept(alex, as_alex):
    said = filled_in(as_alex, "/settings/card") | CARD
    as_alex.post("/settings/card", said)
    page = as_alex.post("/settings/card", said | {"signature": "Another"}, follow=True).content.decode()
    assert "Your card was changed meanwhile." in page
    alex.refresh_from_db()
    assert alex.own_card.signature == "With kind regards,\nAlex"


def test_how_long_the_post_takes_is_noted_changed_and_taken_away(alex, as_alex):
    as_alex.post("/settings/postal-times", {"sender": "DE", "destination": "PT", "working_days": "6"})
    as_alex.post("/settings/postal-times", {"sender": "DE", "destination": "PT", "working_days": "5"})
    assert alex.working_calendar.post_days == {("DE", "PT"): 5}
    page = as_alex.get("/settings/card").content.decode()
    assert "Germany to Portugal" in page
    assert "5 working days" in page
    as_alex.post(f"/settings/postal-times/{PostalTime.objects.get().pk}/removal")
    assert alex.working_calendar.post_days == {}


def test_a_figure_that_no_post_has_is_refused(alex, as_alex):
    for days in ("0", "61", "-1", "soon"):
        page = as_alex.post(
            "/settings/postal-times", {"sender": "DE", "destination": "PT", "working_days": days}
        )
        assert page.context["postal_time"].errors["working_days"]
    page = as_alex.post("/settings/postal-times", {"sender": "ZZ", "destination": "PT", "working_days": "5"})
    assert page.context["postal_time"].errors["sender"]
    assert not PostalTime.objects.exists()


def test_a_stranger_changes_nothing_of_it(alex, as_alex, as_stranger, signed_out):
    as_alex.post("/settings/postal-times", {"sender": "DE", "destination": "PT", "working_days": "6"})
    removal = f"/settings/postal-times/{PostalTime.objects.get().pk}/removal"
    assert as_stranger.post(removal).status_code == 404
    assert signed_out.post(removal)["Location"].startswith("/sign-in")
    as_stranger.post("/settings/card", filled_in(as_stranger, "/settings/card") | CARD)
    alex.refresh_from_db()
    assert (alex.card, PostalTime.objects.count()) == ("", 1)
