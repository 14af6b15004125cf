"""People for other programs: those of a list, or one, as a file that is written while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.people.exporting import FORMATS
from rapport.people.finding import AT_ONCE
from rapport.people.models import CardIndex, Person
from rapport.web.people.narrowing import Narrowing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapport.web.requests import MemberRequest


@require_safe
def people(request: MemberRequest, form: str) -> StreamingHttpResponse:
    """Everybody in view, as the address narrows them: by words all who fit, not only the likeliest."""
    CardIndex.catch_up(request.member, at_most=AT_ONCE)
    narrowing = Narrowing(request.member, request.GET, timezone.now())
    keys: Any = narrowing.people().order_by("name", "pk").values_list("pk", flat=True)
    return _file(keys.iterator(chunk_size=2000), form, "people")


@require_safe
def person(request: MemberRequest, pk: int, form: str) -> StreamingHttpResponse:
    """One person."""
    found = get_object_or_404(Person.objects.seen_by(request.member), pk=pk)
    return _file([found.pk], form, "person")


def _file(keys: Iterable[int], form: str, name: str) -> StreamingHttpResponse:
    if form not in FORMATS:
        raise Http404
    answer = StreamingHttpResponse(FORMATS[form].write(keys), content_type=FORMATS[form].kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{FORMATS[form].ending}"'
    return answer
