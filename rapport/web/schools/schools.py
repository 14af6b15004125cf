"""Schools: the list, reading one with its sources, choosing one, copying one to make it one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.accounts.models import OwnSchool
from rapport.followups import happenings
from rapport.followups.schools import known_school
from rapport.rules.etiquette import VERDICTS, load_schools
from rapport.web.door import page, said, verb
from rapport.web.schools.school_pages import by_act, norms_in_words, shipped_tables
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.accounts.models import Member
    from rapport.web.requests import MemberRequest


@require_safe
def schools(request: MemberRequest) -> HttpResponse:
    """Every school that ships, and the member's own."""
    return page(
        request,
        "schools/list.html",
        timezone.now(),
        shipped=load_schools().values(),
        own=request.member.own_schools.order_by("name"),
    )


@require_safe
def school(request: MemberRequest, identifier: str) -> HttpResponse:
    """One school: its opinion, every norm with reason and source."""
    own = request.member.own_schools.filter(identifier=identifier).first()
    if own:
        return page(
            request,
            "schools/own.html",
            timezone.now(),
            school=own,
            groups=by_act(norms_in_words(own.norms)),
            count=len(own.norms),
            verdict_names=VERDICTS,
        )
    shipped = load_schools().get(identifier)
    if shipped is None:
        raise Http404
    norms = norms_in_words(shipped_tables(identifier))
    return page(
        request,
        "schools/school.html",
        timezone.now(),
        school=shipped,
        groups=by_act(norms),
        count=len(norms),
        verdict_names=VERDICTS,
    )


@verb
def choice(request: MemberRequest, identifier: str) -> HttpResponse:
    """Let this school advise from now on; open plans follow it at once."""
    member, former = request.member, request.member.school
    known_school(member, identifier)
    with transaction.atomic():
        member.school = identifier
        member.save(update_fields=["school"])
        changed = happenings.follow_school(member, identifier, at=timezone.now())
    words = f"This school advises you from now on. {what_changed(changed)}"
    undo = reverse("school-choice", args=[former]) if former != identifier else ""
    return said(request, words.strip(), undo=undo)


@verb
def copy(request: MemberRequest, identifier: str) -> HttpResponse:
    """A school of the member's own that begins as a copy."""
    shipped = load_schools().get(identifier)
    if shipped is None:
        raise Http404
    made = OwnSchool.objects.create(
        member=request.member,
        identifier=_free_identifier(request.member, identifier),
        name=f"{shipped.name}, my way",
        opinion=shipped.opinion,
        source=f"My own; it began as “{shipped.name}”",
        copied_from=identifier,
        norms=shipped_tables(identifier),
    )
    said(request, f"This is your own now; it began as “{shipped.name}”.")
    return redirect("school", made.identifier)


def _free_identifier(member: Member, identifier: str) -> str:
    """An identifier that neither a shipped school nor one of the member's own has."""
    taken = set(member.own_schools.values_list("identifier", flat=True)) | set(load_schools())
    names = (f"my-{identifier}" + (f"-{number}" if number > 1 else "") for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
