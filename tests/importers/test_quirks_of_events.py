"""One quirk a test: times, people, words of a single event."""

from datetime import UTC, datetime

import pytest

from rapport.importers.findings import Kind, Problem, Reader

NOON_BERLIN = datetime(2026, 11, 20, 11, tzinfo=UTC)


def names(meeting):
    return [person.name for person in meeting.participants]


def test_a_time_without_a_zone_is_in_the_members_zone(reading):
    meeting = reading.only(reading.event("DTSTART:20261120T120000", "DTEND:20261120T130000"))
    assert (meeting.starts, meeting.time_zone) == (NOON_BERLIN, None)


def test_a_duration_stands_in_for_an_end(reading):
    findings = reading.found(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Interview at Initech\nDTSTART:20261120T100000Z\nDURATION:PT1H30M\n"
        "ATTENDEE:mailto:dana.lee@initech.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    meeting = reading.only(findings)
    assert (meeting.ends - meeting.starts).total_seconds() == 5400
    assert meeting.remarks == ()


def test_a_missing_end_is_assumed_and_said(reading):
    findings = reading.found(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Interview at Initech\nDTSTART:20261120T100000Z\n"
        "ATTENDEE:mailto:dana.lee@initech.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert reading.only(findings).remarks == (
        "The invitation does not say when it ends; one hour is assumed.",
    )


def test_an_end_before_the_start_is_put_right_and_said(reading):
    meeting = reading.only(reading.event("DTEND:20261120T090000Z"))
    assert meeting.ends > meeting.starts
    assert meeting.remarks == ("The invitation ends before it begins; one hour is assumed.",)


@pytest.mark.parametrize(
    "stamp",
    [
        "DTSTART:tomorrow",
        "DTSTART:20261399T100000Z",
        "DTSTART:00010101T000000Z",
    ],
)
def test_an_unreadable_start_is_a_problem_with_its_line(reading, stamp):
    (problem,) = reading.event(stamp)
    assert isinstance(problem, Problem)
    assert problem.place.line is not None
    assert "Interview at Initech" in problem.says


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("America/New_York", 15),
        ("/freeassociation.sourceforge.net/America/New_York", 15),
        ("Eastern Standard Time", 15),
        ('"Pacific Standard Time"', 18),
    ],
)
def test_zones_have_many_names(reading, zone, hour):
    meeting = reading.only(
        reading.event(f"DTSTART;TZID={zone}:20261120T100000", f"DTEND;TZID={zone}:20261120T110000")
    )
    assert meeting.starts.hour == hour


def test_a_zone_defined_after_its_event_is_still_used(reading):
    event = (
        "BEGIN:VEVENT\nUID:z\nSUMMARY:Interview at "
        "Initech\nDTSTART;TZID=Ours:20261120T100000\nATTENDEE:mailto:dana.lee@initech.example\nEND:VEVENT\n"
    )
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\n"
        "TZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    meeting = reading.only(reading.found(f"BEGIN:VCALENDAR\n{event}{zone}END:VCALENDAR\n"))
    assert (meeting.starts.hour, meeting.starts.minute) == (4, 30)


def test_a_fold_may_part_the_octets_of_a_letter(reading):
    octets = "SUMMARY:Vorstellungsgespräch Initech".encode()
    cut = octets.index("ä".encode()) + 1
    folded = octets[:cut] + b"\r\n " + octets[cut:]
    source = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261120T100000Z\r\n" + folded
    source += b"\r\nATTENDEE:mailto:dana.lee@initech.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert reading.only(reading.found(source)).title == "Vorstellungsgespräch Initech"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_any_usual_encoding_is_read(reading, encoding):
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261120T100000Z\nSUMMARY:Vorstellungsgespräch\nATTENDEE;CN=Jörg "
        "Müller:mailto:jm@initech.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    meeting = reading.only(reading.found(text.encode(encoding)))
    assert (meeting.title, names(meeting)) == ("Vorstellungsgespräch", ["Jörg Müller"])


