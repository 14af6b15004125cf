"""An interview moves, is cancelled and comes back; who was there is said by the member."""

import pytest

from rapport.interviews.models import Interview, Interviewer
from rapport.journal.errors import NotAllowed
from tests import world

pytestmark = pytest.mark.django_db


def test_only_a_later_invitation_moves_an_interview() -> None:
    interview = world.interview()
    times = (world.INTERVIEW_STARTS.replace(hour=15), world.INTERVIEW_ENDS.replace(hour=16))
    assert not interview.move(*times, sequence=0, by=world.alex(), at=world.NOW)
    assert interview.move(*times, sequence=1, by=world.alex(), at=world.NOW)
    interview.refresh_from_db()
    assert (interview.starts_at, interview.ends_at, interview.sequence) == (*times, 1)


def test_a_cancelled_interview_comes_back_with_a_later_invitation() -> None:
    interview = world.interview()
    assert interview.cancel(by=world.alex(), at=world.NOW, sequence=1)
    assert not interview.cancel(by=world.alex(), at=world.NOW, sequence=1)
    assert interview.move(interview.starts_at, interview.ends_at, sequence=2, by=world.alex(), at=world.NOW)
    assert Interview.objects.standing().get().cancelled_at is None


def test_an_interview_does_not_end_before_it_starts() -> None:
    interview = world.interview()
    with pytest.raises(NotAllowed, match="end before it starts"):
        interview.move(interview.ends_at, interview.starts_at, sequence=1, by=world.alex(), at=world.NOW)


def test_a_name_from_a_text_is_confirmed_dismissed_and_taken_back() -> None:
    sam = world.interviewer("Sam Ortiz")
    sam.dismiss(by=world.alex(), at=world.NOW)
    assert sam not in Interviewer.objects.present()
    sam.confirm(by=world.alex(), at=world.NOW)
    assert sam in Interviewer.objects.present()
    with pytest.raises(NotAllowed, match="confirmed already"):
        sam.confirm(by=world.alex(), at=world.NOW)


def test_a_role_is_one_of_the_vocabulary() -> None:
    dana = world.interviewer()
    with pytest.raises(NotAllowed, match="A role is one of"):
        dana.give_role("queen", by=world.alex(), at=world.NOW)
    dana.give_role("", by=world.alex(), at=world.NOW)
    assert Interviewer.objects.get(pk=dana.pk).role == ""


def test_a_stranger_changes_nothing() -> None:
    interview, dana = world.interview(), world.interviewer()
    with pytest.raises(NotAllowed, match="another member's book"):
        interview.cancel(by=world.robin(), at=world.NOW)
    with pytest.raises(NotAllowed, match="another member's book"):
        dana.recall("mine", by=world.robin(), at=world.NOW)
    assert not Interview.objects.seen_by(world.robin()).exists()
    assert not Interviewer.objects.seen_by(world.robin()).exists()
    assert Interview.objects.standing().exists()
    assert Interviewer.objects.get(pk=dana.pk).topics == ""
