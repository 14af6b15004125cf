"""Add: drop a file, paste a text or type a name; what was recorded, what was set aside, and undo."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from rapport.importers.pictures import is_picture
from rapport.intake.importing import is_looked_at_first, work_at_once
from rapport.intake.models import Batch, Import, Photograph
from rapport.intake.taking import outline_of, take_in, type_in
from rapport.journal.errors import NotAllowed
from rapport.people.models import Subscription
from rapport.web.door import page, refused, said, verb
from rapport.web.forms.intake import BringForm, TypeForm
from rapport.web.intake.photographs import begin_all

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


_SHOWN = 50
"""How many people of a batch are listed; the others are counted."""

_SAID = 2
"""Of how many things that stay the message says why; the page of the batch says it of all."""


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest) -> HttpResponse:
    """The three ways in; files and a pasted text are one batch."""
    now = timezone.now()
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if not form.is_bound or not form.is_valid():
        return _ways_in(request, now, bring=form)
    pictures, files = _apart(_brought(form))
    begun, refusals = begin_all(request.member, pictures, at=now)
    if refusals and not begun and not files:
        form.add_error("photo", refusals)
        return _ways_in(request, now, bring=form)
    for refusal in refusals:
        messages.error(request, refusal)
    if files:
        if begun:
            messages.success(request, "Pictures wait for your word on Add.")
        return _taken(request, files, now, form)
    return redirect("photograph", begun[0].pk) if len(begun) == 1 else redirect("add")


def _taken(
    request: MemberRequest, files: list[tuple[str, BinaryIO]], now: datetime, form: BringForm
) -> HttpResponse:
    if is_looked_at_first(files):
        return _kept(request, files)
    taken = take_in(request.member, files, at=now)
    is_only_text = len(files) == 1 and bool(form.cleaned_data["text"].strip())
    if is_only_text and not (taken.brought_something or taken.keys_now or taken.people_now):
        return _asked_again(request, now, form, taken)
    return _result(request, taken, now)


def _asked_again(request: MemberRequest, now: datetime, form: BringForm, taken: Batch) -> HttpResponse:
    """A pasted text that gave nothing: it stays in its field with what was missing, the typed form filled from it."""
    understood = outline_of(request.member, form.cleaned_data["text"], at=now)
    form.cannot_be_read([*(one["says"] for one in taken.problems), *(one["why"] for one in taken.set_aside)])
    first, *others = understood.people or (None,)
    typed = TypeForm.filled(first, understood.organisation, understood.when)
    return _ways_in(request, now, bring=form, typed=typed, understood=first or understood.when, others=others)


def _ways_in(request: MemberRequest, now: datetime, **forms: Any) -> HttpResponse:
    imports = Import.objects.seen_by(request.member).waiting()
    photographs = Photograph.objects.seen_by(request.member).defer("jpeg")
    shown: dict[str, Any] = {"bring": BringForm(), "typed": TypeForm(), **forms}
    return page(request, "intake/add.html", now, imports=imports, photographs=photographs, **shown)


def _apart(
    brought: list[tuple[str, BinaryIO]],
) -> tuple[list[tuple[str, BinaryIO]], list[tuple[str, BinaryIO]]]:
    """Part pictures from all else, by what the files hold."""
    pictures = [pair for pair in brought if is_picture(pair[1])]
    return pictures, [pair for pair in brought if pair not in pictures]


def _kept(request: MemberRequest, brought: list[tuple[str, BinaryIO]]) -> HttpResponse:
    """Keep an address book or an archive until its member has seen what it would bring."""
    try:
        waiting = Import.begin(request.member, brought, at=timezone.now())
    except NotAllowed as refusal:
        return refused(request, refusal.sentence, to=reverse("add"))
    work_at_once(waiting, timezone.now)
    return redirect("import", waiting.pk)


def _brought(form: BringForm) -> list[tuple[str, BinaryIO]]:
    said = form.cleaned_data
    files = [
        (file.name or "a file", cast("BinaryIO", file.file)) for file in (*said["files"], *said["photo"])
    ]
    text = form.cleaned_data["text"].strip()
    if text:
        files.append(("what you pasted", BytesIO(text.encode())))
    return files


@require_http_methods(["POST"])
def typed(request: MemberRequest) -> HttpResponse:
    """Somebody typed by hand: with a time it is an interview, without one somebody met elsewhere."""
    now, form = timezone.now(), TypeForm(request.POST)
    if not form.is_valid():
        return _ways_in(request, now, typed=form)
    said_of = dict(form.cleaned_data)
    card_at = said_of.pop("card_at")
    taken = type_in(request.member, **said_of, at=now)
    if card_at and taken.brought_something:
        for person in taken.people():
            Subscription.begin(person, card_at, by=request.member, at=now)
    return _result(request, taken, now)


def _result(request: MemberRequest, taken: Batch, now: datetime) -> HttpResponse:
    """Go to the batch's page; what brought nothing new is not kept, and shown at once."""
    return redirect("batch", taken.pk) if taken.brought_something else _shown(request, taken, now)


def _shown(request: MemberRequest, taken: Batch, now: datetime) -> HttpResponse:
    return page(
        request,
        "intake/batch.html",
        now,
        batch=taken,
        interviews=[] if taken.undone_at else taken.interviews(),
        people=[] if taken.undone_at else taken.people()[:_SHOWN],
        changed=[] if taken.undone_at or not taken.pk else taken.changed()[:_SHOWN],
        suggested=[] if taken.undone_at or not taken.pk else taken.suggested()[:_SHOWN],
        more=max(taken.tally.get("new", 0) - _SHOWN, 0),
    )


@require_safe
def batch(request: MemberRequest, pk: int) -> HttpResponse:
    """What came in together: recorded, set aside and why, problems with their place."""
    found = get_object_or_404(Batch.objects.seen_by(request.member), pk=pk)
    return _shown(request, found, timezone.now())


@verb
def batch_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take everything back that came in together."""
    found = get_object_or_404(Batch.objects.seen_by(request.member), pk=pk)
    if found.is_large:
        found.ask_undo(by=request.member, at=timezone.now())
        return redirect("batch", found.pk)
    found.undo(by=request.member, at=timezone.now())
    return said(request, _how_far_back(found), to=reverse("today"))


def _how_far_back(undone: Batch) -> str:
    """Say what was taken back, what stays and why, and how what went comes back."""
    page = reverse("batch", args=[undone.pk])
    title = format_html('<a href="{}">{}</a>', page, undone.title)
    if not undone.kept:
        return format_html("Taken back: {}. To have it again, bring it in again.", title)
    stays, more = " ".join(undone.kept[:_SAID]), len(undone.kept) - _SAID
    if more > 0:
        stays += f" {more} more {'stays' if more == 1 else 'stay'}."
    if undone.stays_whole_now:
        return format_html("Nothing of it was taken back: {}. {}", title, stays)
    return format_html("Taken back in part: {}. {} To have the rest again, bring it in again.", title, stays)
