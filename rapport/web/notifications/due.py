"""What is due, for the script of an open page: it tells each thing once, where the member allowed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rapport.followups.models import Step
from rapport.rules import phrases

if TYPE_CHECKING:
    from rapport.web.requests import MemberRequest

_AT_ONCE = 50
"""Steps in an answer; nobody is told of more at a time."""


@never_cache
@require_safe
def due(request: MemberRequest) -> JsonResponse:
    """What is to be done now; the key of a step is another when it comes back after being put off."""
    found = Step.objects.seen_by(request.member).to_do_now(timezone.now()).in_lists()[:_AT_ONCE]
    return JsonResponse({"due": [_said(step) for step in found]})


def _said(step: Step) -> dict[str, str]:
    came = step.snoozed_until or step.earliest
    return {
        "key": f"{step.pk}@{came.timestamp():.0f}" if came else str(step.pk),
        "title": phrases.deed(step.act, step.channel, step.person.name),
        "url": reverse("step", args=[step.pk]),
    }