def test_mojibake_and_nul_bytes_are_put_right(reading):
    meeting = reading.only(reading.event("SUMMARY:VorstellungsgesprÃ¤ch\0 Initech"))
    assert meeting.title == "Vorstellungsgespräch Initech"


def test_scripts_in_a_description_never_get_through(reading):
    meeting = reading.only(
        reading.event(
            "DESCRIPTION:<b>Hello</b><script>steal()</script><img src=x onerror=steal()> &lt\\;script&gt\\;x"
        )
    )
    assert "steal" not in meeting.description
    assert "<" not in meeting.description
    assert meeting.description.startswith("Hello")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ATTENDEE;CUTYPE=ROOM:mailto:tejo@initech.example", "room"),
        ("ATTENDEE;CUTYPE=GROUP;CN=Platform:mailto:platform-x@initech.example", "mailing list"),
        ("ATTENDEE;ROLE=NON-PARTICIPANT:mailto:pat.fox@initech.example", "no part"),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:pat.fox@initech.example", "declined"),
        ("ATTENDEE:mailto:no-reply@initech.example", "shared mailbox"),
        ("ATTENDEE:mailto:notify@calendly.com", "scheduling tool"),
        ('ATTENDEE;CN="Conference Room 4 (12)":mailto:conf4@initech.example', "room"),
    ],
)
def test_who_is_nobody_to_thank_is_left_out_with_the_reason(reading, line, why):
    meeting = reading.only(reading.event("ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example", line))
    assert names(meeting) == ["Dana Lee"]
    (gone,) = meeting.left_out
    assert why in gone.why


FENWAY = "Boston - 4th Floor - Fenway (12)"


@pytest.mark.parametrize(
    ("shown", "address", "why"),
    [
        (FENWAY, "bos-fenway", "room"),
        ("Paris Louvre (8p)", "paris.louvre", "room"),
        ("Paris Louvre (8)", "par-louvre", "room"),
        ("Lake Tahoe", "conf.lt", "room"),  # the place of the meeting
        ("Berlin 3. OG Spree", "spree", "room"),
        ("Rodin, 1er étage", "rodin", "room"),
        ("Sala Lisboa", "sala.lisboa", "room"),
        ("Talent Acquisition", "ta", "shared mailbox"),
        ("Initech - Talent Acquisition", "join", "shared mailbox"),
        ("Initech Recruiting Team", "join", "shared mailbox"),
        ("DL-Eng-Managers", "dl-eng-managers", "list"),
        ("", "dl-eng-managers", "list"),
        ("Backend Guild", "backend", "list"),
        ("Selección de Personal", "seleccion", "shared mailbox"),
        ("Ressources Humaines", "contact-rh", "shared mailbox"),
        ("Risorse Umane", "ru", "shared mailbox"),
        ("Recursos Humanos", "selecao", "shared mailbox"),
        ("Abteilung Personal", "abt.personal", "shared mailbox"),
        ("Werving en Selectie", "ws", "shared mailbox"),
        ("BrightHire Notetaker", "bh", "program"),
    ],
)
def test_whoever_has_neither_a_persons_name_nor_address_is_left_out(reading, shown, address, why):
    place = shown if shown == "Lake Tahoe" else "4 Main Street"
    dana = "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example"
    other = f'ATTENDEE;CN="{shown}":mailto:{address}@initech.example'
    meeting = reading.only(reading.event(dana, other, f"LOCATION:{place}"))
    assert names(meeting) == ["Dana Lee"]
    (gone,) = meeting.left_out
    assert why in gone.why


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("Otter.ai", "pilot@otter.ai"),
        ("", "pilot@otter.ai"),
        ("Fred from Fireflies.ai", "fred@fireflies.ai"),
    ],
)
def test_a_program_that_takes_notes_is_nobody_and_whoever_makes_it_is(reading, shown, address):
    maker = f"ATTENDEE;CN=Otter Jones:mailto:otter.jones@{address.partition('@')[2]}"
    meeting = reading.only(reading.event(maker, f"ATTENDEE;CN={shown}:mailto:{address}"))
    assert names(meeting) == ["Otter Jones"]


