"""Reading, choosing, copying and editing schools."""

from __future__ import annotations

from rapport.rules.etiquette import FACTS
from rapport.rules.etiquette.offsets import Offset
from rapport.web.schools.conditions import parsed


def norm(**said):
    stated = {
        "pair": "invite professional",
        "verdict": "do",
        "until": "",
        "when": "role = recruiter",
        "strength": "should",
        "because": "They asked for it.",
        "source": "My own experience",
    }
    return stated | said


def test_every_shipped_school_is_read_with_its_source(book, as_alex):
    page = as_alex.get("/schools/next-day").content.decode()
    assert "manager-tools.com" in page
    assert as_alex.get("/schools/no-such-school").status_code == 404


def test_choosing_a_school_makes_the_plans_follow_it(book, as_alex):
    as_alex.post("/schools/right-away/choice")
    book.member.refresh_from_db()
    assert book.member.school == "right-away"
    assert book.interview.plan.school == "right-away"
    assert book.step("invite", "professional").verdict == "do"


def test_a_school_that_is_not_there_cannot_be_chosen(book, as_alex):
    answer = as_alex.post("/schools/no-such-school/choice", follow=True)
    assert "There is no school" in " ".join(map(str, answer.context["messages"]))


def test_a_copy_is_ones_own_and_says_the_same(book, as_alex):
    answer = as_alex.post("/schools/considerate/copy", follow=True)
    own = book.member.own_schools.get(copied_from="considerate")
    assert answer.redirect_chain[-1][0] == f"/schools/{own.identifier}"
    as_alex.post(f"/schools/{own.identifier}/choice")
    before = {(step.act, step.channel): step.verdict for step in book.interview.plan.steps.all()}
    as_alex.post("/schools/considerate/choice")
    assert {(step.act, step.channel): step.verdict for step in book.interview.plan.steps.all()} == before


def test_a_norm_is_written_in_a_form_and_advises(book, as_alex):
    as_alex.post("/schools/my-next-day/choice")
    as_alex.post("/schools/my-next-day/norms/new", norm(when="met = interview"))
    assert [table["id"] for table in book.school().norms] == ["card-first", "my-invite-professional"]
    assert book.step("invite", "professional").verdict == "do"
    as_alex.post("/schools/my-next-day/norms/1/removal")
    assert book.step("invite", "professional").verdict == "hold"


def test_a_misspelt_fact_is_named_beside_the_field_with_the_nearest_spelling(book, as_alex):
    page = as_alex.post("/schools/my-next-day/norms/new", norm(when="roole = recruiter"))
    assert page.context["form"].errors["when"] == ["Line 1: 'roole' is no fact. Did you mean 'role'?"]
    page = as_alex.post("/schools/my-next-day/norms/new", norm(when="role = recruter"))
    assert "Did you mean 'recruiter'?" in page.context["form"].errors["when"][0]
    (field,) = [tag for tag in page.content.decode().split("<") if " autofocus" in tag]
    assert field.startswith('textarea name="when"')


def test_of_several_fields_that_are_wrong_the_first_has_the_focus(book, as_alex):
    page = as_alex.post(
        "/schools/my-next-day/norms/new", norm(when="roole = recruiter", because="", pair="sing")
    )
    assert set(page.context["form"].errors) == {"pair", "when", "because"}
    (field,) = [tag for tag in page.content.decode().split("<") if " autofocus" in tag]
    assert field.startswith('select name="pair"')


def test_a_hold_without_an_event_and_a_contradiction_name_the_norm(book, as_alex):
    page = as_alex.post("/schools/my-next-day/norms/new", norm(verdict="hold"))
    assert "A hold names the event" in page.context["form"].errors["until"][0]
    page = as_alex.post("/schools/my-next-day/norms/new", norm(pair="thank letter", verdict="never", when=""))
    (said,) = (error for errors in page.context["form"].errors.values() for error in errors)
    assert said.startswith("It contradicts “Card by hand” (always): both can hold at once")
    assert "card-first" not in said
    as_alex.post("/schools/my-next-day/norms/new", norm())
    page = as_alex.post("/schools/my-next-day/norms/0", norm(verdict="never"))
    (said,) = (error for errors in page.context["form"].errors.values() for error in errors)
    assert said.startswith("It contradicts “Invite, professional network” (when their part: recruiter): both")
    assert "my-invite" not in page.content.decode()


def test_what_is_shown_beside_a_field_can_be_written_in_it_as_it_stands(book, as_alex):
    page = as_alex.get("/schools/my-next-day/norms/new")
    lines = [line for fact in page.context["writable"] for line, _ in fact.lines]
    assert {line.split()[0] for line in lines} == set(FACTS)
    shown = page.content.decode()
    for line in lines:
        assert parsed(line)
        assert line in shown
    for offset, words in page.context["offsets"]:
        assert Offset.parse(offset)
        assert f'<option value="{offset}">{words}</option>' in shown


def test_the_heading_is_edited_and_the_school_taken_away_when_it_does_not_advise(book, as_alex):
    as_alex.post("/schools/my-next-day/heading", {"name": "Mine", "opinion": "Paper first.", "source": "Me"})
    assert book.school().name == "Mine"
    as_alex.post("/schools/my-next-day/choice")
    as_alex.post("/schools/my-next-day/removal")
    assert book.member.own_schools.count() == 1
    as_alex.post("/schools/considerate/choice")
    as_alex.post("/schools/my-next-day/removal")
    assert book.member.own_schools.count() == 0


def test_a_situation_is_kept_in_the_address_and_answered_in_sentences(book, as_alex):
    page = as_alex.get(
        "/situation",
        {"met": "interview", "decision": "rejected", "worth_keeping": "yes", "days_since_interview": "3"},
    )
    assert page.context["sentences"][0].endswith(".")
    assert "Invite" in " ".join(page.context["sentences"])
    assert as_alex.get("/situation", {"connections": "many"}).status_code == 200
