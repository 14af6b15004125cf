"""The fields that wording may name, each filled from what is known or left empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.rules.drafts import days, names, phrases

if TYPE_CHECKING:
    from rapport.rules.drafts.known import Known

OPTIONAL = frozenset(
    {"on_day", "about_job", "the_role", "talking", "at_organisation", "to_title", "at_new_place", "in_join"}
)
"""Fields that read well when empty: they bring their own space and preposition. A phrase needs all its others."""

NAMES = OPTIONAL | {
    "name",
    "me",
    "my_name",
    "job",
    "organisation",
    "day",
    "topic",
    "topics",
    "promised",
    "new_title",
    "moved_to",
    "third",
    "join_day",
}
"""Every field."""

LONGEST_TOPICS = 110


def _of_the_job(known: Known) -> tuple[str, str, str]:
    """Give the job's title, "the ... role" and the organisation; its place is said to those elsewhere only."""
    job, organisation, works_for = (
        phrases.job(known.job_title),
        phrases.label(known.organisation),
        phrases.label(known.works_for),
    )
    place = (
        f" at {organisation}"
        if organisation and works_for and works_for.casefold() != organisation.casefold()
        else ""
    )
    return job, f"the {job} role{place}" if job else f"the role{place}", organisation


def fields_of(known: Known, *, by_post: bool = False) -> dict[str, str]:
    """Give each field's words; `by_post` names days by their date."""
    job, the_role, organisation = _of_the_job(known)
    said = phrases.topics(known.topics)
    day = days.interview_day(known, by_post=by_post)
    new_title, new_place = phrases.label(known.title), phrases.label(known.works_for) or organisation
    join_day = days.written_day(known.joins_on, known.country) if known.joins_on else ""
    return {
        "name": names.greeted(known.name, known.given_name, known.country),
        "me": names.own_given_name(known.me),
        "my_name": phrases.tidy(known.me),
        "job": job,
        "organisation": organisation,
        "day": day,
        "topic": said[0] if said else "",
        "topics": phrases.both(said, LONGEST_TOPICS),
        "promised": days.promised_day(known),
        "new_title": new_title,
        "moved_to": phrases.label(known.works_for),
        "third": phrases.label(known.third),
        "join_day": join_day,
        "on_day": f" on {day}" if day else "",
        "about_job": f" about {the_role}" if job else "",
        "the_role": the_role,
        "talking": "meeting with me" if known.kind == "on_site" else "talking with me",
        "at_organisation": f" at {organisation}" if organisation else "",
        "to_title": f" as {new_title}" if new_title else "",
        "at_new_place": f" at {new_place}" if new_place else "",
        "in_join": f" on {join_day}" if join_day else "",
    }
