"""What each page shows to its owner."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from rapport.followups import happenings
from rapport.followups.models import Step
from rapport.journal.models import record
from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.rules.etiquette import FACTS
from rapport.web.interviews.blocks import blocks_of
from rapport.web.steps.windows import window_of
from tests import world
from tests.doors.web.book import filled

PAGES = ["/", "/interviews", "/people", "/applications", "/schools", "/situation", "/settings", "/add", "/shortcuts",
         "/search?q=dana", "/lists/now", "/lists/waiting", "/settings/deletion"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_and_neither_inline_script_nor_style(book, as_alex, address):
    page = as_alex.get(address).content.decode()
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert not re.search(r"<[^>]+\s(style|onclick|onchange|onsubmit)=", page)
    assert not re.search(r"<script(?![^>]+src=)", page)
    assert "<style" not in page


def test_the_empty_today_offers_the_first_thing_to_do(alex, as_alex):
    page = as_alex.get("/").content.decode()
    assert "Drop the invitation here" in page
    assert 'type="file"' in page


def test_today_says_what_to_do_now_and_what_waits(book, as_alex):
    book.open_windows()
    page = as_alex.get("/")
    assert "Read draft" in page.content.decode()
    assert {step.in_force for step in page.context["to_do"]} == {"do"}
    assert "until the decision" in page.content.decode()


def test_the_news_are_ones_own_and_lead_to_what_they_are_about(book, as_alex, stranger, as_stranger):
    as_alex.post(f"/people/{book.person().pk}/contact", {"channel": "email"})
    record(stranger, "person.wrote", "Erin Walsh wrote to you (email).", at=timezone.now())
    page = as_alex.get("/")
    assert (
        f'<a href="/people/{book.person().pk}">Dana Lee wrote to you by e-mail.</a>' in page.content.decode()
    )
    assert {entry.member for entry in page.context["news"]} == {book.member}
    assert "Erin Walsh" not in page.content.decode()


@pytest.mark.parametrize(("kind", "is_advised"), [("individual", True), ("org", False)])
def test_a_companys_card_is_in_the_book_without_advice(alex, as_alex, kind, is_advised):
    card = Card(["VERSION:4.0", f"KIND:{kind}", "FN:Globex", "EMAIL:hello@globex.example"])
    one = Person.make(alex, card, source="a book", at=timezone.now(), met="event")
    page = as_alex.get(f"/people/{one.pk}").content.decode()
    assert "Globex" in page
    assert ("What to do" in page) == is_advised


def test_a_new_title_comes_before_newer_news_of_anybodys_card(book, as_alex):
    dana, now = book.person(), timezone.now()
    dana.absorb(Card.of(name=dana.name, title="Director"), source="an archive", at=now - timedelta(days=1))
    for number in range(6):
        dana.absorb(Card.of(name=dana.name, phone=f"+351 {number}"), source="a book", at=now)
    of_cards = [one.says for one in as_alex.get("/").context["news"] if one.verb == "person.absorbed"]
    assert "→ Director" in of_cards[0]  # advice changes beside it when an hour strikes
    dana.revisions.get(source="an archive").undo(by=book.member, at=now)
    assert not any("→ Director" in entry.says for entry in as_alex.get("/").context["news"])


def test_an_offer_shows_on_today_with_what_it_released_and_what_it_holds(book, as_alex):
    address = f"/applications/{book.application.pk}/decision"
    as_alex.post(address, {"standing": "offer"})
    page = as_alex.get("/")
    listed = [*page.context["to_do"], *page.context["waiting"]]
    calls = Step.objects.filter(act="talk_first", channel="phone", verdict="do")
    assert calls.exists()
    assert set(calls) <= set(listed)
    shown = page.content.decode()
    assert "until your first day there" in shown
    assert re.search(rf'<a href="/interviews/{book.interview.pk}">[^<]*they made an offer', shown)
    assert "became" not in shown


def test_after_a_no_whom_one_may_invite_stands_under_now_until_that_is_settled(book, as_alex):
    as_alex.post(f"/applications/{book.application.pk}/decision", {"standing": "rejected"})
    invited = book.step("invite", "professional")
    assert invited.verdict == "optional"
    page = as_alex.get("/")
    assert invited in page.context["freed"]
    assert "you may now, if you like" in page.content.decode()
    as_alex.post(f"/steps/{invited.pk}/skip")
    assert invited not in as_alex.get("/").context["freed"]


def test_what_was_taken_back_is_no_news(book, as_alex):
    as_alex.post(f"/people/{book.person().pk}/contact", {"channel": "email"})
    as_alex.post(f"/people/{book.person().pk}/contact/undo")
    thanks = book.step("thank", "phone")
    as_alex.post(f"/steps/{thanks.pk}/completion")
    as_alex.post(f"/steps/{thanks.pk}/completion/undo")
    told = [line.says for line in as_alex.get("/").context["news"]]
    assert not any("wrote to you" in says or "by phone" in says for says in told)


def test_a_person_shows_card_timeline_and_how_you_met(book, as_alex):
    page = as_alex.get(f"/people/{book.person().pk}").content.decode()
    for words in (
        "dana.lee@initech.example",
        "VP Engineering",
        "came into the book",
        "You met in an interview.",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("kind", "held"), [("video", ["video call"]), ("on_site", ["on site", "video call"])]
)
def test_how_an_interview_is_held_is_said_once(book, as_alex, kind, held):
    interview = book.interview
    interview.kind, interview.video_url = kind, "https://meet.example/initech"
    interview.save()
    page = as_alex.get(f"/interviews/{interview.pk}").content.decode()
    facts = re.search(r'<p class="facts-line timed.*?</p>', page)[0]
    assert re.findall(r">([^<>]*(?:video|site)[^<>]*)<", facts) == held


def days_on_the_line(book, words, name="Dana Lee"):
    """Give the days on which somebody's line in time says something."""
    now, zone = timezone.now(), ZoneInfo("Europe/Lisbon")
    (block,) = (one for one in blocks_of(book.interview, book.member, now) if one.person.name == name)
    return [
        spot.at.astimezone(zone).date() for spot in block.timeline.spots if spot.at and words in spot.says
    ]


