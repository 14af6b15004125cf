"""The administrator's page: who is here, who may join, and links to hand over."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rapport.accounts.models import Admission, AlreadyMember, LastAdministrator, Member, Purpose, SignInLink
from rapport.web.accounts.forms import AdmissionForm
from rapport.web.door import refused, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


def administrator_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show the page to administrators of a server; to everybody else there is no such page."""

    @wraps(view)
    def guarded(request: MemberRequest, *arguments: object, **options: object) -> HttpResponse:
        if settings.LAPTOP or not request.member.is_administrator:
            raise Http404
        return view(request, *arguments, **options)

    return never_cache(guarded)


@administrator_required
@require_safe
def members(request: MemberRequest) -> HttpResponse:
    """List the members and those who may join."""
    return _page(request, AdmissionForm())


@administrator_required
@require_POST
def admissions(request: MemberRequest) -> HttpResponse:
    """Admit an address and show the link, this once: only its digest is kept."""
    form = AdmissionForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    email = form.cleaned_data["email"]
    try:
        token = Admission.admit(
            email,
            by=request.member,
            at=timezone.now(),
            as_administrator=form.cleaned_data["as_administrator"],
        )
    except AlreadyMember as refusal:
        form.add_error("email", str(refusal))
        return _page(request, form, status=422)
    return _page(request, AdmissionForm(), shown=(f"{email} may join with this link", "admission", token))


@administrator_required
@require_POST
def password_links(request: MemberRequest, member: int) -> HttpResponse:
    """Make a link for a member who forgot their password, and show it, this once."""
    forgetful = get_object_or_404(Member, pk=member, is_active=True)
    token = SignInLink.give(forgetful, at=timezone.now(), purpose=Purpose.NEW_PASSWORD)
    said = f"{forgetful} can choose a new password with this link"
    return _page(request, AdmissionForm(), shown=(said, "new_password", token))


@administrator_required
@require_POST
def administration(request: MemberRequest, member: int) -> HttpResponse:
    """Let a member be an administrator, too: the way to hand over."""
    chosen = get_object_or_404(Member, pk=member, is_active=True)
    chosen.hand_administration()
    undo = reverse("administration-undo", args=[member])
    return said(request, f"{chosen} is an administrator now.", undo=undo, to=reverse("members"))


@administrator_required
@require_POST
def administration_undo(request: MemberRequest, member: int) -> HttpResponse:
    """Let a member be an administrator no longer."""
    chosen = get_object_or_404(Member, pk=member, is_active=True, is_administrator=True)
    try:
        chosen.resign_administration()
    except LastAdministrator as refusal:
        return refused(request, str(refusal), to=reverse("members"))
    to = "settings" if chosen == request.member else "members"
    return said(request, f"{chosen} is no administrator any more.", to=reverse(to))


def _page(
    request: MemberRequest,
    form: AdmissionForm,
    *,
    shown: tuple[str, str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page; `shown` is a sentence, the name of an address and the token of a link just made."""
    context = {
        "form": form,
        "members": Member.objects.order_by("joined_at"),
        "admissions": Admission.waiting(at=timezone.now()),
    }
    if shown:
        said, name, token = shown
        context |= {"said": said, "link": request.build_absolute_uri(reverse(name, args=[token]))}
    return render(request, "accounts/members.html", context, status=status)
