"""A mail that tells of an interview in sentences, and its invitation, are one interview, whichever comes first."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rapport.importers.mail.letters import PROSE
from rapport.importers.settling import settled
from rapport.intake.taking import preview, take_in
from rapport.interviews.models import Interview
from rapport.journal.models import Entry
from tests import world

pytestmark = pytest.mark.django_db

TOLD = world.meeting(uid=f"platform{PROSE}", video_url="", participants=(world.dana(confirmed=False),))


def test_a_mail_that_confirms_a_known_interview_adds_to_it_and_makes_no_other() -> None:
    interview = world.interview()
    kim = world.sam(name="Kim Roe", email="kim@initech.example")
    world.taken_in(replace(TOLD, participants=(*TOLD.participants, kim)))
    assert Interview.objects.get() == interview
    assert interview.interviewers.filter(person__name="Kim Roe").exists()
    assert not world.taken_in(replace(TOLD, participants=(*TOLD.participants, kim))).pk, "said again"


def test_a_mail_that_cancels_a_known_interview_closes_it_also_after_it_was_moved() -> None:
    world.taken_in()
    world.taken_in(world.later(world.meeting()))
    moved = world.later(TOLD, sequence=0)
    batch = world.taken_in(replace(moved, cancelled=True))
    interview = Interview.objects.get()
    assert interview.cancelled_at
    batch.undo(by=world.alex(), at=world.NOW)
    interview.refresh_from_db()
    assert interview.cancelled_at is None


def test_an_invitation_takes_the_place_of_what_a_mail_told_before_and_its_updates_are_followed() -> None:
    batch = world.taken_in(TOLD)
    interview = Interview.objects.get()
    assert batch.pk
    world.taken_in(world.meeting())
    interview.refresh_from_db()
    assert Interview.objects.get() == interview
    assert (interview.uid, interview.sequence) == (world.meeting().uid, 0)
    assert interview.video_url
    assert {who.person.name for who in interview.interviewers.all()} >= {"Dana Lee", "Priya Nair"}
    world.taken_in(world.later(world.meeting()))
    interview.refresh_from_db()
    assert interview.starts_at == world.INTERVIEW_STARTS + timedelta(days=1)


def test_another_hour_or_another_organisation_is_another_interview() -> None:
    world.taken_in()
    world.taken_in(
        replace(TOLD, starts=TOLD.starts + timedelta(hours=2), ends=TOLD.ends + timedelta(hours=2))
    )
    world.taken_in(replace(TOLD, uid=f"other{PROSE}", organisation="Globex"))
    assert Interview.objects.count() == 3


def test_a_cancellation_in_sentences_counts_in_the_same_batch_too() -> None:
    (found,) = settled([world.meeting(), replace(TOLD, cancelled=True)])
    assert (found.uid, found.cancelled) == (world.meeting().uid, True)


WEEK_BEFORE = datetime(2026, 11, 17, 9, tzinfo=UTC)
INVITED = world.meeting(stamped=datetime(2026, 11, 12, 9, tzinfo=UTC))
MOVED_TO = datetime(2026, 11, 25, 14, tzinfo=UTC)
LEAVES = "Your interview on Friday 20 November at 10:00 has been moved to Wednesday 25 November at 14:00."
LEAVES_NOTHING = (
    "We have to reschedule your interview with Dana Lee. The new time: Wednesday 25 November, 14:00."
)


def mail(text: str, *, day: int = 16, subject: str = "Your interview at Initech") -> str:
    """Write a mail of the recruiter at Initech, of a day in November, at nine."""
    return (
        "From: Priya Nair <priya@initech.example>\nTo: alex.morgan@mail.example\n"
        f"Subject: {subject}\nDate: {day} Nov 2026 09:00:00 +0000\nMessage-ID: <{day}@initech.example>\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        f"Hi Alex,\n\n{text}\n\nBest regards,\nPriya Nair\n"
    )


def took(*texts: str, at: datetime = WEEK_BEFORE, way=take_in):
    """Take mails or pasted texts in together."""
    files = [(f"{number}.eml", io.BytesIO(text.encode())) for number, text in enumerate(texts)]
    return way(world.alex(), files, at=at)


def invited(*meetings, at: datetime = WEEK_BEFORE) -> Interview:
    """Give the interview of the platform team as its invitation of the week before says."""
    world.taken_in(*(meetings or (INVITED,)), at=at)
    return Interview.objects.get(uid=INVITED.uid)


@pytest.mark.parametrize(
    "text",
    [
        LEAVES,
        LEAVES_NOTHING,
        "Dana is ill, so we have to move your interview from Friday to Wednesday, 25 November, 14:00.",
        "Your interview is cancelled on Friday 20 November. The new date is Wednesday 25 November at 14:00.",
        "Dana is unwell, so we need to move it to Wednesday 25 November at 14:00.",
        "We need to postpone your interview scheduled for Friday 20 November. It will be on 25 November at 14:00.",
        "Your interview has been rescheduled. Here are the details:\n\nDate: 25 November 2026\nTime: 14:00",
        "Your interview originally planned for 20 November will take place on Wednesday 25 November at 14:00.",
        "Your interview on Friday 20 November at 10:00 has been rescheduled.\n\nNew date: 25 November 2026, 14:00",
        "Wir müssen Ihr Gespräch vom Freitag, 20. November, auf Mittwoch, 25. November, 14 Uhr verschieben.",
        "Ihr Vorstellungsgespräch muss leider verschoben werden. Neuer Termin: Mittwoch, 25. November, 14:00 Uhr.",
        "Nous devons reporter votre entretien prévu le 20 novembre. Il aura lieu le mercredi 25 novembre à 14h.",
        "Hemos tenido que mover tu entrevista del viernes 20. La nueva fecha es el 25 de noviembre a las 14:00.",
        "Dobbiamo posticipare il colloquio previsto per venerdì 20 novembre. Si terrà il 25 novembre alle 14:00.",
        "Door ziekte moeten we het sollicitatiegesprek van 20 november uitstellen. Het is op 25 november om 14:00.",
        "Votre entretien du vendredi 20 novembre à 10h est reporté au mercredi 25 novembre à 14h.",
        "Nous devons reporter votre entretien. Nouvelle date : mercredi 25 novembre à 14h.",
        "Su entrevista del viernes 20 de noviembre se ha aplazado al miércoles 25 de noviembre a las 14:00.",
        "Tenemos que reprogramar su entrevista. Nueva fecha: miércoles 25 de noviembre a las 14:00.",
        "A entrevista de sexta-feira, 20 de novembro, foi adiada para quarta-feira, 25 de novembro, às 14:00.",
        "Temos de adiar a entrevista de sexta-feira, 20 de novembro, para quarta-feira, 25 de novembro, às 14h00.",
        "Precisamos de reagendar a sua entrevista. Nova data: quarta-feira, 25 de novembro às 14h00.",
        "Dobbiamo spostare il colloquio da venerdì 20 novembre a mercoledì 25 novembre alle 14.00.",
        "Dobbiamo rinviare il suo colloquio. Nuova data: mercoledì 25 novembre alle ore 14:00.",
        "Uw sollicitatiegesprek van vrijdag 20 november is verplaatst naar woensdag 25 november om 14:00 uur.",
        "We moeten uw sollicitatiegesprek verzetten. Nieuwe datum: woensdag 25 november om 14:00 uur.",
    ],
)
def test_a_mail_that_moves_a_known_interview_in_sentences_moves_it_once_and_is_taken_back(text):
    interview = invited()
    batch = took(mail(text))
    interview.refresh_from_db()
    assert Interview.objects.get() == interview
    assert (interview.starts_at, interview.ends_at) == (MOVED_TO, MOVED_TO + timedelta(hours=1.5))
    assert interview.video_url == INVITED.video_url
    assert Entry.objects.filter(verb="interview.moved").get().changes["starts_at"] == [
        INVITED.starts.isoformat(),
        MOVED_TO.isoformat(),
    ]
    assert not took(mail(text)).pk, "said again"
    batch.undo(by=world.alex(), at=world.NOW)
    interview.refresh_from_db()
    assert (interview.starts_at, interview.moved_by_mail) == (INVITED.starts, False)
    took(mail(text))
    interview.refresh_from_db()
    assert interview.starts_at == MOVED_TO


@pytest.mark.parametrize(
    "text",
    [
        "Dana is ill, could we meet for the interview on Wednesday 25 Nov at 14:00 instead of Friday?",
        "Could we move your interview to Wednesday 25 November at 14:00?",
        "We would like to move your interview to Wednesday 25 November at 14:00.",
        "Is it okay if we move your interview to Wednesday 25 November at 14:00?",
        "Let me know if we can move your interview from Friday 20 November to 25 November at 14:00.",
        "Your interview will probably be moved to Wednesday 25 November at 14:00.",
        "We are moving your interview to Wednesday 25 November at 14:00. Does that work for you?",
        "Könnten wir Ihr Gespräch vom Freitag, 20. November auf Mittwoch, 25. November, 14 Uhr verschieben?",
        "Serait-il possible de déplacer votre entretien du 20 novembre au mercredi 25 novembre à 14h ?",
        "¿Podríamos cambiar la entrevista del viernes 20 de noviembre al miércoles 25 de noviembre a las 14:00?",
        "Podemos mudar a entrevista de sexta-feira, 20 de novembro para quarta-feira, 25 de novembro, às 14:00?",
        "Possiamo spostare il colloquio da venerdì 20 novembre a mercoledì 25 novembre alle 14:00?",
        "Kunnen we het sollicitatiegesprek van vrijdag 20 november verzetten naar woensdag 25 november om 14:00?",
    ],
)
def test_a_mail_that_only_asks_to_move_a_known_interview_moves_nothing_and_is_told(text):
    interview = invited()
    batch = took(mail(text))
    interview.refresh_from_db()
    assert (Interview.objects.get(), interview.starts_at) == (interview, INVITED.starts)
    (aside,) = batch.set_aside
    assert "It asks whether “Interview: Platform team” on Friday 20 November 2026, 10:00" in aside["why"]


def test_a_mail_older_than_what_is_known_moves_nothing_back_and_makes_no_other():
    interview = invited()
    took(mail(LEAVES), mail("Your interview on 25 November has been moved from 14:00 to 16:00.", day=17))
    took(mail("Your interview on Friday 20 November at 10:00 is confirmed.", day=13))
    for text in (LEAVES, LEAVES_NOTHING):
        took(mail(text))
        interview.refresh_from_db()
    assert (Interview.objects.get(), interview.starts_at.hour) == (interview, 16)


def test_a_mail_without_a_zone_is_read_in_the_invitation_s_where_the_hour_it_leaves_says_so():
    there = replace(INVITED, time_zone="Europe/Berlin")  # 11:00 in Berlin, 10:00 in Lisbon
    interview = invited(there)
    text = LEAVES.replace("10:00", "11:00")
    batch = took(mail(text))
    interview.refresh_from_db()
    assert (Interview.objects.get(), interview.starts_at) == (interview, MOVED_TO - timedelta(hours=1))
    (zone,) = (remark["says"] for remark in batch.remarks if "zone" in remark["says"])
    assert "the invitation's (Europe/Berlin) is taken" in zone
    assert not took(mail(text)).pk, "said again"


def test_the_reader_asks_for_what_they_write_and_is_told_what_they_quote():
    interview = invited()
    sender = "From: Priya Nair <priya@initech.example>"
    me = "From: Alex Morgan <alex.morgan@mail.example>"
    assert took(mail(LEAVES).replace(sender, me)).set_aside
    interview.refresh_from_db()
    assert interview.starts_at == INVITED.starts
    took(mail(f"Works for me!\n\nOn Mon, Nov 16, 2026 Priya Nair wrote:\n> {LEAVES}").replace(sender, me))
    interview.refresh_from_db()
    assert (Interview.objects.get(), interview.starts_at) == (interview, MOVED_TO)


@pytest.mark.parametrize("uid", [INVITED.uid, "another@initech.example"])
def test_the_invitation_to_what_a_mail_moved_joins_it_and_is_followed_from_then_on(uid):
    interview = invited()
    took(mail(LEAVES))
    later = replace(
        INVITED,
        uid=uid,
        sequence=int(uid == INVITED.uid),
        stamped=WEEK_BEFORE,
        starts=MOVED_TO,
        title="Interview, again",
    )
    later = replace(later, ends=MOVED_TO + timedelta(hours=2), place=replace(later.place, file="again.ics"))
    for meeting in (INVITED, later, later, INVITED):
        world.taken_in(meeting, at=WEEK_BEFORE)
    took(mail(LEAVES))
    interview.refresh_from_db()
    assert Interview.objects.get() == interview
    assert (interview.title, interview.starts_at, interview.ends_at) == (
        "Interview, again",
        MOVED_TO,
        later.ends,
    )
    world.taken_in(world.later(later, sequence=2), at=WEEK_BEFORE)
    took(mail(LEAVES))
    interview.refresh_from_db()
    assert (Interview.objects.get(), interview.starts_at) == (interview, MOVED_TO + timedelta(days=1))


def test_what_is_older_than_the_mail_that_moved_it_neither_moves_it_back_nor_calls_it_off():
    interview = invited()
    took(mail(LEAVES))
    world.taken_in(world.later(INVITED, sequence=1), at=WEEK_BEFORE)
    world.taken_in(replace(INVITED, sequence=2, cancelled=True), at=WEEK_BEFORE)
    took(mail("We have to cancel your interview on Friday 20 November at 10:00.", day=15))
    interview.refresh_from_db()
    assert (Interview.objects.get(), interview.starts_at) == (interview, MOVED_TO)
    assert interview.cancelled_at is None
    took(mail("We have to cancel your interview on Wednesday 25 November at 14:00.", day=17))
    interview.refresh_from_db()
    assert interview.cancelled_at


def test_what_the_member_typed_over_stays_and_is_said_beside_what_the_mail_says():
    interview = invited()
    typed = INVITED.starts + timedelta(hours=3)
    interview.edit(
        {"starts_at": typed, "ends_at": typed + timedelta(hours=1)}, by=world.alex(), at=WEEK_BEFORE
    )
    batch = took(mail(LEAVES))
    interview.refresh_from_db()
    assert (Interview.objects.get(), interview.starts_at) == (interview, typed)
    said = "What you typed stays; the mail says: Wednesday 25 November 2026, 14:00"
    assert any(said in remark["says"] for remark in batch.remarks)
    assert not took(mail(LEAVES)).pk


def test_a_mailbox_that_tells_of_an_interview_moves_it_and_has_it_confirmed_holds_one():
    told = mail("Your interview with Dana Lee is on Friday 20 November at 10:00.", day=12)
    confirmed = mail("Your interview is confirmed for Wednesday 25 November at 14:00.", day=17)
    for texts in ((confirmed, mail(LEAVES), told), (told,), (mail(LEAVES), confirmed)):
        took(*texts)
        assert Interview.objects.get().starts_at == MOVED_TO


def test_a_pasted_text_moves_what_it_names_and_what_was_never_moved():
    interview = invited()
    text = LEAVES_NOTHING.replace(" with Dana Lee", "")
    took(text)
    interview.refresh_from_db()
    assert interview.starts_at == INVITED.starts, "whose interview it is, nobody knows"
    took(text.replace("interview", "interview at Initech"))
    interview.refresh_from_db()
    assert interview.starts_at == MOVED_TO
    world.taken_in(replace(world.later(INVITED), stamped=WEEK_BEFORE), at=WEEK_BEFORE)
    took(LEAVES_NOTHING)
    interview.refresh_from_db()
    assert interview.starts_at == INVITED.starts + timedelta(days=1)


@pytest.mark.parametrize("text", [LEAVES.replace(" at 10:00", ""), LEAVES_NOTHING])
def test_which_of_two_interviews_a_mail_moves_is_not_guessed(text):
    second = replace(
        INVITED, uid="2@initech.example", starts=INVITED.ends, ends=INVITED.ends + timedelta(hours=1)
    )
    invited(INVITED, second)
    batch = took(mail(text))
    assert Interview.objects.count() == 3
    assert any("stands, too" in remark["says"] for remark in batch.remarks)


def test_a_look_beforehand_shows_the_move():
    interview = invited()
    (shown,) = took(mail(LEAVES), way=preview).seen_now
    assert shown.starts_at == MOVED_TO
    interview.refresh_from_db()
    assert interview.starts_at == INVITED.starts


@pytest.mark.parametrize(
    "text",
    [
        "Your second interview is confirmed for Wednesday 25 November at 14:00.",
        "Your next interview is on Wednesday 25 November at 14:00. If you need to reschedule, let us know by Friday.",
        "I had to move my earlier call to make room for yours. Your interview is on Wednesday 25 November at 14:00.",
        "The deadline for the case study has been moved from Friday 20 November to Wednesday 25 November, 14:00.",
        "Your start date has been moved from Friday 20 November to Wednesday 25 November, 14:00.",
        "We moved to the new office on 20 November. Your interview is on Wednesday 25 November at 14:00.",
        "We are moving forward after the interview on 20 November. The next is on Wednesday 25 November at 14:00.",
        "You have been moved to the final round: the interview is on Wednesday 25 November at 14:00.",
        "Your interview on Thursday 19 November at 10:00 has been moved to Wednesday 25 November at 14:00.",
        "Your interview on Friday 20 November at 16:00 has been moved to Wednesday 25 November at 14:00.",
        "Your interview with Kim Roe has been moved to Wednesday 25 November at 14:00.",
        "Your next interview is on 25 November 2026 at 14:00. To reschedule your interview, use this link.",
        "Your interview has been moved to our Berlin office. The second one is on 25 November at 14:00.",
        "The interview of another candidate was moved: yours, the second, is on 25 November at 14:00.",
        "Our webinar has been moved from Friday 20 November to Wednesday 25 November at 14:00.",
        "Wir haben die Rückmeldefrist vom 20. November auf den 25. November, 14 Uhr verschoben.",
        "Sie können Ihr Vorstellungsgespräch jederzeit verschieben. Das zweite ist am 25. November um 14 Uhr.",
        "If we have to move your interview, we will do so to Wednesday 25 November at 14:00.",
    ],
)
def test_what_only_resembles_a_move_leaves_the_known_interview_where_it_stands(text):
    interview = invited()
    took(mail(text))
    interview.refresh_from_db()
    assert interview.starts_at == INVITED.starts