def test_what_was_put_off_stands_on_the_line_on_the_day_to_which_it_was_put(book):
    now, thanks, card = timezone.now(), book.step(), book.step("thank", "letter")
    due, later = thanks.due.date(), (now + timedelta(days=24)).replace(hour=12)
    assert days_on_the_line(book, "e-mail") == [due]
    thanks.snooze(later, by=book.member, at=now)
    assert days_on_the_line(book, "e-mail, put off") == days_on_the_line(book, "e-mail") == [later.date()]
    thanks.snooze(now - timedelta(days=1), by=book.member, at=now)
    assert days_on_the_line(book, "e-mail") == [due]
    assert days_on_the_line(book, "card arrives")
    card.snooze(later, by=book.member, at=now)
    assert not days_on_the_line(book, "card arrives"), "a card that waits arrives on no known day"


def test_what_is_late_says_when_it_was_due_and_what_is_free_to_do_is_never_late(book):
    late = timezone.now() + timedelta(days=5)
    happenings.refresh_due(book.member, late)
    thanks = book.step()
    assert thanks.was_due < late < thanks.latest
    said = strip_tags(window_of(thanks, late, book.member))
    assert re.match(r"was due \S.*; now (from .* to|by) ", said)
    thanks.overrule("optional", by=book.member, at=late)
    assert "was due" not in window_of(book.step(), late, book.member)


def test_a_card_that_is_late_says_when_it_was_due(book):
    card = book.step("thank", "letter")
    card.was_due = book.now - timedelta(days=1)
    said = strip_tags(window_of(card, book.now, book.member))
    assert re.match(r"was due yesterday; now post by .*, it arrives ", said)


def test_whatever_is_to_be_done_stands_on_the_line(book):
    assert not days_on_the_line(book, "call first")
    happenings.decide(book.application, "offer", by=book.member, at=timezone.now())
    calls = Step.objects.filter(act="talk_first", channel="phone", verdict="do").select_related("person")
    assert days_on_the_line(book, "call first", calls[0].person.name)


def test_search_finds_people_and_interviews_by_every_word(book, as_alex):
    assert [person.name for person in as_alex.get("/search?q=dana+vp").context["people"]] == ["Dana Lee"]
    assert list(as_alex.get("/search?q=platform").context["interviews"]) == [book.interview]
    assert "Nothing fits" in as_alex.get("/search?q=zzz").content.decode()
    assert as_alex.get("/search").status_code == 302


def test_a_page_that_is_not_there_is_said_in_style(book, as_alex, signed_out):
    page = as_alex.get("/people/999999")
    assert page.status_code == 404
    assert "There is no such page" in page.content.decode()


