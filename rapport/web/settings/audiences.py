"""Who sees what of the member's own card: the choices, the card as somebody sees it, and its link."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rapport.accounts.vault import Unreadable
from rapport.notifications.address import absolute
from rapport.people.models import CardLink, NamedList, Person
from rapport.people.showing import audiences_of, keep_own_card, seen_with_link
from rapport.rules.audience import LINK, PROFESSIONAL, SOCIAL, list_of, shown
from rapport.rules.card.photos import has_photo
from rapport.web.door import page, said, verb
from rapport.web.forms.own_card import AudienceForm
from rapport.web.people.cards import ShownCard
from rapport.web.people.pictures import picture

if TYPE_CHECKING:
    from rapport.accounts.models import Member
    from rapport.rules.card import Card
    from rapport.web.requests import MemberRequest


_SEEN = {PROFESSIONAL: "business contacts", SOCIAL: "friends", LINK: "anyone with the link"}


def audiences(member: Member) -> list[tuple[str, str]]:
    """Everybody a card can be shown to, in words."""
    lists = NamedList.objects.seen_by(member)
    return [
        (PROFESSIONAL, "Business"),
        (SOCIAL, "Social"),
        *((list_of(found.pk), found.name) for found in lists),
        (LINK, "Anyone with the link"),
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: MemberRequest) -> HttpResponse:
    """The choices, and the link; nothing is shown to anybody at first."""
    member, now = request.member, timezone.now()
    sent = (request.POST,) if request.method == "POST" else ()
    form = AudienceForm(*sent, card=member.own_card, audiences=audiences(member))
    if sent and form.is_valid():
        kept = keep_own_card(member, form.edited(), at=now)
        undo = reverse("own-card-undo", args=[kept.pk])
        return said(request, "Noted who sees what of your card.", undo=undo, to=reverse("card-audience"))
    link = CardLink.objects.filter(member=member).first()
    return page(
        request,
        "settings/audience.html",
        now,
        form=form,
        audiences=audiences(member),
        link=link,
        address=_address(link),
    )


def _address(link: CardLink | None) -> str:
    """Where the card's link leads; "" without one, or when the key that it is sealed with is not here."""
    try:
        return absolute(reverse("card", args=[link.token])) if link else ""
    except Unreadable:
        return ""


@require_safe
def seen(request: MemberRequest) -> HttpResponse:
    """The card exactly as an audience, or a person, would see it."""
    member, chosen = request.member, request.GET.get("as", PROFESSIONAL)
    words = dict(audiences(member))
    person = _person(member, chosen)
    viewer = audiences_of(person) if person else frozenset({chosen}) & words.keys()
    card = shown(member.own_card, viewer)
    return page(
        request,
        "settings/seen.html",
        timezone.now(),
        chosen=chosen,
        audiences=words.items(),
        person=person,
        who=person.name if person else _SEEN.get(chosen, words.get(chosen, "nobody")),
        name=card.name if card else "",
        shown=ShownCard.of(card, member.posts_from) if card else None,
        has_photo=bool(card and has_photo(card)),
    )


def _person(member: Member, chosen: str) -> Person | None:
    kind, _, key = chosen.partition("-")
    if kind != "person":
        return None
    return get_object_or_404(Person.objects.seen_by(member), pk=int(key[:18]) if key.isdecimal() else 0)


@verb
def making(request: MemberRequest) -> HttpResponse:
    """Give the card a link, or a new one in place of the old."""
    CardLink.make(request.member, at=timezone.now())
    return said(
        request,
        "Your card has a link. Anyone who has it sees what you show to it.",
        to=reverse("card-audience"),
    )


@verb
def removal(request: MemberRequest) -> HttpResponse:
    """Let the link open nothing any more."""
    link = get_object_or_404(CardLink, member=request.member)
    link.remove(by=request.member, at=timezone.now())
    return said(request, "The link opens nothing any more.", to=reverse("card-audience"))


@never_cache
@require_safe
def code(request: MemberRequest) -> HttpResponse:
    """The link as a QR code, dark on white in any light, so that every telephone reads it."""
    address = _address(get_object_or_404(CardLink, member=request.member))
    if not address:
        raise Http404
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=6, border=4, dark="#000", light="#fff", nl=False
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@login_not_required
@require_safe
def card(request: HttpRequest, token: str) -> HttpResponse:
    """The card for anyone with its link; a link that opens nothing is as if there were nothing."""
    owner, seen_card = _linked(token)
    context = {
        "name": seen_card.name,
        "token": token,
        "shown": ShownCard.of(seen_card, owner.posts_from),
        "portrait": reverse("card-photo", args=[token]) if has_photo(seen_card) else "",
    }
    return _discreet(render(request, "card/linked.html", context))


@login_not_required
@require_safe
def file(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  (a view)
    """The same as a file for an address book."""
    _, seen_card = _linked(token)
    answer = HttpResponse(seen_card.octets(), content_type="text/vcard; charset=utf-8")
    name = slugify(seen_card.name) or "card"
    answer["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
    return _discreet(answer)


@login_not_required
@require_safe
def card_photo(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  (a view)
    """The picture on the card, where it is shown to anyone with the link."""
    return _discreet(picture(_linked(token)[1]))


def _linked(token: str) -> tuple[Member, Card]:
    """The owner, and what of their card is shown to the link; nothing shown is no page."""
    owner = CardLink.holder(token)
    seen_card = seen_with_link(owner) if owner else None
    if owner is None or seen_card is None:
        raise Http404
    return owner, seen_card


def _discreet(answer: HttpResponse) -> HttpResponse:
    """The address is the secret: it is told to no other site and listed by no search engine."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
