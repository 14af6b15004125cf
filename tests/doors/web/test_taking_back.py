"""Every slip of a click has a way back: the Undo of its message, and of that one again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.followups import happenings
from rapport.followups.hearing import hear
from rapport.journal.models import Entry
from rapport.network.models import Invitation
from rapport.people.models import Keeping, KeptSearch, NamedList, Source
from rapport.rules.card import Card
from tests.doors.web.forms import undo_in


def undone(client, answer):
    """Press the message's Undo; give what that says."""
    return client.post(undo_in(answer), follow=True)


def now_of(row, *columns):
    row.refresh_from_db()
    return tuple(getattr(row, column) for column in columns)


def test_i_did_not_send_it_is_taken_back_with_the_moment_and_the_words(book, as_alex):
    step = book.step()
    as_alex.post(f"/steps/{step.pk}/delivery", {"text": "Thank you, Dana.", "subject": "Thanks"})
    columns = ("state", "settled_at")
    stood, note = now_of(step, *columns), now_of(step.note, "sent_at", "text")
    slip = as_alex.post(f"/steps/{step.pk}/delivery/undo")
    assert now_of(step, *columns) == ("open", None)
    again = as_alex.post(undo_in(slip))
    assert (now_of(step, *columns), now_of(step.note, "sent_at", "text")) == (stood, note)
    as_alex.post(undo_in(again))
    assert (now_of(step, *columns), now_of(step.note, "sent_at")) == (("open", None), (None,))
    as_alex.post(f"/notes/{step.note_id}", {"text": "Other words.", "subject": "Thanks"})
    assert "Other words stand there" in undone(as_alex, slip).content.decode()
    assert now_of(step, "state") == ("open",)


def test_words_drafted_anew_meanwhile_give_way_to_those_that_were_sent(book, as_alex):
    step = book.step()
    as_alex.post(f"/steps/{step.pk}/delivery")
    sent = now_of(step.note, "text", "edited_at")
    happenings.recall(book.interviewer(), "the move to Lisbon", by=book.member, at=timezone.now())
    slip = as_alex.post(f"/steps/{step.pk}/delivery/undo")
    assert now_of(step.note, "text", "edited_at") != sent
    as_alex.post(undo_in(slip))
    assert now_of(step.note, "text", "edited_at") == sent


def test_an_invitation_never_sent_was_sent_after_all(book, as_alex):
    happenings.state_fact(book.person(), "may_connect", "yes", by=book.member, at=timezone.now())
    step = book.step("invite", "professional")
    as_alex.post(f"/steps/{step.pk}/delivery", {"confirmed": "yes", "text": "Glad to have met you."})
    sent = Invitation.objects.get()
    slip = as_alex.post(f"/invitations/{sent.pk}/removal")
    assert (now_of(sent, "is_waiting"), now_of(step, "state")) == ((False,), ("open",))
    undone(as_alex, slip)
    assert (now_of(sent, "is_waiting"), now_of(step, "state")) == ((True,), ("done",))
    as_alex.post(f"/invitations/{sent.pk}/acceptance")
    accepted = now_of(sent, "state", "answered_at")
    slip = as_alex.post(f"/invitations/{sent.pk}/answer/undo")
    assert now_of(sent, "state") == ("sent",)
    undone(as_alex, slip)
    assert now_of(sent, "state", "answered_at") == accepted


def test_a_letter_that_is_not_in_the_post_was_posted_after_all(book, as_alex):
    step = book.step("thank", "letter")
    as_alex.post(f"/steps/{step.pk}/delivery", {"posted_on": timezone.now().date().isoformat()})
    columns = ("state", "settled_at", "posted_at", "arrives")
    stood = now_of(step, *columns)
    slip = as_alex.post(f"/steps/{step.pk}/delivery/undo")
    assert now_of(step, "posted_at") == (None,)
    undone(as_alex, slip)
    assert now_of(step, *columns) == stood


@pytest.mark.parametrize("word", ["confirmation", "dismissal"])
def test_whether_somebody_was_there_is_taken_back_from_the_message_and_the_timeline(book, as_alex, word):
    sam, step = book.interviewer("Sam Ortiz"), book.step(name="Sam Ortiz")
    page, columns = f"/people/{sam.person_id}", ("confirmed_at", "dismissed_at")
    stood, closed = now_of(sam, *columns), now_of(step, "closed_at")
    said = as_alex.post(f"/interviewers/{sam.pk}/{word}")
    assert now_of(sam, *columns) != stood
    assert (now_of(step, "closed_at") == (None,)) == (word == "confirmation")
    assert undo_in(said) in as_alex.get(page).content.decode()
    answer = undone(as_alex, said)
    assert "Taken back: Sam Ortiz was" in answer.content.decode()
    assert (now_of(sam, *columns), now_of(step, "closed_at")) == (stood, closed)
    shown = as_alex.get(page).content.decode()
    assert undo_in(said) not in shown
    assert "changed since, or was taken back already" in undone(as_alex, said).content.decode()