def test_one_list_in_full_has_leaves(book, as_alex):
    page = as_alex.get("/lists/waiting")
    assert page.context["leaf"].paginator.count == len(page.context["leaf"].object_list)


def test_the_list_of_what_waits_tells_nothing_that_did_not_happen_and_offers_no_draft_of_what_is_held(
    book, as_alex
):
    page = as_alex.get("/lists/waiting").content.decode()
    assert "Invite Dana Lee on the professional network" in re.sub(r"<[^>]+>", "", page)
    assert "who follows you" not in page
    assert "until they invite you" not in page
    assert not re.search(r"(Meet|Call|Write to) .{1,60} first", page)
    rows = re.findall(r"<li class=.marked.*?</li>", page, re.DOTALL)
    held = [row for row in rows if "until the decision" in row]
    assert held
    assert all("Why?" in row and "Read draft" not in row for row in held)


def test_nobody_is_asked_before_the_interview_what_only_the_interview_can_tell(alex, as_alex):
    now = timezone.now()
    ahead = filled(alex, starts=now + timedelta(days=2), ends=now + timedelta(days=2, hours=1))
    page = as_alex.get(f"/interviews/{ahead.interview.pk}").content.decode()
    assert FACTS["may_connect"].asks not in page
    assert FACTS["rapport"].asks not in page


def test_afterwards_they_are_asked(book, as_alex):
    page = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    assert FACTS["may_connect"].asks in page


def test_an_interview_without_an_organisation_begins_its_line_with_whom_one_met(alex, as_alex):
    filled(alex, organisation="", title="A talk", participants=(world.sam(),))
    under = (
        as_alex.get("/interviews")
        .content.decode()
        .partition('<span class="under">')[2]
        .partition("</span>")[0]
    )
    assert under == "Sam Ortiz"


def test_what_one_said_stands_in_one_line_with_the_way_to_forget_it(book, as_alex):
    as_alex.post(f"/people/{book.person().pk}/facts/rapport", {"value": "strong"})
    shown = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    line = shown.partition('<div class="small soft facts-line">You said: ')[2].partition("</div>")[0]
    assert "/facts/rapport/undo" in line


def test_names_are_set_as_names_in_what_waits_as_in_what_is_to_do(book, as_alex):
    waiting = as_alex.get("/").content.decode().partition('id="waiting-title"')[2]
    assert 'Invite <span class="name">Dana Lee</span> on the professional network' in waiting


def test_an_interview_that_is_still_to_come_is_never_spoken_of_as_one_that_was(alex, as_alex):
    tomorrow = {
        "starts": timezone.now() + timedelta(days=1),
        "ends": timezone.now() + timedelta(days=1, hours=1),
    }
    book = filled(alex, **tomorrow)
    here, sam = f"/interviews/{book.interview.pk}", f"/interviewers/{book.interviewer('Sam Ortiz').pk}"
    page = as_alex.get(here).content.decode()
    assert "Will Sam Ortiz be there?" in page
    assert "The interview is off" in page
    answer = as_alex.post(f"{sam}/confirmation", {"next": here}, follow=True).content.decode()
    assert "Sam Ortiz will be there." in answer
    as_alex.post(f"{sam}/dismissal", {"next": here})
    assert "You will meet in an interview." in as_alex.get(f"/people/{book.person().pk}").content.decode()
    assert "Whom will you meet?" in as_alex.get(f"{here}/people").content.decode()
    met = as_alex.post(f"{here}/people", {"name": "Ana Reis"}, follow=True).content.decode()
    assert "Ana Reis is among those you will meet" in met
    shown = page + answer + met + as_alex.get(here).content.decode()
    shown += " ".join(entry.says for entry in alex.journal.all())
    for past in (
        "was there",
        "they were",
        "you met",
        "You met",
        "talk about",
        "was in Interview",
        "was not in",
    ):
        assert past not in shown


def test_where_an_application_stands_is_said_to_the_member_and_of_a_job_whose_house_is_not_known(
    alex, as_alex
):
    book = filled(alex, organisation="", participants=(world.dana(organisation=""),))
    here, decision = f"/interviews/{book.interview.pk}", f"/applications/{book.application.pk}/decision"
    assert "Platform Engineer: not decided yet" in as_alex.get("/").content.decode()

    def chosen(standing):
        answer = as_alex.post(decision, {"standing": standing, "next": here}, follow=True)
        return " ".join(str(message) for message in answer.context["messages"])

    assert "Platform Engineer: first calls." in chosen("screening")
    assert "Platform Engineer: they made an offer." in chosen("offer")
    assert "Where it stands was changed meanwhile, perhaps in another window." in chosen("screening")
    assert "Platform Engineer: you accepted the offer." in chosen("accepted")
    told = " ".join(entry.says for entry in alex.journal.all())
    for engines in ("screening", "not known", "→"):
        assert engines not in told.replace("in the first screening", "")


