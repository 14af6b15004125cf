"""A photographed business card: the picture beside what it was read as, to be put right and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rapport.importers.pictures import LARGEST, NoPicture
from rapport.importers.pictures import photograph as written_anew
from rapport.intake.models import Photograph
from rapport.intake.photographs import bring_in, known_by
from rapport.journal.errors import NotAllowed
from rapport.people.models.card_revision import digest
from rapport.web.door import is_opened_in_place, page, refused, said, verb
from rapport.web.forms.photograph import PhotographForm

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rapport.accounts.models import Member
    from rapport.rules.card import Card
    from rapport.web.requests import MemberRequest


def begin_all(
    member: Member, pictures: Iterable[tuple[str, BinaryIO]], *, at: datetime
) -> tuple[list[Photograph], list[str]]:
    """Keep pictures until they are read and confirmed; give them, and a sentence for each that is no picture."""
    begun: list[Photograph] = []
    refusals: list[str] = []
    for name, stream in pictures:
        try:
            begun.append(Photograph.begin(member, name, written_anew(stream.read(LARGEST + 1)), at=at))
        except (NoPicture, NotAllowed) as refusal:
            refusals.append(f"{name}: {refusal}")
    return begun, refusals


@require_http_methods(["GET", "HEAD", "POST"])
def photograph(request: MemberRequest, pk: int) -> HttpResponse:
    """The page of one picture; while it is read, and then with a form of each card on it."""
    now, member = timezone.now(), request.member
    found = get_object_or_404(Photograph.objects.seen_by(member).defer("jpeg"), pk=pk)
    if found.read_at is None and is_opened_in_place(request):
        return HttpResponse(status=204)  # nothing is put in place: the picture would be fetched every time
    if found.read_at is None:
        return page(request, "intake/photograph.html", now, photograph=found)
    cards = found.proposed()
    shown = request.POST.get("shown") or request.GET.get("card", "")
    card = next((card for card in cards if digest(card) == shown), None)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and card is None:
        words = "This card was confirmed already. Here is what is left of the picture."
        return refused(request, words, to=reverse("photograph", args=[pk]))
    card = card or cards[0]
    form = PhotographForm(card, sent, country=member.posts_from)
    if sent is not None and not form.is_asking and form.is_valid():
        return _confirmed(request, found, form.edited_with(bytes(found.jpeg)), card, now)
    return page(
        request,
        "intake/photograph.html",
        now,
        photograph=found,
        form=form,
        known=known_by(member, card),
        others=[(other.name, digest(other)) for other in cards if other != card],
    )


def _confirmed(
    request: MemberRequest, found: Photograph, card: Card, proposed: Card, now: datetime
) -> HttpResponse:
    """Bring the card in, and go to its batch, or on to the next card of the picture."""
    try:
        batch = bring_in(found, digest(proposed), card, by=request.member, at=now)
    except NotAllowed as refusal:
        return refused(request, refusal.sentence, to=reverse("add"))
    if len(found.cards) > 1:
        undo = reverse("batch-undo", args=[batch.pk]) if batch.pk else ""
        return said(
            request, batch.title, undo=undo, to=reverse("photograph", args=[found.pk]), is_import=True
        )
    if batch.pk:
        return redirect("batch", batch.pk)
    return said(request, batch.title, to=reverse("add"))


@require_safe
def picture(request: MemberRequest, pk: int) -> HttpResponse:
    """The picture, as Rapport wrote it."""
    found = get_object_or_404(Photograph.objects.seen_by(request.member), pk=pk)
    return HttpResponse(bytes(found.jpeg), content_type="image/jpeg")


@verb
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw the picture away, with what it was read as."""
    found = get_object_or_404(Photograph.objects.seen_by(request.member).defer("jpeg"), pk=pk)
    found.throw_away(by=request.member)
    return said(request, "Thrown away. Nothing of it was kept.", to=reverse("add"))