@pytest.mark.parametrize(
    ("shown", "address", "place"),
    [
        ("Paris Hilton", "paris.hilton", "Paris"),
        ("Boston Smith", "bsmith", "Boston, 4th floor"),
        ("Sala Hassan", "shassan", "Sala Lisboa"),
        ("Sales Lee", "sales.lee", ""),
        ("Dana Lee", "sales.lee", ""),
        ("Grant Sales", "grant.sales", ""),
        ("Success", "success.okafor", ""),
        ("Dev", "dev.patel", ""),
        ("Jan May", "jan.may", ""),
        ("Anthony Head", "anthony.head", ""),
        ("Frank List", "frank.list", ""),
        ("Dana Lee", "dana.lee", "Phone - Dana Lee"),
        ("Dana Lee (3rd floor)", "dana.lee", ""),
        ("Dana Lee (2)", "dana.lee2", ""),
        ("Dana Lee HR", "dana.lee", ""),
    ],
)
def test_a_person_named_like_a_place_or_a_department_stays_a_person(reading, shown, address, place):
    other = f'ATTENDEE;CN="{shown}":mailto:{address}@initech.example'
    me = "ATTENDEE:mailto:alex.morgan@mail.example"
    (person,) = reading.only(reading.event(me, other, f"LOCATION:{place}")).participants
    assert person.confirmed


@pytest.mark.parametrize(
    ("shown", "address", "name", "title"),
    [
        ("Sala Hassan", "sala.hassan", "Sala Hassan", None),
        ("Tom Guild", "tom.guild", "Tom Guild", None),
        ("Dana HR", "dana", "Dana HR", None),
        ("Recruiting Coordinator", "rc", "Recruiting Coordinator", None),
        ("Recruiting Coordinator", "dana.lee", "Dana Lee", "Recruiting Coordinator"),
    ],
)
def test_whoever_may_be_a_person_is_kept_and_to_be_confirmed(reading, shown, address, name, title):
    other = f"ATTENDEE;CN={shown}:mailto:{address}@initech.example"
    (person,) = reading.only(reading.event("ATTENDEE:mailto:alex.morgan@mail.example", other)).participants
    assert (person.name, person.title, person.confirmed) == (name, title, False)


@pytest.mark.parametrize(
    ("line", "name", "title"),
    [
        ("ATTENDEE;CN=d.lee@initech.example:mailto:d.lee@initech.example", "D Lee", None),
        ('ATTENDEE;CN="Lee, Dana":mailto:dl@initech.example', "Dana Lee", None),
        ('ATTENDEE;CN="Dana Lee (VP Engineering)":mailto:dl@initech.example', "Dana Lee", "VP Engineering"),
        ('ATTENDEE;CN="Dr. Lee, Dana (Initech)":mailto:dl@initech.example', "Dr. Dana Lee", None),
        ('ATTENDEE;CN="Lee, Dr. Dana":mailto:dl@initech.example', "Dr. Dana Lee", None),
        ("ATTENDEE;CN=Dana Lee | Initech:mailto:dl@initech.example", "Dana Lee", None),
        ("ATTENDEE;CN=Dana Lee:", "Dana Lee", None),
        ("ATTENDEE:dana.lee@initech.example", "Dana Lee", None),
    ],
)
def test_names_are_read_however_they_are_written(reading, line, name, title):
    (person,) = reading.only(reading.event("ATTENDEE:mailto:alex.morgan@mail.example", line)).participants
    assert (person.name, person.title) == (name, title)


def test_whoever_sent_the_invitation_and_attends_is_known_as_its_sender(reading):
    dana = "ORGANIZER;CN=Dana Lee:mailto:dana.lee@initech.example"
    (person,) = reading.only(reading.event(dana)).participants
    assert (person.name, person.source) == ("Dana Lee", "organizer")


def test_without_being_told_the_one_private_address_is_me(reading):
    meeting = reading.only(reading.event(reader=Reader(time_zone="Europe/Berlin")))
    assert meeting.me == "alex.morgan@mail.example"
    assert names(meeting) == ["Dana Lee"]


