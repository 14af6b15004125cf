"""Try a situation: facts one can turn, the advice as a person would say it, and the debate of all schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups.schools import NormsInUse, known_school
from rapport.rules.etiquette import advise, debate
from rapport.web.door import page
from rapport.web.forms.situation import SituationForm
from rapport.web.schools.counsel import counsel
from rapport.web.schools.debates import columns_of, rows_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@require_safe
def situation(request: MemberRequest) -> HttpResponse:
    """The facts are in the address, so a situation can be kept and shared."""
    now, member = timezone.now(), request.member
    form = SituationForm(request.GET or None, initial=SituationForm.first)
    facts = form.situation(now, member.time_zone)
    calendar = member.working_calendar
    school = known_school(member, member.school)
    advice = advise(facts, NormsInUse().of(member, school.identifier), calendar)
    rows = rows_of(debate(facts, calendar), member.school)
    return page(
        request,
        "schools/situation.html",
        now,
        form=form,
        school=school,
        further_open=any(request.GET.get(field.name) for field in form.further),
        sentences=counsel(advice, now, member.zone),
        questions=advice.questions[:3],
        rows=rows,
        columns=columns_of(rows),
    )
