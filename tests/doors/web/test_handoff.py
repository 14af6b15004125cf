"""The hand-off to sites without an interface: sent, answered, withdrawn, each in one click and with undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.followups.asking import situation_of
from rapport.network.models import Invitation
from tests.doors.web.forms import said

PROFILE = "https://www.linkedin.com/in/dana-lee"


def invited(book, client, **form):
    """Send the invitation to Dana from its step, whatever the advice."""
    step = book.step("invite", "professional")
    return client.post(
        f"/steps/{step.pk}/delivery", {"text": "Glad we talked, Dana.", "confirmed": "yes"} | form
    )


def invitation():
    return Invitation.objects.get()


def test_i_sent_it_records_the_invitation_with_its_words(book, as_alex):
    invited(book, as_alex)
    assert (invitation().state, invitation().words) == ("sent", "Glad we talked, Dana.")
    step = book.step("invite", "professional")
    assert step.state == "done"
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    assert "1 of 5" not in page
    for words in ("With them since", "They accepted", "They declined", "Nothing yet", "I withdrew it"):
        assert words in page


def test_not_sent_after_all_takes_the_record_along(book, as_alex):
    invited(book, as_alex)
    as_alex.post(f"/steps/{book.step('invite', 'professional').pk}/delivery/undo")
    assert not Invitation.objects.standing().exists()
    assert book.step("invite", "professional").state == "open"


@pytest.mark.parametrize(
    ("address", "state", "words"),
    [
        ("acceptance", "accepted", "Dana Lee accepted."),
        ("declining", "declined", "Dana Lee declined."),
        ("rest", "ignored", "Dana Lee let it rest."),
        ("withdrawal", "withdrawn", "You withdrew the invitation to Dana Lee."),
    ],
)
def test_what_came_of_it_is_one_click_and_so_is_its_undo(book, as_alex, address, state, words):
    invited(book, as_alex)
    pk = invitation().pk
    answer = as_alex.post(f"/invitations/{pk}/{address}", follow=True)
    assert words in said(answer)
    assert f'action="/invitations/{pk}/answer/undo"' in answer.content.decode()
    assert invitation().state == state
    as_alex.post(f"/invitations/{pk}/answer/undo")
    assert invitation().state == "sent"


def test_their_acceptance_is_a_fact_of_the_advice(book, as_alex):
    invited(book, as_alex)
    as_alex.post(f"/invitations/{invitation().pk}/acceptance")
    facts = situation_of(book.interviewer(), timezone.now()).facts
    assert (facts["invited"], facts["degree"]) == ("accepted", 1)
    because = [reason["norm"] for reason in book.step("answer", "professional").because]
    assert {"answer-accepted", "answer-connected"} & set(because)


def test_nothing_yet_comes_back_on_today_in_a_week(book, as_alex):
    invited(book, as_alex)
    pk = invitation().pk
    assert "Any answer?" not in as_alex.get("/").content.decode()
    Invitation.objects.update(look_again_at=book.now - timedelta(days=1))
    assert "Any answer?" in as_alex.get("/").content.decode()
    assert "asks again in a week" in said(as_alex.post(f"/invitations/{pk}/later", follow=True))
    assert "Any answer?" not in as_alex.get("/").content.decode()
    as_alex.post(f"/invitations/{pk}/later/undo")
    assert "Any answer?" in as_alex.get("/").content.decode()


def test_past_the_limit_it_asks_once_more_with_the_figures_and_keeps_the_words(book, as_alex):
    book.member.notes_a_month = 0
    book.member.save()
    step = book.step("invite", "professional")
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    assert "0 of 0 notes this month" in page
    assert "The site’s limit is reached." in page
    page = as_alex.post(f"/steps/{step.pk}/delivery", {"text": "Glad we talked, Dana."}).content.decode()
    assert "0 of 0 personal notes this month" in page
    assert not Invitation.objects.exists()
    assert book.step("invite", "professional").note.text == "Glad we talked, Dana."
    as_alex.post(f"/steps/{step.pk}/delivery", {"confirmed": "yes"})
    assert invitation().words == "Glad we talked, Dana."


def test_a_note_longer_than_the_site_takes_asks(book, as_alex):
    step = book.step("invite", "professional")
    page = as_alex.post(f"/steps/{step.pk}/delivery", {"text": "👍" * 101}).content.decode()
    assert "Your note has 202 characters; the site takes 200" in page
    assert not Invitation.objects.exists()


def test_the_profile_is_pasted_once_and_then_a_link(book, as_alex):
    step, person = book.step("invite", "professional"), book.person()
    assert f'action="/people/{person.pk}/profile"' in as_alex.get(f"/steps/{step.pk}").content.decode()
    answer = as_alex.post(f"/people/{person.pk}/profile", {"profile": "javascript:alert(1)"}, follow=True)
    assert "no address of a profile" in said(answer)
    answer = as_alex.post(
        f"/people/{person.pk}/profile", {"profile": "http://linkedin.com/in/Dana-Lee/"}, follow=True
    )
    assert book.person().profile == PROFILE
    assert (
        f'href="{PROFILE}" target="_blank" rel="noreferrer"'
        in as_alex.get(f"/steps/{step.pk}").content.decode()
    )
    revision = person.revisions.latest("pk")
    as_alex.post(f"/revisions/{revision.pk}/undo")
    assert book.person().profile == ""


def test_their_invitation_is_answered_with_words_of_either_kind(book, as_alex):
    person = book.person()
    answer = as_alex.post(f"/people/{person.pk}/their-invitation", {"channel": "professional"}, follow=True)
    assert f'action="/invitations/{invitation().pk}/removal"' in answer.content.decode()
    step = book.step("answer", "professional")
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    assert "I accepted, with these words" in page
    as_alex.post(f"/steps/{step.pk}/delivery", {"answer": "declined", "text": "Thank you, not here."})
    assert (invitation().state, invitation().direction) == ("declined", "received")
    as_alex.post(f"/steps/{step.pk}/delivery/undo")
    assert invitation().state == "open"
    as_alex.post(f"/steps/{step.pk}/delivery", {"answer": "accepted"})
    assert invitation().state == "accepted"


def test_a_second_invitation_of_theirs_is_refused_while_one_waits(book, as_alex):
    person = book.person()
    as_alex.post(f"/people/{person.pk}/their-invitation", {"channel": "professional"})
    answer = as_alex.post(f"/people/{person.pk}/their-invitation", {"channel": "professional"}, follow=True)
    assert "An invitation of theirs waits already." in said(answer)
    as_alex.post(f"/invitations/{invitation().pk}/removal")
    assert book.step("answer", "professional").verdict == "hold"


def test_the_social_door_keeps_its_question_with_the_reason_in_view(book, as_alex):
    step = book.step("invite", "social")
    page = as_alex.post(f"/steps/{step.pk}/completion").content.decode()
    assert "inviting your interviewer to dinner" in page
    assert "The canned invitation is what everybody complains about" in page
    assert not Invitation.objects.exists()


def test_the_network_page_tells_who_invited_whom(book, as_alex):
    assert "No invitations yet." in as_alex.get("/network").content.decode()
    as_alex.post(f"/people/{book.person('Sam Ortiz').pk}/their-invitation", {"channel": "professional"})
    invited(book, as_alex)
    page = as_alex.get("/network").content.decode()
    assert "They invited you" in page
    assert "Sam Ortiz" in page
    assert "1 of 5 notes this month" in page


def test_a_stranger_and_somebody_signed_out_reach_no_invitation(book, as_alex, as_stranger, signed_out):
    invited(book, as_alex)
    for address in ("acceptance", "declining", "rest", "withdrawal", "later", "removal", "answer/undo"):
        assert as_stranger.post(f"/invitations/{invitation().pk}/{address}").status_code == 404
        assert signed_out.post(f"/invitations/{invitation().pk}/{address}").status_code == 302
    assert as_stranger.post(f"/people/{book.person().pk}/profile", {"profile": PROFILE}).status_code == 404
    assert invitation().state == "sent"
    assert "Dana" not in as_stranger.get("/network").content.decode()