def test_where_it_cannot_be_told_who_i_am_the_meeting_says_so(reading):
    people = [
        "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example",
        "ATTENDEE;CN=Kim Berg:mailto:kim.berg@work.example",
    ]
    meeting = reading.only(reading.event(*people, reader=Reader()))
    assert names(meeting) == ["Dana Lee", "Kim Berg"]
    assert any("--me ADDRESS" in remark for remark in meeting.remarks)


def test_the_calendars_name_tells_who_i_am(reading):
    people = [
        "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example",
        "ATTENDEE;CN=Kim Berg:mailto:kim.berg@work.example",
    ]
    meeting = reading.only(
        reading.event(*people, head="X-WR-CALNAME:kim.berg@work.example\n", reader=Reader())
    )
    assert names(meeting) == ["Dana Lee"]


@pytest.mark.parametrize(
    ("mine", "declined"),
    [
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:alex.morgan@mail.example", True),
        ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:alex.morgan@mail.example", False),
        ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:alex.morgan@mail.example", False),
    ],
)
def test_the_readers_own_no_closes_the_meeting_for_them(reading, mine, declined):
    dana = "ATTENDEE;CN=Dana Lee;PARTSTAT=ACCEPTED:mailto:dana.lee@initech.example"
    meeting = reading.only(reading.event(mine, dana))
    assert (meeting.declined, meeting.cancelled) == (declined, declined)


def test_whoever_accepted_under_another_address_of_theirs_did_not_decline(reading):
    both = Reader(frozenset({"alex.morgan@mail.example", "am@work.example"}), frozenset(), "Europe/Berlin")
    mine = [
        "ATTENDEE;PARTSTAT=DECLINED:mailto:alex.morgan@mail.example",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:am@work.example",
        "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example",
    ]
    assert not reading.only(reading.event(*mine, reader=both)).declined


def test_the_readers_own_answer_is_no_invitation_either(reading):
    mine = "ATTENDEE;PARTSTAT=DECLINED:mailto:alex.morgan@mail.example"
    assert "answer" in reading.reason(reading.event(mine, head="METHOD:REPLY\n"))


def test_somebodys_answer_is_no_invitation(reading):
    assert (
        reading.reason(reading.event(head="METHOD:REPLY\n"))
        == "It is somebody's answer to an invitation, not an invitation."
    )


@pytest.mark.parametrize(
    ("title", "location", "description", "kind"),
    [
        ("Interview at Initech", "https://initech.zoom.us/j/1", "", Kind.VIDEO),
        ("Interview at Initech", "Rua Augusta 100\\, Lisbon", "", Kind.ON_SITE),
        (
            "Interview at Initech",
            "Rua Augusta 100\\, Lisbon",
            "Join: https://teams.microsoft.com/l/x",
            Kind.UNKNOWN,
        ),
        ("Phone interview with Initech", "", "", Kind.PHONE),
        ("Interview at Initech", "+351 21 234 5678", "", Kind.PHONE),
        ("Onsite interview at Initech", "", "", Kind.ON_SITE),
        ("Interview at Initech", "", "", Kind.UNKNOWN),
        ("Interview at Initech", "", "https://evil.example/zoom.us/j/1", Kind.UNKNOWN),
    ],
)
def test_the_kind_is_read_and_unknown_rather_than_wrong(reading, title, location, description, kind):
    meeting = reading.only(
        reading.event(f"SUMMARY:{title}", f"LOCATION:{location}", f"DESCRIPTION:{description}")
    )
    assert meeting.kind is kind


MEET = "https://meet.google.com/abc-defg-hij"


