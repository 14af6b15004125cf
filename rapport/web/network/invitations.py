"""The network: who invited you, whom you invited, what came of each, and where a person's profile is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups import happenings
from rapport.network.models import Connection, Invitation
from rapport.people.models import Person
from rapport.rules.profiles import normalised
from rapport.web.door import page, refused, said, verb
from rapport.web.taking_back import undo_of
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

_A_PAGE = 50
_SAID = {
    ("sent", "accept"): "{name} accepted.",
    ("sent", "decline"): "{name} declined.",
    ("sent", "let_rest"): "{name} let it rest.",
    ("sent", "withdraw"): "You withdrew the invitation to {name}.",
    ("received", "accept"): "You accepted the invitation of {name}.",
    ("received", "decline"): "You declined the invitation of {name}.",
    ("received", "let_rest"): "You let the invitation of {name} rest.",
}


def _invitation(request: MemberRequest, pk: int) -> Invitation:
    mine = Invitation.objects.seen_by(request.member).select_related("person__member")
    return get_object_or_404(mine, pk=pk)


@require_safe
def network(request: MemberRequest) -> HttpResponse:
    """Invitations that wait, theirs first, then all others."""
    now, member = timezone.now(), request.member
    standing = Invitation.objects.seen_by(member).standing().select_related("person__organisation")
    notes, invitations = Invitation.objects.allowances(member, now)
    waiting = Invitation.objects.seen_by(member).waiting().values("pk")
    answered = standing.exclude(pk__in=waiting).order_by("-answered_at", "-pk")
    return page(
        request,
        "network/network.html",
        now,
        theirs=standing.filter(direction="received", state="open").reverse()[:_A_PAGE],
        mine=standing.filter(direction="sent", state="sent").reverse()[:_A_PAGE],
        leaf=Paginator(answered, _A_PAGE).get_page(request.GET.get("page")),
        notes=notes,
        invitations=invitations,
        connections=Connection.objects.seen_by(member).standing().count(),
    )


@verb
def answer(request: MemberRequest, pk: int, move: str) -> HttpResponse:
    """What came of an invitation, either way."""
    found = _invitation(request, pk)
    changed = happenings.invitation_answered(found, move, by=request.member, at=timezone.now())
    words = _SAID[found.direction, move].format(name=found.person)
    return said(
        request,
        f"{words} {what_changed(changed)}".strip(),
        undo=reverse("invitation-answer-undo", args=[pk]),
    )


@verb
def answer_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It was not answered after all."""
    found, now = _invitation(request, pk), timezone.now()
    changed = happenings.answer_reconsidered(found, by=request.member, at=now)
    words = f"No answer after all: {found}. {what_changed(changed)}"
    return said(request, words.strip(), undo=undo_of(request.member, now))


@verb
def later(request: MemberRequest, pk: int) -> HttpResponse:
    """Nothing yet: it stays with them, and is looked at again in a week."""
    found = _invitation(request, pk)
    found.look_again(by=request.member, at=timezone.now())
    return said(
        request,
        f"Nothing yet from {found.person}. Rapport asks again in a week.",
        undo=reverse("invitation-later-undo", args=[pk]),
    )


@verb
def later_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Look again now."""
    found, now = _invitation(request, pk), timezone.now()
    found.look_again(by=request.member, at=now, until=now)
    return said(request, f"To be looked at: {found}.")


@verb
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """It was never sent, or never came."""
    found, now = _invitation(request, pk), timezone.now()
    changed = happenings.not_invited(found, by=request.member, at=now)
    words = f"Taken back: {found}. {what_changed(changed)}"
    return said(request, words.strip(), undo=undo_of(request.member, now))


@verb
def profile(request: MemberRequest, pk: int) -> HttpResponse:
    """Where somebody's profile is, pasted from the site."""
    person = get_object_or_404(Person.objects.seen_by(request.member).select_related("organisation"), pk=pk)
    address = normalised(request.POST.get("profile", ""))
    if not address:
        return refused(
            request,
            "That is no address of a profile. Copy it from the browser: https://www.linkedin.com/in/…",
        )
    revision = happenings.profile_known(person, address, by=request.member, at=timezone.now())
    if revision is None:
        return said(request, f"The profile of {person} was known already.")
    return said(
        request, f"Noted: the profile of {person}.", undo=reverse("revision-undo", args=[revision.pk])
    )
