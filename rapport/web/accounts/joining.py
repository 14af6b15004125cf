"""Links that an administrator hands over: to join, and to choose a new password.

Both show a form first and act on POST, so that a chat program's preview of the link uses nothing up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from rapport.accounts.models import Admission, Member, Purpose, SignInLink
from rapport.accounts.secret_link import LinkRefused
from rapport.web.accounts.forms import JoinForm, PasswordForm
from rapport.web.accounts.sign_in import BACKEND

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def admission(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation to join; on POST make the account and sign in."""
    now = timezone.now()
    try:
        invited = Admission.open_at(token, at=now)
        form = JoinForm(request.POST or None, member=Member(email=invited.email))
        if not form.is_valid():
            return render(request, "accounts/join.html", {"form": form, "admission": invited})
        member = invited.accept(**form.cleaned_data, at=now)
    except LinkRefused as refusal:
        return render(request, "accounts/link_refused.html", {"refusal": refusal}, status=403)
    auth.login(request, member, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form for a new password; on POST set it. The second step of signing in stays as it was."""
    now = timezone.now()
    try:
        member = SignInLink.holder(token, at=now, purpose=Purpose.NEW_PASSWORD)
        form = PasswordForm(request.POST or None, member=member)
        if not form.is_valid():
            return render(request, "accounts/new_password.html", {"form": form, "owner": member})
        SignInLink.use(token, at=now, purpose=Purpose.NEW_PASSWORD)
    except LinkRefused as refusal:
        return render(request, "accounts/link_refused.html", {"refusal": refusal}, status=403)
    member.set_password(form.cleaned_data["password"])
    member.save(update_fields=["password"])
    messages.success(request, "Your new password is set. Sign in with it.")
    return redirect("sign_in")