@pytest.mark.parametrize(
    ("title", "location", "description", "kind"),
    [
        ("Onsite interview - Initech", "https://initech.zoom.us/j/1", "", Kind.VIDEO),
        ("Onsite interview - Initech", "", "Join Zoom: https://initech.zoom.us/j/1", Kind.VIDEO),
        ("Interview: Product Engineer - Onsite", "Google Meet", "", Kind.VIDEO),
        ("Onsite interview - Initech", "Rua Augusta 100", f"Or remotely: {MEET}", Kind.ON_SITE),
        ("Onsite interview - Initech", "", f"Come to reception. {MEET}", Kind.UNKNOWN),
        ("Phone interview - Initech", "", f"Join with Google Meet: {MEET}", Kind.PHONE),
        ("Phone interview - Initech", MEET, "", Kind.UNKNOWN),
        ("Interview at Initech", "+351 21 234 5678", f"Join with Google Meet: {MEET}", Kind.PHONE),
        ("Interview at Initech", "", f"This is a 30 min phone call. Backup link: {MEET}", Kind.PHONE),
        ("Interview at Initech", "", f"Telefonisch. Falls Sie keinen Empfang haben: {MEET}", Kind.PHONE),
        ("Interview at Initech", "", f"{MEET} If you have trouble\\, we will call you.", Kind.VIDEO),
        ("Interview at Initech", "", f"Join by phone: +1 555 010 0100. {MEET}", Kind.VIDEO),
    ],
)
def test_what_was_written_counts_over_a_link_and_a_link_over_the_name_of_a_stage(
    reading, title, location, description, kind
):
    meeting = reading.only(
        reading.event(f"SUMMARY:{title}", f"LOCATION:{location}", f"DESCRIPTION:{description}")
    )
    assert meeting.kind is kind


def test_a_link_that_the_calendar_alone_holds_gives_way_to_what_the_text_says(reading):
    link = f"X-GOOGLE-CONFERENCE:{MEET}"
    assert reading.only(reading.event(link)).kind is Kind.VIDEO
    said = "DESCRIPTION:Dana will give you a call by phone."
    assert reading.only(reading.event(link, said)).kind is Kind.PHONE


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Interview: Mobile Phone Engineer - Initech", Kind.UNKNOWN),
        ("Interview - On-site Support Technician - Initech", Kind.UNKNOWN),
        ("Interview: Virtual Reality Developer - Initech", Kind.UNKNOWN),
        ("Phone interview: Mobile Phone Engineer - Initech", Kind.PHONE),
        ("Video interview: On-site Support Technician - Initech", Kind.VIDEO),
        ("Onsite interview: Data Analyst - Initech", Kind.ON_SITE),
    ],
)
def test_a_word_of_the_job_says_nothing_about_the_meeting(reading, title, kind):
    assert reading.only(reading.event(f"SUMMARY:{title}")).kind is kind


@pytest.mark.parametrize(
    "title",
    [
        "Phone screen",
        "Entrevista con Initech",
        "Colloquio conoscitivo",
        "Hiring manager chat",
        "Onsite loop",
        "面接",
        "Rozmowa kwalifikacyjna",
        "Intro call - Platform Engineer",
    ],
)
def test_an_interview_is_recognised_in_many_words(reading, title):
    assert reading.only(reading.event(f"SUMMARY:{title}")).title == title


@pytest.mark.parametrize(
    "title",
    [
        "Interview training",
        "User interviews",
        "Exit interview",
        "Black Friday: an interview with our founder",
        "Mock interview",
        "Hiring committee",
        "Interview debrief: R. Fox",
        "Coffee",
        "Sprint planning",
        "Arztbesuch Dr. Arzt",
    ],
)
def test_false_friends_get_a_reason(reading, title):
    assert reading.reason(reading.event(f"SUMMARY:{title}"))


def test_a_meeting_about_a_position_is_an_interview_without_the_word(reading):
    meeting = reading.only(
        reading.event(
            "SUMMARY:Alex / Dana", "DESCRIPTION:Let us meet and talk about the Platform Engineer position."
        )
    )
    assert meeting.job_title == "Platform Engineer"


@pytest.mark.parametrize(
    "title", ["Interview with Bruce @ Wayne", "Interview with Bruce at Wayne", "Interview with Wayne"]
)
def test_whom_one_speaks_with_is_not_where_they_work(reading, title):
    meeting = reading.only(reading.event(f"SUMMARY:{title}", "ATTENDEE:mailto:alex.morgan@mail.example"))
    assert meeting.organisation == "Wayne"


