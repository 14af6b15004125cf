"""Settings: one page of short forms, each with its own button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import logout
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rapport.accounts.models import Admission, LastAdministrator
from rapport.correspondence.models import Mailbox
from rapport.web.door import page, said, verb
from rapport.web.forms.reception import ReceptionForm
from rapport.web.forms.settings import AddressForm, DeletionForm, LimitsForm, YouForm
from rapport.web.settings.export import everything_of

if TYPE_CHECKING:
    from django.forms import BaseForm, ModelForm

    from rapport.accounts.models import Member
    from rapport.web.requests import MemberRequest


def _page(request: MemberRequest, **bound: BaseForm) -> HttpResponse:
    """The whole page, with one form as it was sent and the others as they stand."""
    member = request.member
    forms: dict[str, Any] = {
        "you": YouForm(instance=member),
        "address": AddressForm(member=member),
        "limits": LimitsForm(instance=member),
        "reception": ReceptionForm(instance=member),
    }
    return page(
        request,
        "settings/settings.html",
        timezone.now(),
        **{**forms, **bound},
        addresses=member.addresses.order_by("email"),
        own_card=member.own_card,
        mailbox=Mailbox.objects.seen_by(member).first(),
    )


@require_safe
def settings(request: MemberRequest) -> HttpResponse:
    """Everything a member sets."""
    return _page(request)


@verb
def you(request: MemberRequest) -> HttpResponse:
    """Name, zone, country and hours."""
    form = YouForm(request.POST, instance=request.member)
    return _kept(request, "you", form, "Noted. Times are shown in your zone from now on.")


@verb
def limits(request: MemberRequest) -> HttpResponse:
    """What the sites allow."""
    form = LimitsForm(request.POST, instance=request.member)
    return _kept(request, "limits", form, "Noted. New drafts keep to these limits.")


@verb
def reception(request: MemberRequest) -> HttpResponse:
    """How the member likes to be approached."""
    form = ReceptionForm(request.POST, instance=request.member)
    return _kept(request, "reception", form, "Noted how you like to be approached.")


def _kept(request: MemberRequest, name: str, form: ModelForm[Member], sentence: str) -> HttpResponse:
    """Keep what a form says of the member, or show it again with what it refuses."""
    if not form.is_valid():
        request.member.refresh_from_db()  # the form has written into it what is not valid
        return _page(request, **{name: form})
    form.save()
    return said(request, sentence, to=reverse("settings"))


@verb
def addresses(request: MemberRequest) -> HttpResponse:
    """One more address that is the member."""
    form = AddressForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, address=form)
    form.save()
    return said(request, f"{form.instance.email} is you.", to=reverse("settings"))


@verb
def address_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """An address that is not the member after all."""
    found = get_object_or_404(request.member.addresses, pk=pk)
    found.delete()
    return said(request, f"{found.email} is not you any more.", to=reverse("settings"))


@require_safe
def export(request: MemberRequest) -> FileResponse:
    """Everything that Rapport holds of the member, as one zip."""
    now = timezone.now()
    packed = everything_of(request.member, now)
    return FileResponse(
        packed, as_attachment=True, filename=f"rapport-{now:%Y-%m-%d}.zip", content_type="application/zip"
    )


@require_safe
def deletion(request: MemberRequest) -> HttpResponse:
    """Ask before everything goes."""
    return page(request, "settings/deletion.html", timezone.now(), form=DeletionForm())


@require_POST
def deleted(request: MemberRequest) -> HttpResponse:
    """Delete the member and everything that is theirs."""
    form = DeletionForm(request.POST)
    if not form.is_valid():
        return page(request, "settings/deletion.html", timezone.now(), form=form)
    member, email = request.member, request.member.email
    try:
        with transaction.atomic():
            member.leave()
            # It names them, and belongs to who admitted them.
            Admission.objects.filter(email=email).delete()
    except LastAdministrator as refusal:
        form.add_error(None, str(refusal))
        return page(request, "settings/deletion.html", timezone.now(), form=form)
    logout(request)
    return redirect("today")
