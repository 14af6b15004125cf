"""An interview moves, is cancelled and comes back; who was there is said by the member."""

from datetime import timedelta

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


def test_what_the_member_typed_over_stays_and_a_later_invitation_moves_the_rest() -> None:
    interview, by = world.interview(), {"by": world.alex(), "at": world.NOW}
    said = {"kind": "on_site", "location": "Rua Augusta 100"}
    assert interview.edit(said | {"title": interview.title}, **by)
    entry = world.alex().journal.get(verb="interview.edited")
    assert entry.says == "You put right of Interview: Platform team: how it is held, the place."
    times = (world.INTERVIEW_STARTS.replace(hour=15), world.INTERVIEW_ENDS.replace(hour=16))
    stated = {"title": "Platform team, moved", "kind": "phone", "location": "", "video_url": ""}
    assert interview.move(*times, sequence=1, **stated, **by)
    interview.refresh_from_db()
    assert (interview.starts_at, interview.title, interview.video_url) == (
        times[0],
        "Platform team, moved",
        "",
    )
    assert (interview.kind, interview.location) == ("on_site", "Rua Augusta 100")
    told = "What you typed stays; the invitation says: how it is held: phone; the place: none."
    assert interview.says_otherwise(world.alex().zone) == told
    assert told in world.alex().journal.get(verb="interview.moved").says
    stated |= {"kind": "on_site", "location": "Avenida"}
    assert interview.move(*times, sequence=2, **stated, **by)
    assert interview.typed == {"location": "Avenida"}, "what both say follows the invitation again"


def test_when_it_is_is_typed_over_together_and_said_beside_what_the_invitation_says() -> None:
    interview, by = world.interview(), {"by": world.alex(), "at": world.NOW}
    later = world.INTERVIEW_ENDS + timedelta(hours=1)
    assert interview.edit({"ends_at": later}, **by)
    assert interview.invited_for == (world.INTERVIEW_STARTS, world.INTERVIEW_ENDS)
    moved = (world.INTERVIEW_STARTS + timedelta(days=1), world.INTERVIEW_ENDS + timedelta(days=1))
    assert interview.move(*moved, sequence=1, title="Moved", **by)
    interview.refresh_from_db()
    assert (interview.starts_at, interview.ends_at, interview.title) == (
        world.INTERVIEW_STARTS,
        later,
        "Moved",
    )
    assert "the invitation says: Saturday 21 November 2026, 10:00 in Lisbon, until 11:30." in (
        interview.says_otherwise(world.alex().zone)
    )
    interview.edit({"starts_at": moved[0], "ends_at": moved[1]}, **by)
    assert (interview.typed, interview.invited_for) == ({}, None)


def test_nothing_typed_over_is_no_edit_and_a_cancellation_counts_all_the_same() -> None:
    interview, by = world.interview(), {"by": world.alex(), "at": world.NOW}
    assert not interview.edit({"title": interview.title, "starts_at": interview.starts_at}, **by)
    assert not world.alex().journal.filter(verb="interview.edited").exists()
    with pytest.raises(NotAllowed, match="end before it starts"):
        interview.edit({"ends_at": interview.starts_at - timedelta(hours=1)}, **by)
    with pytest.raises(NotAllowed, match="another member's book"):
        interview.edit({"title": "Mine"}, by=world.robin(), at=world.NOW)
    interview.refresh_from_db()
    assert (interview.title, interview.typed) == ("Interview: Platform team", {})
    interview.edit({"title": "With the team"}, **by)
    assert interview.cancel(sequence=1, **by)


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