@pytest.mark.parametrize("name", ["Jane Street", "State Street"])
def test_a_street_in_a_name_is_kept_where_no_domain_tells_it(reading, name):
    meeting = reading.only(
        reading.event(f"SUMMARY:Interview with {name}", "ATTENDEE:mailto:alex.morgan@mail.example")
    )
    assert meeting.organisation == name


def test_the_organisation_is_never_a_tool_or_a_mail_provider(reading):
    people = ["ATTENDEE:mailto:alex.morgan@mail.example", "ATTENDEE;CN=Dana Lee:mailto:danalee@gmail.com"]
    assert reading.only(reading.event("SUMMARY:Interview", *people)).organisation is None


@pytest.mark.parametrize(
    ("title", "address", "organisation"),
    [
        ("Onsite Wayne Enterprises", "dana@wayne.example", "Wayne Enterprises"),
        ("On-site: Wayne Enterprises", "dana@agency.example", "Wayne Enterprises"),
        ("Onsite Wayne", "dana@wayne.example", "Wayne"),
        ("Phone screen - Stark Industries", "dana@wayne.example", "Stark Industries"),
        ("Phone screen - Stark Industries", "dana@stark.example", "Stark Industries"),
        ("Technical interview - Embedded Systems", "dana@wayne.example", "Wayne"),
        ("Onsite Berlin", "dana@wayne.example", None),
    ],
)
def test_an_organisation_that_the_title_names_counts_over_a_mail_domain(
    reading, title, address, organisation
):
    found = reading.event(f"SUMMARY:{title}", f"ATTENDEE;CN=Dana Lee:mailto:{address}", "ORGANIZER:")
    assert [one.organisation for one in found if hasattr(one, "organisation")] == (
        [organisation] if organisation else []
    )


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Interview: Alex Morgan / Acme Widgets", ""),
        ("Interview Acme Widgets / Alex Morgan", ""),
        ("Interview - Alex Morgan and Acme Widgets", ""),
        ("Interview", "You will meet with Acme Widgets."),
        ("Interview", "Interviewers: Acme Widgets Europe"),
        ("Interview", "Sie treffen Acme Widgets."),
    ],
)
@pytest.mark.parametrize("host", ["acmewidgets.example", "acme-widgets.co.uk", "acmewidgetsgroup.example"])
def test_a_name_that_fits_the_domain_of_an_address_is_nobody_to_thank(reading, title, said, host):
    found = reading.event(
        f"SUMMARY:{title}",
        f"DESCRIPTION:{said}",
        "ATTENDEE:mailto:alex.morgan@mail.example",
        f"ORGANIZER;CN=Rita Blum:mailto:rita.blum@{host}",
    )
    assert names(reading.only(found)) == ["Rita Blum"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("ATTENDEE;CN=Info Acme:mailto:info@acme.example", "Info Acme"),
        ("ATTENDEE;CN=Acme Widgets:mailto:jobs@acmewidgets.example", "Acme Widgets"),
        ("ATTENDEE;CN=Acme Widgets:mailto:bewerbung@acme-widgets.example", "Acme Widgets"),
        ("ORGANIZER;CN=Globex Info:mailto:info@globex.example", "Globex Info"),
    ],
)
@pytest.mark.parametrize(
    ("title", "said"),
    [("Interview", ""), ("Interview with {} - Data Analyst", ""), ("Interview", "You will meet {}.")],
)
def test_a_mailbox_left_out_is_nobody_under_its_own_name_wherever_it_stands(reading, line, name, title, said):
    found = reading.event(
        f"SUMMARY:{title.format(name)}",
        f"DESCRIPTION:{said.format(name)}",
        "ATTENDEE:mailto:alex.morgan@mail.example",
        "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example",
        line,
    )
    assert names(reading.only(found)) == ["Dana Lee"]


@pytest.mark.parametrize(
    "line",
    [
        "ORGANIZER;CN=Rita Blum:mailto:jobs@acmewidgets.example",
        "ORGANIZER;CN=Rita Blum:mailto:info@blum.example",
        "ATTENDEE;CN=Rita Blum:mailto:recruiting@acme.example",
    ],
)
def test_a_person_who_writes_from_a_shared_mailbox_stays_one(reading, line):
    found = reading.event("DESCRIPTION:", "ATTENDEE:mailto:alex.morgan@mail.example", line)
    (rita,) = reading.only(found).participants
    assert (rita.name, rita.email, rita.confirmed) == ("Rita Blum", None, False)