def test_what_was_said_of_somebody_is_as_it_was_before(book, as_alex):
    dana, person = book.interviewer(), book.person()
    for first, second in (("weak", "strong"), ("fair", "weak")):
        as_alex.post(f"/people/{person.pk}/facts/rapport", {"value": first})
        answer = as_alex.post(f"/people/{person.pk}/facts/rapport", {"value": second})
        as_alex.post(undo_in(answer))
        assert person.statements.get().value == first
    as_alex.post(undo_in(as_alex.post(f"/people/{person.pk}/facts/rapport/undo")))
    assert person.statements.get().value == "fair"
    as_alex.post(f"/interviewers/{dana.pk}/topics", {"topics": "paper\nink"})
    for what, said in (("topics", {"topics": ""}), ("role", {"role": "peer"})):
        before = now_of(dana, "topics", "role")
        answer = as_alex.post(f"/interviewers/{dana.pk}/{what}", said)
        assert now_of(dana, "topics", "role") != before
        as_alex.post(undo_in(answer))
        assert now_of(dana, "topics", "role") == before


def test_what_was_said_of_an_application_is_as_it_was_before(book, as_alex):
    application, person = book.application, book.person()
    columns = ("stage", "decision", "decided_at", "reply_by", "via_agency")
    in_a_week = (timezone.now() + timedelta(days=7)).date().isoformat()
    for address, said in (
        (f"/applications/{application.pk}/decision", {"standing": "rejected"}),
        (f"/applications/{application.pk}/decision", {"standing": "applied"}),
        (f"/applications/{application.pk}/expectation", {"reply_by": in_a_week}),
        (f"/people/{person.pk}/facts/reply_by", {"value": in_a_week}),
        (f"/people/{person.pk}/facts/decision", {"value": "offer"}),
    ):
        before = now_of(application, *columns)
        answer = as_alex.post(address, said)
        assert (now_of(application, *columns) != before, address) == (True, address)
        as_alex.post(undo_in(answer))
        assert (now_of(application, *columns), address) == (before, address)


def test_an_enquiry_that_was_made_after_all_counts_again(book, as_alex):
    step, application = book.step("check_in", "email"), book.application
    as_alex.post(f"/steps/{step.pk}/completion", {"confirmed": "yes"})
    slip = as_alex.post(f"/steps/{step.pk}/completion/undo")
    assert (now_of(application, "check_ins"), now_of(step, "state")) == ((0,), ("open",))
    undone(as_alex, slip)
    assert (now_of(application, "check_ins"), now_of(step, "state")) == ((1,), ("done",))


def test_an_enquiry_that_was_answered_meanwhile_is_answered_still_when_it_was_made_after_all(book, as_alex):
    step, application = book.step("check_in", "email"), book.application
    as_alex.post(f"/steps/{step.pk}/completion", {"confirmed": "yes"})
    happenings.they_wrote(step.person, by=step.person.member, at=timezone.now())
    slip = as_alex.post(f"/steps/{step.pk}/completion/undo")
    undone(as_alex, slip)
    assert (now_of(application, "check_ins"), now_of(step, "state", "answer")) == ((0,), ("done", "replied"))
    happenings.they_did_not_write(step.person, by=step.person.member, at=timezone.now())
    assert (now_of(application, "check_ins"), now_of(step, "answer")) == ((1,), ("",))

    slip = as_alex.post(f"/steps/{step.pk}/completion/undo")
    happenings.they_wrote(step.person, by=step.person.member, at=timezone.now())
    undone(as_alex, slip)
    assert (now_of(application, "check_ins"), now_of(step, "state", "answer")) == ((0,), ("done", "replied"))


def test_an_interview_called_off_takes_place_with_its_plan(book, as_alex):
    step = book.step()
    answer = as_alex.post(f"/interviews/{book.interview.pk}/cancellation")
    assert book.interview.cancelled_at
    assert now_of(step, "closed_at") != (None,)
    undone(as_alex, answer)
    assert (book.interview.cancelled_at, now_of(step, "closed_at")) == (None, (None,))


def test_a_choice_and_a_day_are_those_of_before_not_none(book, as_alex):
    step = book.step("invite", "professional")
    day = timezone.now().date()
    for address, first, second in (
        ("choice", {"verdict": "avoid"}, {"verdict": "optional"}),
        ("snooze", {"until": f"{day + timedelta(days=2)}"}, {"until": f"{day + timedelta(days=9)}"}),
    ):
        columns = ("choice", "snoozed_until")
        as_alex.post(f"/steps/{step.pk}/{address}", first)
        before = now_of(step, *columns)
        as_alex.post(undo_in(as_alex.post(f"/steps/{step.pk}/{address}", second)))
        assert now_of(step, *columns) == before
    as_alex.post(undo_in(as_alex.post(f"/steps/{step.pk}/choice/undo")))
    assert now_of(step, "choice") == ("avoid",)


