"""What the views share: a verb's way in and back, and the clock, which is read here and nowhere below."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from rapport.journal.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from rapport.web.requests import MemberRequest


def verb(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A POST that does one thing; when it may not be done, the reason is said on the page it came from."""

    @wraps(view)
    def answer(request: MemberRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *arguments, **named)
        except NotAllowed as refusal:
            return refused(request, refusal.sentence)

    return require_POST(answer)


def page(
    request: MemberRequest, template: str, now: datetime, *, part: str = "", **context: Any
) -> HttpResponse:
    """A page; times on it are told as seen at `now`.

    `part` is the template of what the page is about. A page that opens it in place gets nothing else.
    """
    shown = part if part and is_opened_in_place(request) else template
    return render(request, shown, {"now": now, "part": part, **context})


def is_opened_in_place(request: MemberRequest) -> bool:
    """Whether a script asks for something to put into the page that is being read."""
    return bool(request.htmx) and not request.htmx.boosted


def said(
    request: MemberRequest, sentence: str, *, undo: str = "", to: str = "/", is_import: bool = False
) -> HttpResponse:
    """Say what was done and go back to the page the verb came from, or to `to`.

    `undo` is the address whose POST takes it back: it travels as the message's tags, which the template
    turns into a button. Of an import no key presses it.
    """
    level = messages.INFO if is_import else messages.SUCCESS
    messages.add_message(request, level, sentence, extra_tags=undo)
    return redirect(way_back(request, to))


def refused(request: MemberRequest, sentence: str, *, to: str = "/") -> HttpResponse:
    """Say why something could not be done and go back."""
    messages.error(request, sentence)
    return redirect(way_back(request, to))


def way_back(request: HttpRequest, to: str) -> str:
    """The address in the form's `next`, when it is one of ours; otherwise `to`."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else to


def sentences_of(form: BaseForm) -> str:
    """Everything a form refuses, as one line."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
