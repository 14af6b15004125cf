"""To whom a card shows what: nothing until it is shown, and never what was kept from a viewer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.rules.audience import audiences_in, items_of, showing, shown
from rapport.rules.card import Card
from rapport.rules.card.jobs import JOBS, Job
from rapport.rules.card.reach import PHONES, Phone

AUDIENCES = ["professional", "social", "list-3", "link"]
SECRETS = {
    "PHOTO:data:image/jpeg;base64,cGhvdG8=": "cGhvdG8=",
    "item1.ORG:Initech": "Initech",
    "item1.TITLE:Platform Engineer": "Platform",
    "item1.X-SINCE:2019": "2019",
    "X-FORMER-JOB:Acme;Tester;2011;2012": "Acme",
    "EMAIL;TYPE=work:work@x.example": "work@",
    "EMAIL;TYPE=home:home@x.example": "home@",
    "item2.TEL;TYPE=cell:+351 91": "+351 91",
    "item2.X-ABLabel:Boat": "Boat",
    "ADR;TYPE=home:;;Rua 1;Porto;;;Portugal": "Rua 1",
    "URL:https://x.example/alex": "x.example/alex",
    "BDAY:19800521": "19800521",
    "NOTE:Private words": "Private",
    "UID:secret-uid": "secret-uid",
    "X-SIGNATURE:Yours": "Yours",
    "CATEGORIES:mine": "mine",
}
OWN = Card(["VERSION:4.0", "FN:Alex Morgan", "N:Morgan;Alex;;;", *SECRETS])
SAID = st.lists(
    st.frozensets(st.sampled_from(AUDIENCES)), min_size=len(items_of(OWN)), max_size=len(items_of(OWN))
)


@settings(max_examples=40)
@given(SAID, st.frozensets(st.sampled_from(AUDIENCES)))
def test_a_viewer_sees_all_that_is_shown_to_them_and_nothing_that_is_kept(said, viewer):
    card = showing(OWN, said)
    assert [item.audiences for item in items_of(card)] == said
    assert [item.says for item in items_of(card)] == [item.says for item in items_of(OWN)]
    seen = shown(card, viewer)
    visible = {
        place for item in items_of(OWN) if said[items_of(OWN).index(item)] & viewer for place in item.places
    }
    if not visible:
        assert seen is None
        return
    text = "\n".join(seen.lines)
    assert "X-AUDIENCE" not in text
    assert seen.name == "Alex Morgan"
    lines = list(OWN.lines)
    for line, secret in SECRETS.items():
        beside = line.startswith("item2.X-AB") and lines.index("item2.TEL;TYPE=cell:+351 91") in visible
        assert (secret in text) == (lines.index(line) in visible or beside)


def test_nothing_is_shown_until_it_is_shown():
    assert shown(OWN, frozenset(AUDIENCES)) is None
    assert audiences_in(OWN) == frozenset()


@settings(max_examples=40)
@given(SAID)
def test_what_is_edited_keeps_its_audience_and_what_is_new_is_private(said):
    card = showing(OWN, said)
    phones = [item.audiences for item in items_of(card) if item.what == "Phone"]
    edited = PHONES.edited(card, [Phone("+351 92", "work"), Phone("+351 93")])
    assert [item.audiences for item in items_of(edited) if item.what == "Phone"] == [*phones, frozenset()]
    changed = JOBS.edited(card, [Job("Acme", "Director"), *JOBS.of(card)[1:]])
    before, after = (next(item for item in items_of(each) if item.what == "Work") for each in (card, changed))
    assert before.audiences == after.audiences


def test_words_beside_what_two_share_are_shown_only_with_both():
    card = Card(["FN:A", "item1.TEL;X-AUDIENCE=link:1", "item1.EMAIL:a@x.example", "item1.X-ABLabel:Boat"])
    assert shown(card, {"link"}).lines == ("FN:A", "item1.TEL:1")
