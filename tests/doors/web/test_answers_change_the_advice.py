"""Facts stated on a page, happenings noted on it, and what they change."""

from __future__ import annotations

import pytest

from rapport.network.models import Invitation
from rapport.rules.etiquette import FACTS, VERDICTS, load_schools
from rapport.rules.etiquette.debate import ActDebate, Opinion
from rapport.web.forms.situation import SituationForm
from rapport.web.interviews.questions import Question
from rapport.web.schools.debates import in_one_line
from tests.doors.web.forms import said


def test_a_yes_in_the_room_turns_the_hold_and_says_so(book, as_alex):
    person = book.person()
    answer = as_alex.post(f"/people/{person.pk}/facts/may_connect", {"value": "yes"}, follow=True)
    assert book.step("invite", "professional").verdict == "do"
    assert "“Invite Dana Lee on the professional network” is now “do”, no longer “hold”." in said(answer)
    as_alex.post(f"/people/{person.pk}/facts/may_connect/undo")
    assert book.step("invite", "professional").verdict == "hold"


def test_the_journal_and_the_news_tell_of_answers_as_a_friend_would(book, as_alex):
    person = book.person()
    answers = {"may_connect": "yes", "worth_keeping": "no", "degree": "2", "country": "AS", "role": "peer",
               "decision_pace": "days", "reply_by": f"{book.now.year + 1}-03-01", "stage": "screening"}  # fmt: skip
    for name, value in answers.items():
        answer = as_alex.post(f"/people/{person.pk}/facts/{name}", {"value": value}, follow=True)
        assert said(answer).startswith("Noted: ")
    for channel in ("email", "phone", "message"):
        as_alex.post(f"/people/{person.pk}/contact", {"channel": channel})
    as_alex.post(f"/people/{person.pk}/facts/degree/undo")
    told = {entry.says for entry in book.member.journal.all()}
    assert {
        "Dana Lee: they said that you may connect.",
        "Dana Lee: you would not stay in touch whatever they decide.",
        "Dana Lee: you are connected through one other.",
        "Dana Lee: it is not known any more that you are connected through one other.",
        "Dana Lee: their country is American Samoa.",
        f"Dana Lee: they are a future colleague, in {book.interview}.",
        f"{book.application}: they decide within days.",
        "Dana Lee wrote to you by e-mail.",
        "Dana Lee called you.",
        "Dana Lee sent you a message.",
        "Invite Dana Lee on the professional network: now is the time, because they said that you may connect.",
    } <= told
    page = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    assert "they said that you may connect <form" in page
    for engines in ("may connect is", "worth keeping", "degree", "decision pace", "(email)", "is AS"):
        assert engines not in " ".join(told)
    assert "because they said that you may connect" in as_alex.get("/").content.decode()


def test_an_answer_that_is_none_is_refused_in_a_sentence(book, as_alex):
    answer = as_alex.post(f"/people/{book.person().pk}/facts/rapport", {"value": "lukewarm"}, follow=True)
    assert "rapport takes weak, fair, strong, not 'lukewarm'." in said(answer)
    assert as_alex.post(f"/people/{book.person().pk}/facts/mood", {"value": "good"}).status_code == 404


def test_they_wrote_and_they_invited(book, as_alex):
    person = book.person()
    as_alex.post(f"/people/{person.pk}/contact", {"channel": "email"})
    assert book.person().last_contact_at is not None
    as_alex.post(f"/people/{person.pk}/their-invitation", {"channel": "professional"})
    assert book.step("answer", "professional").verdict == "do"
    answer = as_alex.post(f"/people/{person.pk}/contact", {"channel": "pigeon"}, follow=True)
    assert "Say how they reached you" in said(answer)


def test_that_they_wrote_is_taken_back_from_the_message_and_from_the_page(book, as_alex):
    person = book.person()
    undo = f"/people/{person.pk}/contact/undo"
    page = as_alex.post(f"/people/{person.pk}/contact", {"channel": "message"}, follow=True)
    assert f'action="{undo}"' in page.content.decode()
    for address in (f"/people/{person.pk}", f"/interviewers/{book.interviewer().pk}/happened"):
        page = as_alex.get(address).content.decode()
        assert "They got in touch by network message" in page
        assert f'action="{undo}"' in page
    answer = as_alex.post(undo, follow=True)
    assert "Taken back: Dana Lee got in touch." in said(answer)
    assert book.person().last_contact_at is None
    assert undo not in as_alex.get(f"/people/{person.pk}").content.decode()
    assert "It is not recorded that Dana Lee wrote to you." in said(as_alex.post(undo, follow=True))


