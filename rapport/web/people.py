"""People: the list, a person, and what the member writes about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rapport.correspondence.models import Received
from rapport.followups.asking import advice_for
from rapport.followups.models import Happening, Step
from rapport.interviews.models import Interviewer
from rapport.journal.models import Entry
from rapport.network.models import Invitation
from rapport.people.models import CardRevision, Person
from rapport.web.counsel import counsel
from rapport.web.door import page, said, verb
from rapport.web.forms.person import PersonForm
from rapport.web.glance import by_importance

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

_A_PAGE = 50
_ENTRIES = 40
_MAILS = 10
_QUIET = ("note.refreshed",)
"""What Rapport drafts on its own is nothing that happened between two people."""


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """Everybody in the book, by name."""
    found = Person.objects.seen_by(request.member).select_related("organisation").order_by("name", "pk")
    leaf = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    return page(request, "people/list.html", timezone.now(), leaf=leaf)


@require_safe
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """One person: the card, what is known, the advice now, and the timeline."""
    now, member = timezone.now(), request.member
    found = get_object_or_404(Person.objects.seen_by(member).select_related("organisation"), pk=pk)
    met = (
        Interviewer.objects.seen_by(member)
        .filter(person=found)
        .select_related("interview__application__organisation")
    )
    standing = Step.objects.seen_by(member).standing().filter(person=found).with_all()
    first, rest = by_importance(standing)
    return page(
        request,
        "people/person.html",
        now,
        person=found,
        met=met.order_by("-interview__starts_at"),
        first=first,
        rest=rest,
        invitations=Invitation.objects.seen_by(member)
        .standing()
        .filter(person=found)
        .select_related("person"),
        connections=found.connections.all(),
        sentences=counsel(advice_for(found, now), now, member.zone),
        heard=Happening.objects.latest_word(found),
        statements=found.statements.order_by("-stated_at"),
        received=Received.objects.seen_by(member).with_delivery().filter(person=found)[:_MAILS],
        entries=Entry.objects.seen_by(member).about(found).exclude(verb__in=_QUIET)[:_ENTRIES],
        revisions=found.revisions.filter(undone_at=None).exclude(before="").order_by("-absorbed_at"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of a person: what it changes comes in as a card, as everything does."""
    now = timezone.now()
    found = get_object_or_404(Person.objects.seen_by(request.member).select_related("organisation"), pk=pk)
    form = PersonForm(request.POST or None, person=found)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.member, at=now)
        return said(request, f"Noted: {found}.", to=reverse("person", args=[pk]))
    return page(request, "people/edit.html", now, person=found, form=form)


@verb
def revision_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what one source said, as if it had never come."""
    mine = CardRevision.objects.filter(person__in=Person.objects.seen_by(request.member))
    found = get_object_or_404(mine.select_related("person"), pk=pk)
    found.undo(by=request.member, at=timezone.now())
    return said(request, f"Taken back: what {found.source} said about {found.person}.")
