"""The keys that a form names beside the address: of another's row it is as if there were no such row."""

from __future__ import annotations

from tests.doors.web.test_nobody_else_sees_anything import rows_of
from tests.doors.web.test_strangers_at_every_address import neighbour, whole_book  # noqa: F401 - fixtures


def test_a_form_of_ones_own_that_names_the_keys_of_anothers_rows_changes_nothing_of_theirs(
    whole_book,  # noqa: F811
    neighbour,  # noqa: F811
    stranger,
    as_stranger,
):
    theirs = [str(person.pk) for person in whole_book.member.people.all()]
    lists = [str(one.pk) for one in whole_book.member.named_lists.all()]
    erin = stranger.people.get(name="Erin Walsh")
    before = rows_of(whole_book.member)
    marks = [whole_book.person().name, "Initech people"]
    for address, body in {
        f"/people/{erin.pk}/merges": {"other": theirs},
        f"/people/{erin.pk}/told-apart": {"other": theirs},
        f"/people/{erin.pk}/told-apart/undo": {"other": theirs},
        f"/people/{erin.pk}/lists": {"list": lists[0]},
        f"/people/{erin.pk}/lists/removal": {"list": lists[0]},
        "/people/tagging": {"person": theirs, "label": "mine"},
        "/people/moving": {"person": theirs, "to": "social"},
        "/people/deletion": {"person": theirs},
        "/schools/my-next-day/choice": {},
        "/schools/my-next-day/copy": {"name": "Mine", "identifier": "my-next-day"},
    }.items():
        answer = as_stranger.post(address, body, follow=True)
        assert answer.status_code in {200, 404}, address
        shown = answer.content.decode()
        assert not [mark for mark in marks if mark in shown], address
    assert rows_of(whole_book.member) == before
    stranger.refresh_from_db()
    assert not stranger.people.filter(name__in=["Dana Lee", "Sam Ortiz"]).exists()
