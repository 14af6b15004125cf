"""A card's history told again: sources add, an edit changes what it changed, and what it took out stays out."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.rules.card import Card
from rapport.rules.card.history import absorbed, applied, edit_between, struck_by
from rapport.rules.card.reach import MAILS, PHONES, Mail


@dataclass
class Said:
    """A card that a source gave or, with `edit`, what the member changed."""

    given: Card
    edit: list[tuple[str, str]] = ()


def told(card, events, struck=frozenset()):
    found = []
    for event in events:
        card = applied(card, event.edit) if event.edit else absorbed(card, event.given, struck)
        struck = struck_by(event.edit, struck)
        found.append(card)
    return found


BASE = Card(["VERSION:4.0", "FN:Sam Ortiz", "X-ODD:1", "item1.TEL:+1 22", "item1.X-ABLabel:Boat"])
ADDRESSES = ["a@x.example", "b@x.example", "c@x.example"]
mails = st.builds(Mail, st.sampled_from(ADDRESSES), st.sampled_from(["professional", "social"]))
CARDS = st.builds(
    lambda title, email: Said(Card.of(name="Sam Ortiz", title=title, email=email)),
    st.sampled_from(["", "Staff Engineer", "Director"]),
    st.sampled_from(["", *ADDRESSES]),
)


@st.composite
def histories(draw):
    """Draw events, each edit made of the card as it stood."""
    card, events = BASE, []
    for _ in range(draw(st.integers(1, 6))):
        if draw(st.booleans()):
            event = draw(CARDS)
        else:
            said = [draw(st.just(mail) | st.none() | mails) for mail in MAILS.of(card)]
            after = MAILS.edited(card, [*said, *draw(st.lists(mails, max_size=2))])
            after = PHONES.edited(after, [draw(st.just(phone) | st.none()) for phone in PHONES.of(after)])
            event = Said(after, edit_between(card, after))
        events.append(event)
        card = told(BASE, events)[-1]
    return events


def addresses(card):
    return {mail.address for mail in MAILS.of(card)}


@settings(max_examples=40)
@given(histories(), st.data())
def test_what_an_edit_took_out_stays_out_whatever_else_is_taken_back(events, drawn):
    edits = [number for number, event in enumerate(events) if event.edit]
    if not edits:
        return
    edit = drawn.draw(st.sampled_from(edits))
    before = told(BASE, events)[edit - 1] if edit else BASE
    gone = addresses(before) - addresses(told(BASE, events)[edit])
    others = [number for number in range(len(events)) if number != edit]
    kept = drawn.draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    later = [events[number] for number in sorted([*kept, edit])]
    repeated = [event for event in events if not event.edit]  # every source says its card once more
    since = [number for number in kept if number > edit]
    typed = {after for number in [edit, *since] for _, after in events[number].edit if after}
    restated = {address for address in gone if any(address in line for line in typed)}
    assert not (gone - restated) & addresses(told(BASE, [*later, *repeated])[-1])


@settings(max_examples=40)
@given(histories())
def test_an_edit_made_where_it_was_made_gives_what_the_form_gave(events):
    cards = [BASE, *told(BASE, events)]
    for event, _, after in zip(events, cards, cards[1:], strict=False):
        repeats = len(event.given.emails) < len(MAILS.of(event.given))  # one address is kept once
        if event.edit and not repeats:
            assert sorted(after.lines) == sorted(event.given.lines)
        assert "X-ODD:1" in after.lines


def test_undoing_a_removal_brings_back_what_sources_said():
    source = Said(Card.of(name="Sam Ortiz", email="a@x.example"))
    card = told(BASE, [source])[-1]
    removal = Said(bare := MAILS.edited(card, [None]), edit_between(card, bare))
    again = Said(Card.of(name="Sam Ortiz", email="a@x.example", title="Director"))
    with_removal = told(BASE, [source, removal, again])[-1]
    assert (with_removal.emails, with_removal.title) == ((), "Director")
    assert told(BASE, [source, again])[-1].emails == ("a@x.example",)


def test_a_value_typed_over_one_stands_until_a_source_says_a_third():
    card = told(BASE, [Said(Card.of(name="Sam Ortiz", title="VP"))])[-1]
    typed = Card([line.replace("TITLE:VP", "TITLE:CTO") for line in card.lines])
    edit = Said(typed, edit_between(card, typed))
    assert told(BASE, [edit])[-1].title == "CTO"  # the source's card was taken back
    cards = [Said(Card.of(name="Sam Ortiz", title=title)) for title in ("VP", "CEO")]
    assert [each.title for each in told(typed, cards, struck_by(edit.edit))] == ["CTO", "CEO"]


def typed(card, *rows):
    after = MAILS.edited(card, rows)
    return Said(after, edit_between(card, after))


def test_what_an_edit_took_out_stays_out_when_another_that_took_it_out_is_undone():
    sources = [Said(Card.of(name="Sam Ortiz", email=address)) for address in ADDRESSES[:2]]
    card = told(BASE, sources)[-1]
    removal = typed(card, MAILS.of(card)[0], None)
    replacing = typed(removal.given, Mail("b@x.example"))
    again = typed(replacing.given, None)
    assert told(BASE, [*sources, replacing])[-1].emails == ("b@x.example",)
    assert told(BASE, [*sources, replacing, again])[-1].emails == ()


def test_one_number_for_two_things_is_kept_as_it_was_typed():
    card = Card(["FN:Sam Ortiz", "TEL;TYPE=work:+1 22", "item1.TEL;TYPE=fax:+1 33", "item1.X-ABLabel:Attic"])
    after = Card([card.lines[0], "TEL;TYPE=work:+1 33", *card.lines[2:]])
    edit = edit_between(card, after)
    assert applied(card, edit) == after
    assert struck_by(edit) == {("TEL", "+122")}
    assert applied(after, [(line, former) for former, line in edit]) == card
    without_fax = Card(card.lines[:2])
    assert applied(card, edit_between(without_fax, Card(after.lines[:2]))) == Card(after.lines[:2])


def test_a_group_that_the_edit_made_gets_a_free_name_where_another_took_it():
    edit = [("", "item1.URL:https://x.example"), ("", "item1.X-ABLabel:Blog")]
    card = applied(Card(["FN:A", "item1.TEL:1", "item1.X-ABLabel:Boat"]), edit)
    page = card.every("URL")[0]
    assert (page.group, card.label_of(page), card.label_of(card.every("TEL")[0])) == ("item2", "Blog", "Boat")
