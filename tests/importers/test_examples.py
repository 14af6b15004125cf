"""The files of the demo are read as the demo shows them."""

from pathlib import Path

from rapport.importers.findings import FoundCard, Meeting, NotAnInterview, Problem
from rapport.importers.settling import settled

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def test_the_demo_has_three_interviews_two_cards_and_no_problem(reading):
    findings = list(
        settled(one for path in sorted(EXAMPLES.iterdir()) for one in reading.found(path.read_bytes()))
    )
    people = {
        one.organisation: [person.name for person in one.participants]
        for one in findings
        if isinstance(one, Meeting)
    }
    assert people == {
        "Initech": ["Dana Lee", "Sam Ortiz", "Priya Nair"],
        "Globex": ["Ingrid Solberg", "Tomás Vidal"],
        "Hooli": ["Mira Kovac"],
    }
    assert [one.title for one in findings if isinstance(one, NotAnInterview)] == [
        "Dentist",
        "Team lunch",
        "Christmas Day",
    ]
    assert {one.card.name for one in findings if isinstance(one, FoundCard)} == {"Dana Lee", "Noor Haddad"}
    assert not [one for one in findings if isinstance(one, Problem)]