def test_what_is_to_be_done_before_an_interview_stands_on_its_page_as_on_today(alex, as_alex):
    tomorrow = {
        "starts": timezone.now() + timedelta(days=1),
        "ends": timezone.now() + timedelta(days=1, hours=1),
    }
    book = filled(alex, **tomorrow)
    (dana, *_) = as_alex.get(f"/interviews/{book.interview.pk}").context["blocks"]
    assert dana.first[0] == book.step("look_up", "professional")
    assert ("interview", "ahead") in [(spot.says, spot.kind) for spot in dana.timeline.spots]
    assert book.step("look_up", "professional") in as_alex.get("/").context["to_do"]
    as_alex.post(f"/steps/{dana.first[0].pk}/completion")
    (dana, *_) = as_alex.get(f"/interviews/{book.interview.pk}").context["blocks"]
    assert "look_up" not in {step.act for step in dana.first}


def test_an_interview_that_is_over_can_have_come_to_nothing(book, as_alex):
    page = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    assert "It did not take place" in page
    assert "Was Sam Ortiz there?" in page
    assert "What did you talk about?" in page
    assert "will not take place" not in page
    assert "You met in an interview." in as_alex.get(f"/people/{book.person().pk}").content.decode()
    Person.objects.filter(pk=book.person().pk).update(met="never")
    assert "You have not met." in as_alex.get(f"/people/{book.person().pk}").content.decode()


def test_the_page_of_an_interview_that_is_off_asks_and_advises_nothing_more(alex, as_alex):
    tomorrow = {
        "starts": timezone.now() + timedelta(days=1),
        "ends": timezone.now() + timedelta(days=1, hours=1),
    }
    book = filled(alex, **tomorrow)
    here, looked_up = f"/interviews/{book.interview.pk}", book.step("look_up", "professional")
    as_alex.post(f"/steps/{looked_up.pk}/completion")
    as_alex.post(f"{here}/cancellation")
    page = as_alex.get(here)
    shown = page.content.decode()
    assert [block.first + block.rest for block in page.context["blocks"]] == [(looked_up,), (), ()]
    assert "The interview is off, so there is nothing to do about it." in shown
    assert "The steps in time" not in shown
    for asked in ("be there?", "would change something", "You talked about", 'class="tick"'):
        assert asked not in shown
    as_alex.post(f"/journal/{alex.journal.get(verb='interview.cancelled').pk}/undo")
    assert "Will Sam Ortiz be there?" in as_alex.get(here).content.decode()


def test_of_two_interviews_with_somebody_the_first_leads_to_the_second_for_what_is_asked_once(alex, as_alex):
    now = timezone.now()
    first = filled(alex, starts=now - timedelta(days=21), ends=now - timedelta(days=21)).interview
    again = world.meeting(
        uid="second",
        title="Interview: second round",
        starts=now - timedelta(hours=4),
        ends=now - timedelta(hours=3),
        participants=(world.dana(),),
    )
    batch = world.taken_in(again, member=alex, at=now)
    second = Step.objects.filter(plan__interview__uid="second").first().plan.interview
    assert batch.title == "Recorded “Interview: second round”, with one person you know"
    page = as_alex.get(f"/interviews/{first.pk}")
    dana, sam, _ = page.context["blocks"]
    assert {step.act for step in (*dana.first, *dana.rest)} == {"thank", "record"}
    assert f'<a href="/interviews/{second.pk}#person-{dana.person.pk}">its page</a>' in page.content.decode()
    assert (sam.later, "invite" in {step.act for step in sam.first}) == (None, True)
    (dana,) = as_alex.get(f"/interviews/{second.pk}").context["blocks"]
    assert (dana.later, "invite" in {step.act for step in dana.first}) == (None, True)
    as_alex.post(f"/interviews/{second.pk}/cancellation")
    dana, *_ = as_alex.get(f"/interviews/{first.pk}").context["blocks"]
    assert (dana.later, "invite" in {step.act for step in dana.first}) == (None, True)
