"""What an interview's page keeps folded away: each has an address, opened in place or read as a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups.models import Happening
from rapport.interviews.models import Interview, Interviewer
from rapport.rules import phrases
from rapport.web.door import page
from rapport.web.interviews.blocks import Block, asked_about_the_application, blocks_of, steps_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

_WITH = ("application__organisation", "plan")


@require_safe
def steps(request: MemberRequest, pk: int) -> HttpResponse:
    """What else one might do towards a person; most of it is better left alone."""
    now = timezone.now()
    block = _block(request, pk, now)
    steps = steps_of(block.rest, {block.person.pk: block.person}, block.interviewer.interview)
    return _shown(request, now, block, "part/rest.html", "What else there is", steps=steps)


@require_safe
def questions(request: MemberRequest, pk: int) -> HttpResponse:
    """The questions about a person that press less."""
    now = timezone.now()
    block = _block(request, pk, now)
    return _shown(request, now, block, "part/questions.html", "More questions", questions=block.further)


@require_safe
def happened(request: MemberRequest, pk: int) -> HttpResponse:
    """Where one notes what somebody did."""
    now = timezone.now()
    block = _block(request, pk, now)
    return _shown(
        request,
        now,
        block,
        "part/happened.html",
        "Something happened",
        roles=phrases.values_in_words("role"),
        heard=Happening.objects.latest_word(block.person),
    )


@require_safe
def about_the_application(request: MemberRequest, pk: int) -> HttpResponse:
    """The questions that are about the application, whoever was met."""
    now = timezone.now()
    found = get_object_or_404(Interview.objects.seen_by(request.member).select_related(*_WITH), pk=pk)
    blocks = blocks_of(found, request.member, now)
    return page(
        request,
        "interviews/folded.html",
        now,
        part="part/questions.html",
        title="Questions about the application",
        interview=found,
        person=blocks[0].person if blocks else None,
        questions=asked_about_the_application(blocks),
    )


def _block(request: MemberRequest, pk: int, now: datetime) -> Block:
    mine = Interviewer.objects.seen_by(request.member).present()
    who = get_object_or_404(mine.select_related(*(f"interview__{name}" for name in _WITH)), pk=pk)
    return next(block for block in blocks_of(who.interview, request.member, now) if block.interviewer == who)


def _shown(
    request: MemberRequest, now: datetime, block: Block, part: str, title: str, **context: Any
) -> HttpResponse:
    return page(
        request,
        "interviews/folded.html",
        now,
        part=part,
        title=f"{title}: {block.person.name}",
        interview=block.interviewer.interview,
        interviewer=block.interviewer,
        person=block.person,
        **context,
    )
