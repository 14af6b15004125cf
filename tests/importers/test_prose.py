"""Names, titles and roles are read out of sentences; nobody is invented."""

import pytest

from rapport.importers.text.prose import mentions, role_of

ME = frozenset({"Alex Morgan"})


def people(text):
    return [(mention.name, mention.title, mention.role) for mention in mentions(text, ME)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "You will meet Dana Lee, VP Engineering, and Sam Ortiz (Staff Engineer).",
            [("Dana Lee", "VP Engineering", "executive"), ("Sam Ortiz", "Staff Engineer", None)],
        ),
        (
            "You will be meeting with Dana Lee and Sam Ortiz.",
            [("Dana Lee", None, None), ("Sam Ortiz", None, None)],
        ),
        (
            "Interviewers: Dana Lee, Sam Ortiz & Priya Nair",
            [("Dana Lee", None, None), ("Sam Ortiz", None, None), ("Priya Nair", None, None)],
        ),
        (
            "Interviewers:\n- Dana Lee, VP Engineering\n- Sam Ortiz – Staff Engineer\n",
            [("Dana Lee", "VP Engineering", "executive"), ("Sam Ortiz", "Staff Engineer", None)],
        ),
        ("- 10:00–10:45 Dana Lee (VP Engineering)", [("Dana Lee", "VP Engineering", "executive")]),
        (
            "Your interview is with our Head of Platform, Rui Costa.",
            [("Rui Costa", "Head of Platform", None)],
        ),
        (
            "You will speak with the hiring manager Dana Lee.",
            [("Dana Lee", "hiring manager", "hiring_manager")],
        ),
        (
            "You will meet Dana Lee, VP Engineering and hiring manager.",
            [("Dana Lee", "VP Engineering", "hiring_manager")],
        ),
        ("You will speak with me and with our CTO, Rui Costa.", [("Rui Costa", "CTO", "executive")]),
        ("with Priya Nair from HR", [("Priya Nair", None, "hr")]),
        ("Sie treffen Jörg Müller (Leiter Entwicklung).", [("Jörg Müller", "Leiter Entwicklung", None)]),
        (
            "Entretien avec Élodie Dupont, Directrice technique.",
            [("Élodie Dupont", "Directrice technique", None)],
        ),
        (
            "You will meet Dr. Maria van der Berg (Principal Scientist).",
            [("Maria van der Berg", "Principal Scientist", None)],
        ),
    ],
)
def test_people_are_read_with_what_they_do(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "You will meet the team.",
        "You will meet our Platform Engineering team and the Hiring Manager.",
        "You will meet Alex Morgan, Candidate Engineer.",
        "Dear Alex Morgan,\nthank you for your application.",
        "Join Zoom Meeting\nhttps://zoom.us/j/1\nMeeting ID: 123\nPasscode: 99",
        "Interview with Initech on Monday, Google Meet, New York office.",
        "Senior Backend Engineer, Engineering Manager, Product Designer",
        "",
    ],
)
def test_nobody_is_invented(text):
    assert people(text) == []


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("VP Engineering", "executive"),
        ("Hiring Manager", "hiring_manager"),
        ("Talent Partner", "recruiter"),
        ("Senior Technical Recruiter", "recruiter"),
        ("Sourcer", "recruiter"),
        ("HR Business Partner", "hr"),
        ("People Operations", "hr"),
        ("Staff Engineer", None),
        ("Engineering Manager", None),
        ("CTO", "executive"),
        (None, None),
    ],
)
def test_a_title_tells_the_role_or_nothing(title, role):
    assert role_of(title) == role


@pytest.mark.parametrize(
    "title",
    [
        "Assistant to the CEO",
        "CEO Assistant",
        "Executive Assistant to the VP Engineering",
        "Chief of Staff, CEO Office",
        "Adviser to the CEO and CFO",
        "Architect, Office of the CTO",
        "Assistenz Vorstand",
        "Assistante du directeur général",
        "Asistente de la directora general",
        "Assistente do CEO",
    ],
)
def test_whom_somebody_assists_is_not_what_they_are(title):
    assert role_of(title) is None


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Recruiting Software Engineer", None),
        ("Software Engineer, Talent Acquisition", None),
        ("Product Manager, HR Tools", None),
        ("Engineering Manager, Recruiting", None),
        ("Head of HR Tech", None),
        ("HR Systems Manager", None),
        ("Ingénieur recrutement", None),
        ("Chef de projet RH", None),
        ("Desarrolladora de recursos humanos", None),
        ("Softwareentwickler Recruiting", None),
        ("HR & Recruiting Engineer", None),
        ("Engineering Recruiter", "recruiter"),
        ("Recruiter for Engineering", "recruiter"),
        ("Recruiting Coordinator", "recruiter"),
        ("Manager, Talent Acquisition", "recruiter"),
        ("Engineer & Recruiter", "recruiter"),
        ("Responsable recrutement", "recruiter"),
        ("Head of Talent", "recruiter"),
        ("Senior Director, Human Resources", "hr"),
        ("Director of People & Culture", "hr"),
        ("HR Assistant", "hr"),
        ("Chief People Officer", "hr"),
        ("Directora de Recursos Humanos", "hr"),
    ],
)
def test_what_somebody_builds_for_a_department_does_not_put_them_in_it(title, role):
    assert role_of(title) == role


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Vice President, Investment Banking", None),
        ("Vice President", None),
        ("VP, Global Markets", None),
        ("Vice President, Software Engineer", None),
        ("Assistant Vice President", None),
        ("Chief Engineer", None),
        ("Chief Data Scientist", None),
        ("Vice President of Engineering", "executive"),
        ("VP, Marketing", "executive"),
        ("VP Developer Relations", "executive"),
        ("Senior Vice President", "executive"),
        ("Chief Product & Technology Officer", "executive"),
        ("CTO, Co-Founder", "executive"),
        ("Founder & Product Manager", "executive"),
        ("Directrice générale adjointe", "executive"),
    ],
)
def test_a_word_of_rank_makes_an_executive_only_where_it_is_the_head(title, role):
    assert role_of(title) == role