def test_ones_own_words_come_back_not_the_draft(book, as_alex):
    note = book.step().note
    as_alex.post(f"/notes/{note.pk}", {"text": "My first words.", "subject": note.subject})
    second = as_alex.post(f"/notes/{note.pk}", {"text": "My second words.", "subject": note.subject})
    as_alex.post(undo_in(second))
    assert now_of(note, "text") == ("My first words.",)
    as_alex.post(undo_in(as_alex.post(f"/notes/{note.pk}/original")))
    assert now_of(note, "text") == ("My first words.",)


def test_lists_searches_and_rhythms_that_went_are_there_again(book, as_alex):
    dana, sam = book.person(), book.person("Sam Ortiz")
    said = {"by": book.member, "at": timezone.now()}
    kept = NamedList.make("Old colleagues", "professional", **said)
    for person in (dana, sam):
        kept.put_on(person, **said)
    for address in ("lists/removal", "lists"):
        before = set(kept.people)
        answer = as_alex.post(f"/people/{dana.pk}/{address}", {"list": kept.pk})
        assert set(kept.people) != before
        again = as_alex.post(undo_in(answer))
        assert set(kept.people) == before
        as_alex.post(undo_in(again))
    gone = as_alex.post(f"/named-lists/{kept.pk}/removal")
    assert not NamedList.objects.exists()
    NamedList.make("Old colleagues", "social", **said).remove(**said)
    as_alex.post(undo_in(gone))
    assert (now_of(kept, "name", "sphere"), set(kept.people)) == (
        ("Old colleagues", "professional"),
        {dana, sam},
    )
    assert "there is another one by now" in undone(as_alex, gone).content.decode()
    search = KeptSearch.keep("All Danas", "professional", {"q": "dana"}, **said)
    as_alex.post(undo_in(as_alex.post(f"/kept-searches/{search.pk}/removal")))
    assert now_of(search, "name", "filters") == ("All Danas", {"q": "dana", "sphere": "professional"})
    rhythms = []
    for every, unit in (("3", "months"), ("2", "weeks"), ("0", "")):
        before = list(Keeping.objects.values())
        answer = as_alex.post(f"/people/{dana.pk}/keeping", {"every": every, "unit": unit})
        rhythms.append(list(Keeping.objects.values()))
        again = as_alex.post(undo_in(answer))
        assert list(Keeping.objects.values()) == before
        as_alex.post(undo_in(again))
        assert list(Keeping.objects.values()) == rhythms[-1]


def test_norms_and_schools_of_ones_own_are_there_again(book, as_alex):
    school = book.school()
    here, norms, former = f"/schools/{school.identifier}", school.norms, book.member.school
    answer = as_alex.post(f"{here}/norms/0/removal")
    assert now_of(school, "norms") == ([],)
    as_alex.post(undo_in(as_alex.post(undo_in(as_alex.post(undo_in(answer))))))
    assert now_of(school, "norms") == (norms,)
    as_alex.post(undo_in(as_alex.post(f"{here}/removal")))
    assert now_of(school, "name", "norms") == ("The next day, my way", norms)
    as_alex.post(undo_in(as_alex.post(f"{here}/choice")))
    assert now_of(book.member, "school") == (former,)


def test_the_timeline_offers_to_take_back_whatever_stands(book, as_alex):
    dana, step = book.person(), book.step()
    page, said = f"/people/{dana.pk}", {"by": book.member, "at": timezone.now()}
    friends = NamedList.make("Old colleagues", "professional", **said)
    source = Source.of(dana, "card", "https://dana.example/card.vcf")
    hear(source, Card.of(name="Dana Lee", title="Chief"), at=timezone.now())
    acts = (
        (f"/people/{dana.pk}/lists", {"list": friends.pk}),
        (f"/people/{dana.pk}/facts/rapport", {"value": "strong"}),
        (f"/people/{dana.pk}/keeping", {"every": "3", "unit": "months"}),
        (f"/steps/{step.pk}/delivery", {"text": "Thank you, Dana.", "subject": "Thanks"}),
        (f"/suggestions/{dana.suggestions.get().pk}/application", {}),
    )
    for address, sent in acts:
        as_alex.post(address, sent)
        told = as_alex.get(page)
        one = next(one for one in told.context["entries"] if one.done)
        undo = f"/journal/{one.entry.pk}/undo"
        assert undo in told.content.decode()
        as_alex.post(undo)
        assert undo not in as_alex.get(page).content.decode()
    assert now_of(step, "state") == ("open",)
    assert not friends.people.exists()
    assert not dana.statements.exists()
    assert not Keeping.objects.exists()
    assert (now_of(dana, "title"), dana.suggestions.get().state) == (("VP Engineering",), "open")


def test_what_cannot_be_taken_back_says_so(book, as_alex, as_stranger, signed_out):
    met = Entry.objects.filter(verb="person.met").first()
    answer = as_alex.post(f"/journal/{met.pk}/undo", follow=True)
    assert "This cannot be taken back" in answer.content.decode()
    assert as_stranger.post(f"/journal/{met.pk}/undo").status_code == 404
    assert signed_out.post(f"/journal/{met.pk}/undo").status_code == 302
