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
    ("text", "expected"),
    [
        ("Te entrevistarán Dana Lee y Sam Ortiz.", ["Dana Lee", "Sam Ortiz"]),
        ("Vous rencontrerez Dana Lee et Sam Ortiz.", ["Dana Lee", "Sam Ortiz"]),
        ("Vous serez reçu par Mme Dana Lee et M. Sam Ortiz.", ["Dana Lee", "Sam Ortiz"]),
        ("Ihre Gesprächspartner sind Frau Dana Lee und Herr Sam Ortiz.", ["Dana Lee", "Sam Ortiz"]),
        ("Am Gespräch nehmen Herr Dr. Sam Ortiz und Frau Dana Lee teil.", ["Sam Ortiz", "Dana Lee"]),
        ("Es erwarten Sie Herr Prof. Dr. Sam Ortiz und Dana Lee.", ["Sam Ortiz", "Dana Lee"]),
        ("Incontrerà la dott.ssa Dana Lee e l'ing. Sam Ortiz.", ["Dana Lee", "Sam Ortiz"]),
        ("Você vai conversar com Dana Lee e Sam Ortiz.", ["Dana Lee", "Sam Ortiz"]),
        ("Je spreekt met Dana Lee en Sam Ortiz.", ["Dana Lee", "Sam Ortiz"]),
        ("Te reunirás con Dana Lee en Buenos Aires.", ["Dana Lee"]),
        ("Am Gespräch nehmen Fachbereich und Personalabteilung teil.", []),
        ("Vous rencontrerez l'équipe Acme Widgets.", []),
        ("Te entrevistará el equipo de Acme Widgets.", []),
        ("Sie treffen das Team von Acme Widgets.", []),
        ("Ihre Gesprächspartner sind Kolleginnen aus Bad Homburg.", []),
    ],
)
def test_both_of_a_pair_are_read_in_the_words_of_their_language(text, expected):
    assert [mention.name for mention in mentions(text, ME)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your interview is on Friday 20 November at 14:30 with Sam Ortiz.", ["Sam Ortiz"]),
        ("Interview on Friday with Sam Ortiz.", ["Sam Ortiz"]),
        ("Interview at 4:30 p.m. (Berlin time) with Priya Nair.", ["Priya Nair"]),
        ("Ihr Gespräch ist am Freitag um 14:30 Uhr mit Frau Petra Schneider.", ["Petra Schneider"]),
        ("Dana Lee will interview you.", ["Dana Lee"]),
        ("On Friday, Dana Lee and Sam Ortiz will be interviewing you.", ["Dana Lee", "Sam Ortiz"]),
        ("Dana Lee (CTO) and Sam Ortiz will interview you.", ["Dana Lee", "Sam Ortiz"]),
        ("The Engineer Dana Lee will call you.", ["Dana Lee"]),
        (
            "You'll meet the team: Dana Lee, Sam Ortiz and Priya Nair.",
            ["Dana Lee", "Sam Ortiz", "Priya Nair"],
        ),
        ("Sie treffen folgende Personen: Petra Schneider und Jens Vogel.", ["Petra Schneider", "Jens Vogel"]),
        ("Who: Dana Lee, Sam Ortiz", ["Dana Lee", "Sam Ortiz"]),
        ("Guests: Dana Lee, Sam Ortiz", ["Dana Lee", "Sam Ortiz"]),
        ("Entrevistadores: Ana Silva, João Santos", ["Ana Silva", "João Santos"]),
        ("I tuoi intervistatori: Giulia Rossi e Marco Bianchi", ["Giulia Rossi", "Marco Bianchi"]),
        ("Partecipanti:\n- Giulia Rossi\n- Marco Bianchi", ["Giulia Rossi", "Marco Bianchi"]),
        ("Intervenants : Marie Dupont, Jean Martin", ["Marie Dupont", "Jean Martin"]),
        ("Petra Schneider und Jens Vogel werden das Gespräch führen.", ["Petra Schneider", "Jens Vogel"]),
        ("L'entretien sera mené par Mme Marie Dupont et M. Jean Martin.", ["Marie Dupont", "Jean Martin"]),
        ("A entrevista será conduzida pela Ana Silva e pelo João Santos.", ["Ana Silva", "João Santos"]),
        ("Je spreekt met Jan Jansen.", ["Jan Jansen"]),
        ("Je ontmoet Jan Jansen en Anneke Bakker.", ["Jan Jansen", "Anneke Bakker"]),
        ("Je gesprek is met Jan Jansen.", ["Jan Jansen"]),
        (
            "Das Gespräch führen Frau Petra Schneider (Leiterin Entwicklung) und Herr Jens Vogel.",
            ["Petra Schneider", "Jens Vogel"],
        ),
        (
            "Ihre Gesprächspartner: Petra Schneider, Leiterin Entwicklung, und Jens Vogel",
            ["Petra Schneider", "Jens Vogel"],
        ),
        ("Our team will interview you.", []),
        ("The Acme Widgets Team will interview you.", []),
        ("The Acme Widgets will interview you.", []),
        ("Your meeting is in the room: Grace Hopper", []),
        ("Meeting room: Grace Hopper", []),
        ("Who: Engineering Team", []),
        ("Guests: HR Team", []),
        ("Interview on Friday 20 November at Acme Widgets", []),
        ("Interview on Friday with the Acme Widgets team.", []),
        ("Das Gespräch führen Kolleginnen aus Bad Homburg.", []),
        ("A entrevista será conduzida pela equipa Acme Widgets.", []),
        ("- Sun Jan 3 10:00", []),
    ],
)
def test_an_ordinary_sentence_names_who_interviews_and_no_team_or_place(text, expected):
    assert [mention.name for mention in mentions(text, ME)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Instead of Sam Ortiz (Staff Engineer), you will meet Dana Lee.", ["Dana Lee"]),
        ("Anstelle von Herrn Sam Ortiz treffen Sie Dana Lee.", ["Dana Lee"]),
        ("Dana Lee (CTO) is replacing Sam Ortiz (Staff Engineer).", ["Dana Lee"]),
        ("Das Gespräch findet um zehn statt\nDana Lee (CTO)", ["Dana Lee"]),
        ("Statt Jens Vogel werden Dana Lee und Sam Ortiz dabei sein.", ["Dana Lee", "Sam Ortiz"]),
        ("Al posto di Marco Bianchi ci sarà Dana Lee.", ["Dana Lee"]),
        ("En lugar de Juan Pérez estará Dana Lee.", ["Dana Lee"]),
        ("Dana Lee remplacera Jean Martin.", ["Dana Lee"]),
        ("Dana Lee will replace Sam Ortiz.", ["Dana Lee"]),
        ("Instead of Sam Ortiz, Dana Lee will join you.", ["Dana Lee"]),
        ("Instead of Sam Ortiz, please write to Rita Blum.", []),
        ("Kommen Sie nach Bad Homburg statt Jens Vogel anzurufen.", []),
    ],
)
def test_who_is_replaced_is_not_met(text, expected):
    assert [mention.name for mention in mentions(text, ME)] == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Meet Dana Lee, she is our Chief Product Officer.", "Chief Product Officer"),
        ("Dana Lee, who is the VP Engineering, will call.", "VP Engineering"),
        ("Sie treffen Dana Lee, sie ist unsere Leiterin Entwicklung.", "Leiterin Entwicklung"),
        ("Sie treffen Frau Dana Lee, Bereichsleiterin Produktion.", "Bereichsleiterin Produktion"),
        ("Vous rencontrerez Dana Lee, elle est notre directrice technique.", "directrice technique"),
        ("You will meet our Staff Engineer Dana Lee.", "Staff Engineer"),
        ("You will meet Dana Lee, Design Lead.", "Design Lead"),
    ],
)
def test_a_title_is_told_without_the_words_of_its_sentence(text, title):
    assert [(mention.name, mention.title) for mention in mentions(text, ME)] == [("Dana Lee", title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Incontrerai Giulia Rossi, Responsabile HR.", [("Giulia Rossi", "Responsabile HR", "hr")]),
        ("Conoscerà Giulia Rossi, Responsabile Tecnico.", [("Giulia Rossi", "Responsabile Tecnico", None)]),
        (
            "You will meet Dana Lee, Product Owner, and Sam Ortiz, Scrum Master.",
            [("Dana Lee", "Product Owner", None), ("Sam Ortiz", "Scrum Master", None)],
        ),
        (
            "Parlerai con Giulia Rossi, Amministratore Delegato.",
            [("Giulia Rossi", "Amministratore Delegato", "executive")],
        ),
        (
            "Sie sprechen mit Petra Schneider, Assistenz der Geschäftsführung.",
            [("Petra Schneider", "Assistenz der Geschäftsführung", None)],
        ),
        (
            "Sie sprechen mit Petra Schneider, Vorstand Finanzen.",
            [("Petra Schneider", "Vorstand Finanzen", "executive")],
        ),
        (
            "Hablarás con María García, Consejera Delegada.",
            [("María García", "Consejera Delegada", "executive")],
        ),
        (
            "Vai falar com Ana Silva, Administradora Executiva.",
            [("Ana Silva", "Administradora Executiva", "executive")],
        ),
        ("Sie treffen Petra Schneider, Recruiterin.", [("Petra Schneider", "Recruiterin", "recruiter")]),
        ("Sie treffen Petra Schneider, Prokuristin.", [("Petra Schneider", "Prokuristin", None)]),
        (
            "Sie sprechen mit Petra Schneider, Leiterin Personal Süd, und Jens Vogel.",
            [("Petra Schneider", "Leiterin Personal Süd", None), ("Jens Vogel", None, None)],
        ),
        (
            "You will meet Dana Lee, Platform Team, and Sam Ortiz.",
            [("Dana Lee", None, None), ("Sam Ortiz", None, None)],
        ),
        (
            "You will meet Scrum Master Dana Lee and Product Owner Sam Ortiz.",
            [("Dana Lee", None, None), ("Sam Ortiz", None, None)],
        ),
    ],
)
def test_what_stands_beside_a_name_is_its_title_and_the_verb_before_it_is_none_of_it(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your interview with Blue River Capital will be with Dana Lee.", ["Dana Lee"]),
        (
            "Your interview with Blue River is with our CTO Rui Costa and Sam Ortiz.",
            ["Rui Costa", "Sam Ortiz"],
        ),
        ("Your interview with Dana Lee is confirmed.", ["Dana Lee"]),
        ("Your interview with Dana Lee will be with video.", ["Dana Lee"]),
        ("You will meet the Acme Widgets recruiting team and Dana Lee.", ["Dana Lee"]),
        ("You will meet Dana Lee and the Acme Widgets Team.", ["Dana Lee"]),
        ("You will meet Dana Lee from the platform team.", ["Dana Lee"]),
        ("You will meet Dana Lee, who leads our team.", ["Dana Lee"]),
        ("You will meet Dana Lee Team Lead.", ["Dana Lee"]),
    ],
)
def test_the_organisation_one_is_interviewed_with_hides_nobody_behind_it(text, expected):
    assert [mention.name for mention in mentions(text, ME)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "11:00 AM - 11:45 AM EST: Coding - Wei Zhang, Staff Engineer\n11:45 AM - 12:30 PM EST: API (Sam Ortiz)",
            [("Wei Zhang", "Staff Engineer", None), ("Sam Ortiz", None, None)],
        ),
        ("10:00–10:45 Uhr: Fachgespräch mit Frau Petra Klein", [("Petra Klein", None, None)]),
        ("- 10:00–10:45 Deep Dive - Dana Lee", [("Dana Lee", None, None)]),
        ("10am - 11am PT | Dana Lee | VP Engineering", [("Dana Lee", "VP Engineering", "executive")]),
        ("10:00 JT Smith", [("JT Smith", None, None)]),
        ("10:00 Dana Lee and Sam Ortiz", [("Dana Lee", None, None), ("Sam Ortiz", None, None)]),
    ],
)
def test_an_hour_of_an_agenda_tells_its_zone_and_its_topic_before_the_names(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "- 10:00–10:45 Case Study\n- 10:45–11:30 System Design\n- 11:30–12:00 Bar Raiser",
        "- 10:00–10:45 Room Ada Lovelace",
        "- 10:00–10:45 Coding (Room Ada Lovelace)",
        "- 10:00–10:45 Tour - Grace Hopper Building",
        "- 10:00–10:45 Acme Widgets Team",
        "- Location: Grace Hopper, 5th floor\n- Zoom: Dana Lee",
        "10:00 AM - 10:45 AM Pacific Time: Hiring Manager - Lunch",
    ],
)
def test_an_agenda_s_topics_rooms_and_teams_are_nobody(text):
    assert people(text) == []


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
        "You will meet with the Acme Widgets team.",
        "You will meet with Acme Widgets' hiring team.",
        "You will meet with the Blue River Talent Acquisition Team.",
        "You will speak with the Acme Widgets.",
        "Interview with Blue River Software on Monday.",
        "We meet in Room Ada Lovelace.",
        "Vous rencontrerez Ressources Humaines, responsable du recrutement",
        "You will meet Dana Lee's team.",
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