@pytest.mark.parametrize(
    ("said", "host", "organisation"),
    [
        ("We look forward to your interview with Goldman Sachs.", "gs.com", "Goldman Sachs"),
        ("Your interview with British Airways is confirmed.", "ba.com", "British Airways"),
        ("Your interview with Lockheed Martin is confirmed.", "lmco.com", "Lockheed Martin"),
        ("Your interview with Eli Lilly is confirmed.", "lilly.com", "Eli Lilly"),
        ("Your interview with Warner Bros is confirmed.", "warnerbros.com", "Warner Bros"),
        ("Ihr Vorstellungsgespräch mit Deutsche Telekom", "telekom.de", "Deutsche Telekom"),
        ("Votre entretien avec Société Générale", "socgen.com", "Société Générale"),
        ("Tu entrevista con Banco Santander", "santander.es", "Banco Santander"),
        ("Your interview with Bank of America", "bofa.com", "Bank of America"),
        ("Your interview with the University of Oxford", "ox.ac.uk", "University of Oxford"),
        ("Your interview with The New York Times", "nytimes.com", "The New York Times"),
        ("Your interview with Jane Street.", "janestreet.com", "Jane Street"),
        ("Your interview with State Street.", "statestreet.com", "State Street"),
    ],
)
@pytest.mark.parametrize("is_title", [True, False])
def test_an_organisation_whose_name_a_domain_shortens_is_nobody_and_spelled_out(
    reading, said, host, organisation, is_title
):
    found = reading.event(
        f"SUMMARY:{said.rstrip('.')}" if is_title else "SUMMARY:Interview",
        "DESCRIPTION:" if is_title else f"DESCRIPTION:{said}",
        "ATTENDEE:mailto:alex.morgan@mail.example",
        f"ORGANIZER;CN=Rita Blum:mailto:rita.blum@{host}",
    )
    meeting = reading.only(found)
    assert (names(meeting), meeting.organisation) == (["Rita Blum"], organisation)
    assert meeting.participants[0].organisation == organisation


@pytest.mark.parametrize(
    ("said", "host", "organisation"),
    [
        ("You will meet Gina Sanders.", "gs.com", "Gs"),
        ("Your interview with Gina Sanders is confirmed.", "initech.com", "Initech"),
        ("Your interview with Sara Perez is confirmed.", "sap.com", "Sap"),
        (r"Your interview with Gina Sanders is confirmed.\nGina Sanders\, VP Engineering", "gs.com", "Gs"),
        ("You will meet Gina Sanders (VP Engineering).", "sanders.com", "Sanders"),
    ],
)
def test_somebody_whose_name_a_domain_only_resembles_is_met(reading, said, host, organisation):
    found = reading.event(
        f"DESCRIPTION:{said}",
        "SUMMARY:Interview",
        "ATTENDEE:mailto:alex.morgan@mail.example",
        f"ORGANIZER;CN=Rita Blum:mailto:rita.blum@{host}",
    )
    meeting = reading.only(found)
    assert len(meeting.participants) == 2
    assert meeting.organisation == organisation


@pytest.mark.parametrize(
    "said",
    [
        "Thank you for your interest in the role at Blue River.",
        "The Blue River team is looking forward to it.",
        "Blue River Inc.",
        "Ihr Gespräch bei Blue River",
        "L'équipe de Blue River",
    ],
)
def test_a_name_that_the_text_calls_an_organisation_s_is_nobody_to_thank(reading, said):
    found = reading.event(
        "SUMMARY:Interview - Alex Morgan / Blue River",
        rf"DESCRIPTION:You will meet with Blue River and Dana Lee.\n{said}",
        "ATTENDEE:mailto:alex.morgan@mail.example",
    )
    assert names(reading.only(found)) == ["Dana Lee"]