def test_that_they_invited_you_is_taken_back_from_the_message(book, as_alex):
    person = book.person()
    page = as_alex.post(
        f"/people/{person.pk}/their-invitation", {"channel": "professional"}, follow=True
    ).content.decode()
    noted = Invitation.objects.get(person=person)
    assert f'action="/invitations/{noted.pk}/removal"' in page
    as_alex.post(f"/invitations/{noted.pk}/removal")
    assert book.step("answer", "professional").verdict == "hold"


@pytest.mark.parametrize("name", ["Dana Lee", "Sam Ortiz"])
def test_the_part_of_somebody_is_noted(book, as_alex, name):
    as_alex.post(f"/interviewers/{book.interviewer(name).pk}/role", {"role": "peer"})
    assert book.interviewer(name).role == "peer"


def test_a_doubtful_name_is_confirmed_or_left_out(book, as_alex):
    sam = book.interviewer("Sam Ortiz")
    as_alex.post(f"/interviewers/{sam.pk}/dismissal")
    page = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    assert "You said they were not there." in page
    as_alex.post(f"/interviewers/{sam.pk}/confirmation")
    assert book.interviewer("Sam Ortiz").confirmed_at
    assert book.interviewer("Sam Ortiz").dismissed_at is None


def test_what_you_talked_about_comes_into_the_draft(book, as_alex):
    as_alex.post(f"/interviewers/{book.interviewer().pk}/topics", {"topics": "the move off the monolith"})
    assert "the move off the monolith" in book.step().note.text


def test_the_decision_releases_the_hold(book, as_alex):
    answer = as_alex.post(
        f"/applications/{book.application.pk}/decision", {"standing": "rejected"}, follow=True
    )
    assert book.application.decision == "rejected"
    assert "they said no" in said(answer)
    assert book.step("invite", "professional").until != "decision"


def test_a_stage_is_moved_with_the_same_control(book, as_alex):
    as_alex.post(f"/applications/{book.application.pk}/decision", {"standing": "screening"})
    assert book.application.stage == "screening"
    answer = as_alex.post(f"/applications/{book.application.pk}/decision", {"standing": "hired"}, follow=True)
    assert "hired is not one of the available choices" in said(answer)


def test_what_they_promised_is_noted(book, as_alex):
    as_alex.post(
        f"/applications/{book.application.pk}/expectation",
        {"reply_by": "2031-01-02", "decision_pace": "weeks"},
    )
    assert (str(book.application.reply_by), book.application.decision_pace) == ("2031-01-02", "weeks")


def test_an_interview_called_off_closes_its_plan(book, as_alex):
    as_alex.post(f"/interviews/{book.interview.pk}/cancellation")
    assert book.interview.cancelled_at
    assert book.interview.plan.closed_at


def test_one_school_leaves_open_what_several_leave_open():
    schools = list(load_schools().values())
    of_one = [Opinion(school, verdict) for school, verdict in zip(schools, VERDICTS, strict=False)]
    assert in_one_line(ActDebate("invite", "professional", tuple(of_one), ())) == (
        "1 school would do it now, 1 leaves it open, 1 would ask first, 1 school waits, 1 advises against it, "
        "1 never would"
    )
    of_two = [Opinion(school, verdict) for verdict in ("optional", "hold") for school in schools[:2]]
    assert (
        in_one_line(ActDebate("invite", "professional", tuple(of_two), ()))
        == "2 leave it open, 2 schools wait"
    )


def test_the_debate_counts_and_names_the_schools(book, as_alex):
    pk = book.interviewer().pk
    assert "wait" in as_alex.get(f"/interviewers/{pk}/summary").content.decode()
    page = as_alex.get(f"/interviewers/{pk}/debate").content.decode()
    assert "The next day" in page
    assert "manager-tools.com" in page


def test_a_fact_of_few_values_is_chosen_by_its_words_and_never_typed_as_a_number(book, as_alex):
    form = SituationForm()
    for name in [name for name, fact in FACTS.items() if fact.values]:
        question = Question(name, 0, None, {})
        assert question.kind == "choice"
        assert form.fields[name].widget.input_type == "select"
    degree = Question("degree", 0, None, {})
    assert [answer.words for answer in degree.answers] == [
        "not at all",
        "directly",
        "through one other",
        "through two others",
    ]
    step = book.step()
    step.would_change = [
        {"fact": fact, "value": value, "verdict": "avoid"}
        for fact, value in (("degree", 1), ("country", "JP"))
    ]
    step.save()
    page = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    page += as_alex.get(f"/interviewers/{book.interviewer().pk}/questions").content.decode()
    assert '<button name="value" value="1">directly</button>' in page
    assert '<option value="JP">Japan</option>' in page
    as_alex.post(f"/people/{book.person().pk}/facts/degree", {"value": "1"})
    assert book.person().statements.get(fact="degree").value == 1
