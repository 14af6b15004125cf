"""Other words for a note: what would be sent is shown first, what comes back is only proposed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rapport.accounts.vault import Unreadable
from rapport.correspondence.models import SecondOpinion
from rapport.followups import other_words
from rapport.gateways.endpoint import Endpoint, NoAnswer, ask
from rapport.journal.errors import NotAllowed
from rapport.rules.drafts.lengths import length
from rapport.rules.drafts.proposal import plain
from rapport.web.correspondence.notes import keep_words
from rapport.web.door import page, refused, said, verb
from rapport.web.steps.steps import step_of
from rapport.web.taking_back import undo_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from rapport.followups.models import Step
    from rapport.rules.drafts.known import Known
    from rapport.rules.likeness import Resemblance
    from rapport.web.requests import MemberRequest


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that came back, beside the limit and what they resemble."""

    text: str
    limit: int | None
    likenesses: tuple[Resemblance, ...]

    @property
    def length(self) -> int:
        """In UTF-16 code units, as sites count."""
        return length(self.text)

    @property
    def is_too_long(self) -> bool:
        """Whether the site would refuse it."""
        return self.limit is not None and self.length > self.limit


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: MemberRequest, pk: int) -> HttpResponse:
    """Show exactly what would be sent; a POST sends just that, and shows what came back."""
    found = step_of(request, pk)
    opinion = get_object_or_404(SecondOpinion, member=request.member)
    now = timezone.now()
    try:
        known = other_words.known_to(found, now)
        question = other_words.question(found, opinion, known)
    except NotAllowed as refusal:
        return refused(request, refusal.sentence, to=reverse("step", args=[pk]))
    shown: dict[str, Any] = {"step": found, "opinion": opinion, "question": question, "seal": _seal(question)}
    if request.method != "POST":
        return page(request, "steps/other_words.html", now, **shown)
    if request.POST.get("seal") != _seal(question):
        return page(request, "steps/other_words.html", now, **shown, has_changed=True)
    return page(
        request, "steps/other_words.html", now, **shown, **_asked(found, opinion, question, known, now)
    )


def _seal(question: str) -> str:
    """Tells whether what was shown is what would be sent."""
    return sha256(question.encode()).hexdigest()


def _asked(step: Step, opinion: SecondOpinion, question: str, known: Known, now: datetime) -> dict[str, Any]:
    """Journal the asking, ask, and give what came: a proposal, or why there is none."""
    note, member = step.note, opinion.member
    if note is None:  # `question` refuses before
        return {}
    try:
        endpoint = Endpoint(opinion.url, opinion.key, anywhere=settings.LAPTOP)
        opinion.note_asking(note, by=member, at=now)
        text = plain(ask(endpoint, question.encode()), known)
    except (NoAnswer, Unreadable) as none:
        return {"why_none": str(none)}
    if not text:
        return {"why_none": f"{opinion.host} answered without any words."}
    return {"proposal": Proposal(text, note.limit, note.resembles(text))}


@verb
def use(request: MemberRequest, pk: int) -> HttpResponse:
    """The words in the form become the member's own; nothing else changes."""
    found = step_of(request, pk)
    if found.note is None:
        raise NotAllowed("There are no words here.")
    here, now = reverse("step", args=[pk]), timezone.now()
    if not keep_words(request, found.note, now):
        return said(request, "Nothing was changed: the words are as they were.", to=here)
    words = f"These are your words to {found.person} now. Read them once more."
    return said(request, words, undo=undo_of(request.member, now), to=here)