@pytest.mark.parametrize(
    "said",
    [
        "You will meet Dana Lee at Acme Widgets.",
        "You will meet Dana Lee at Dana Lee's office.",
        "You will meet Dana Lee (Team Lead).",
        "You will meet Dana Lee Team Lead.",
        "You will meet Dana Lee and the team.",
    ],
)
@pytest.mark.parametrize("host", ["dana.example", "lee.example", "initech.example"])
def test_a_person_stays_one_beside_an_organisation(reading, said, host):
    found = reading.event(
        f"DESCRIPTION:{said}",
        "ATTENDEE:mailto:alex.morgan@mail.example",
        f"ORGANIZER;CN=Rita Blum:mailto:rita.blum@{host}",
    )
    assert names(reading.only(found)) == ["Rita Blum", "Dana Lee"]


def test_who_has_a_domain_of_their_own_name_is_met(reading):
    found = reading.event(
        r"DESCRIPTION:You will meet Dana Lee (Founder)\, and Sam Ortiz.",
        "ATTENDEE:mailto:alex.morgan@mail.example",
        "ATTENDEE;CN=Dana Lee:mailto:mail@danalee.example",
    )
    assert [(one.name, one.title) for one in reading.only(found).participants] == [
        ("Dana Lee", "Founder"),
        ("Sam Ortiz", None),
    ]


@pytest.mark.parametrize(
    ("signature", "title", "role"),
    [
        (r"Best regards\nRita Blum\nSenior Recruiter\nAcme Widgets Inc.", "Senior Recruiter", "recruiter"),
        (r"Best\,\nRita\nTalent Partner @ Acme", "Talent Partner", "recruiter"),
        (r"Thanks\,\nRita Blum | Senior Recruiter", "Senior Recruiter", "recruiter"),
        (r"Mit freundlichen Grüßen\ni. A. Rita Blum\nHR Business Partner", "HR Business Partner", "hr"),
        (r"Best regards\nOlaf Kern\nHead of Sales", None, None),
        (r"Best regards\nRita Blum\n\n____________________\nMicrosoft Teams\nMeeting Manager", None, None),
        (r"Best regards\nRita Blum\nAcme\nBerlin\nGermany\nWe seek a Staff Engineer", None, None),
    ],
)
def test_who_signs_the_description_has_the_title_of_the_signature(reading, signature, title, role):
    found = reading.event(
        rf"DESCRIPTION:You will meet Dana Lee.\n\n{signature}",
        "ATTENDEE:mailto:alex.morgan@mail.example",
        "ORGANIZER;CN=Rita Blum:mailto:rita.blum@acmewidgets.example",
    )
    people = reading.only(found).participants
    assert [(one.name, one.title, one.role) for one in people] == [
        ("Rita Blum", title, role),
        ("Dana Lee", None, None),
    ]


@pytest.mark.parametrize("listed", ["Karri L", "Karri L.", "Karri"])
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Karri Lehtonen (Head of Product)", [("Karri Lehtonen", "Head of Product")]),
        (
            "Karri Lehtonen (Head of Product), Karri Laine (CTO)",
            [(None, None), ("Karri Lehtonen", "Head of Product"), ("Karri Laine", "CTO")],
        ),
        ("Kari Lehtonen (Head of Product)", [(None, None), ("Kari Lehtonen", "Head of Product")]),
    ],
)
def test_a_shortened_name_is_the_one_person_of_the_text_whom_it_fits(reading, listed, said, expected):
    found = reading.event(
        rf"DESCRIPTION:Interviewers: {said}".replace(",", r"\,"),
        "ATTENDEE:mailto:alex.morgan@mail.example",
        f"ATTENDEE;CN={listed}:mailto:karri@initech.example",
    )
    people = [(one.name, one.title) for one in reading.only(found).participants]
    assert people == [(name or listed, title) for name, title in expected]


def test_another_initial_is_another_person(reading):
    found = reading.event(
        "DESCRIPTION:You will meet Karri Virtanen.",
        "ATTENDEE:mailto:alex.morgan@mail.example",
        "ATTENDEE;CN=Karri L:mailto:karri@initech.example",
    )
    assert names(reading.only(found)) == ["Karri L", "Karri Virtanen"]
