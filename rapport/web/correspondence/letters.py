"""A letter's pages: copy it by hand, see it as it will print, take it and its envelope along as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from rapport.followups import happenings
from rapport.followups.models import Step
from rapport.gateways.typesetting import (
    CannotBeSet,
    envelope_pdf,
    envelope_pictures,
    letter_pdf,
    letter_pictures,
)
from rapport.people.models import CardRound
from rapport.rules.card import Card
from rapport.rules.letter import ENVELOPES, PAPERS
from rapport.web.correspondence.letter_desk import Desk
from rapport.web.correspondence.notes import keep_words
from rapport.web.door import page, refused, said, verb
from rapport.web.forms.postal import AddressNeededForm, address_in
from rapport.web.steps.steps import show_step

if TYPE_CHECKING:
    from rapport.web.requests import MemberRequest


def _desk(request: MemberRequest, pk: int) -> Desk:
    letters = Step.objects.seen_by(request.member).filter(channel="letter").with_all()
    return Desk(get_object_or_404(letters, pk=pk), request.member, timezone.now(), request.GET.dict())


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def copy(request: MemberRequest, pk: int) -> HttpResponse:
    """The words large, line by line as they will break on a card, one line at a time."""
    desk = _desk(request, pk)
    return page(request, "letters/copy.html", desk.now, desk=desk, step=desk.step)


@verb
def words(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep the words as they stand in the form, then go and copy or print them."""
    desk = _desk(request, pk)
    if desk.step.note:
        keep_words(request, desk.step.note, desk.now)
    then = "letter-print" if request.POST.get("then") == "letter-print" else "letter"
    address = reverse(then, args=[pk])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


@require_safe
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter and the envelope as they will print, or the sentence that says why they cannot."""
    desk = _desk(request, pk)
    try:
        pages, cannot = len(letter_pictures(desk.letter, PAPERS[desk.paper])), ""
        envelope_pdf(desk.to, desk.sent_from, ENVELOPES[desk.size])
    except CannotBeSet as refusal:
        pages, cannot = 0, str(refusal)
    shown = range(1, pages + 1)
    return page(
        request, "letters/print.html", desk.now, desk=desk, step=desk.step, pages=shown, cannot=cannot
    )


@require_safe
def picture(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """One page of the letter as an image."""
    desk = _desk(request, pk)
    try:
        pages = letter_pictures(desk.letter, PAPERS[desk.paper])
    except CannotBeSet as refusal:
        raise Http404(str(refusal)) from refusal
    if not 1 <= number <= len(pages):
        raise Http404
    return _file(pages[number - 1], "image/png", f"letter-{number}.png")


@require_safe
def envelope_picture(request: MemberRequest, pk: int) -> HttpResponse:
    """The envelope as an image."""
    desk = _desk(request, pk)
    try:
        (image,) = envelope_pictures(desk.to, desk.sent_from, ENVELOPES[desk.size])
    except CannotBeSet as refusal:
        raise Http404(str(refusal)) from refusal
    return _file(image, "image/png", "envelope.png")


@require_safe
def letter(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter as PDF, ready to sign."""
    desk = _desk(request, pk)
    try:
        made = letter_pdf(desk.letter, PAPERS[desk.paper])
    except CannotBeSet as refusal:
        return refused(request, str(refusal), to=reverse("step", args=[pk]))
    return _file(made, "application/pdf", f"letter-{_slug(desk)}.pdf")


@require_safe
def envelope(request: MemberRequest, pk: int) -> HttpResponse:
    """The envelope as PDF; without an address there is none."""
    desk = _desk(request, pk)
    if not desk.is_addressed:
        words = f"There is no postal address of {desk.step.person} yet. Add it here."
        return refused(request, words, to=reverse("step", args=[pk]))
    try:
        made = envelope_pdf(desk.to, desk.sent_from, ENVELOPES[desk.size])
    except CannotBeSet as refusal:
        return refused(request, str(refusal), to=reverse("step", args=[pk]))
    return _file(made, "application/pdf", f"envelope-{_slug(desk)}.pdf")


def _slug(desk: Desk) -> str:
    return slugify(desk.step.person.name) or "rapport"


@verb
def recipient(request: MemberRequest, pk: int) -> HttpResponse:
    """Where the letter goes: onto the person's card, as everything."""
    desk = _desk(request, pk)
    form = AddressNeededForm(request.POST, prefix="to")
    address = address_in(form.cleaned_data, "work") if form.is_valid() else None
    if address is None:
        desk.recipient_form = form
        return show_step(request, desk.step, desk=desk)
    person = desk.step.person
    card = Card.of(name=person.name).saying(address=address)
    happenings.update_card(person, card, source="what you typed", at=desk.now)
    noted = person.revisions.filter(absorbed_at=desk.now).first()
    undo = reverse("revision-undo", args=[noted.pk]) if noted else ""
    return said(request, f"Noted where letters reach {person}.", undo=undo, to=reverse("step", args=[pk]))


@verb
def sender(request: MemberRequest, pk: int) -> HttpResponse:
    """Where the letter comes from: onto the member's own card."""
    desk = _desk(request, pk)
    form = AddressNeededForm(request.POST, prefix="from")
    address = address_in(form.cleaned_data, "home") if form.is_valid() else None
    if address is None:
        desk.sender_form = form
        return show_step(request, desk.step, desk=desk)
    request.member.post_from(address)
    CardRound.again(request.member, at=desk.now)
    return said(request, "Noted: your letters come from there.", to=reverse("step", args=[pk]))
