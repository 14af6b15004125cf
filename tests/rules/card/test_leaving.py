"""Another job by a source's word: the old one stays as a former job; a respelling is no other job."""

from datetime import date

import pytest

from rapport.rules.card import Card, PartialDate
from rapport.rules.card.history import absorbed, applied, edit_between, struck_by
from rapport.rules.card.jobs import JOBS, Job

NOTICED = date(2026, 11, 26)
SAM = Card.of(name="Sam Ortiz", title="Staff Engineer", organisation="Acme")
DIRECTOR = Card.of(name="Sam Ortiz", title="Director", organisation="Initech")


def jobs(card: Card, *said: Card, struck=frozenset()) -> list[str]:
    for each in said:
        card = absorbed(card, each, struck, NOTICED)
    assert card == absorbed(card, said[-1], struck, NOTICED)
    return list(map(str, JOBS.of(card)))


def of(*said: Job) -> Card:
    return JOBS.edited(Card.of(name="Sam Ortiz"), said)


def test_the_old_job_stays_as_a_former_one_until_about_when_it_was_noticed():
    assert jobs(SAM, DIRECTOR) == ["Director, Initech", "Staff Engineer, Acme (… to 2026-11)"]
    dated = of(Job("Acme", "Staff Engineer", PartialDate(2019, 3)))
    begun = of(Job("Initech", "Director", PartialDate(2026, 9)))
    assert jobs(SAM, begun)[1] == "Staff Engineer, Acme (… to 2026-09)"
    assert jobs(dated, Card.of(name="Sam Ortiz", title="Director")) == [
        "Director, Acme",
        "Staff Engineer, Acme (2019-03 to 2026-11)",
    ]


@pytest.mark.parametrize(
    ("title", "organisation"),
    [
        ("Staff Engineer", "Acme Inc."),
        ("staff engineer", "ACME"),
        ("Staff-Engineer", ""),
        ("", "Acmé GmbH"),
    ],
)
def test_a_respelling_leaves_no_former_job_and_keeps_since_when(title, organisation):
    dated = of(Job("Acme", "Staff Engineer", PartialDate(2019, 3)))
    (job,) = JOBS.of(
        absorbed(dated, Card.of(name="Sam Ortiz", title=title, organisation=organisation), (), NOTICED)
    )
    assert (job.title, job.organisation) == (title or "Staff Engineer", organisation or "Acme")
    assert str(job.since) == "2019-03"


def test_to_learn_the_employer_of_a_title_is_no_other_job():
    assert jobs(Card.of(name="Sam Ortiz", title="Director"), DIRECTOR) == ["Director, Initech"]


def test_a_job_that_goes_on_after_all_is_no_former_one_unless_the_member_said_so():
    again = Card([*SAM.lines, "TEL:+1 2"])
    assert jobs(SAM, DIRECTOR, again) == ["Staff Engineer, Acme", "Director, Initech (… to 2026-11)"]
    moved = absorbed(SAM, DIRECTOR, (), NOTICED)
    said = [
        *JOBS.of(moved)[:1],
        Job("Acme", "Staff Engineer", PartialDate(2019, 0), PartialDate(2024, 0), is_former=True),
    ]
    assert jobs(JOBS.edited(moved, said), again)[1] == "Staff Engineer, Acme (2019 to 2024)"


def test_of_several_jobs_a_source_ends_only_the_one_that_another_follows():
    two = of(Job("Acme", "Staff Engineer"), Job("Hooli", "Adviser", PartialDate(2020, 0)))
    assert jobs(two, Card.of(name="Sam Ortiz", title="Adviser", organisation="Hooli")) == list(
        map(str, JOBS.of(two))
    )
    assert jobs(two, DIRECTOR) == [
        "Director, Initech",
        "Adviser, Hooli (2020 to now)",
        "Staff Engineer, Acme (… to 2026-11)",
    ]
    assert jobs(two, Card.of(name="Sam Ortiz", title="Chair", organisation="Hooli")) == [
        "Chair, Hooli",
        "Staff Engineer, Acme",
        "Adviser, Hooli (2020 to 2026-11)",
    ]


def test_a_former_job_that_the_member_took_out_stays_out():
    moved = absorbed(SAM, DIRECTOR, (), NOTICED)
    edit = edit_between(moved, JOBS.edited(moved, [JOBS.of(moved)[0], None]))
    card = applied(absorbed(SAM, DIRECTOR, (), date(2027, 1, 2)), edit)
    assert jobs(SAM, DIRECTOR, struck=struck_by(edit)) == ["Director, Initech"]
    assert card is not None


def test_the_card_of_a_company_has_no_jobs():
    company = Card(["VERSION:4.0", "KIND:org", "FN:Acme", "ORG:Acme"])
    assert jobs(company, Card(["VERSION:4.0", "FN:Globex", "ORG:Globex"])) == ["Globex"]
