"""Two cards, one person? Each rule of recognition by an example."""

from __future__ import annotations

import pytest

from rapport.rules.card import Card
from rapport.rules.sameness import (
    DIFFERENT,
    MAYBE,
    SAME,
    census,
    groups,
    judge,
    leads_to_people,
    match_keys,
    traits,
)
from rapport.rules.sameness.likenesses import NameLikeness
from rapport.rules.sameness.names import Name
from rapport.rules.sameness.packing import packed, unpacked

_PROFILE = "https://www.linkedin.com/in/"


def _judged(*cards: Card):
    """The verdict on the first two cards, in a book that holds the others as well."""
    book = [traits(card) for card in cards]
    return judge(book[0], book[1], census([match_keys(one) for one in book], book))


def _card(name: str, **said: str) -> Card:
    return Card.of(name=name, **said)


@pytest.mark.parametrize("name", ["Dana Lee", "Zenobia Quarrelwright", "John Smith"])
def test_a_name_alone_never_joins(name):
    assert _judged(_card(name), _card(name)).verdict != SAME


def test_a_rare_name_is_proposed_and_a_common_one_is_not():
    assert _judged(_card("Zenobia Quarrelwright"), _card("Zenobia Quarrelwright")).verdict == MAYBE
    assert _judged(_card("John Smith"), _card("John Smith")).verdict == DIFFERENT


def test_a_name_and_a_company_are_proposed_and_not_joined():
    one = _card("Zenobia Quarrelwright", organisation="Acme Corp.")
    judged = _judged(one, _card("Zenobia Quarrelwright", organisation="ACME", title="CTO"))
    assert judged.verdict == MAYBE
    assert "The same company, Acme Corp." in judged.because


@pytest.mark.parametrize(
    "said",
    [
        {"email": "dana.lee@acme.example"},
        {"phone": "+351 912 345 678"},
        {"url": f"{_PROFILE}dana-lee"},
    ],
)
def test_one_identifier_without_a_contradiction_joins(said):
    assert _judged(_card("Dana Lee", **said), _card("Lee, Dana", **said)).verdict == SAME


def test_a_job_change_does_not_split():
    before = _card("Dana Lee", email="dana@freemail.example", organisation="Acme", title="Staff Engineer")
    after = _card("Dana Lee", email="dana@freemail.example", organisation="Initech", title="Director")
    judged = _judged(before, after)
    assert judged.verdict == SAME
    assert judged.because[0] == "The same e-mail address, dana@freemail.example."
    assert "Different companies, Acme and Initech." in judged.because


def test_numbers_with_and_without_the_code_of_the_country_are_one():
    one = _card("Dana Lee", phone="+351 912 345 678")
    assert _judged(one, _card("Dana Lee", phone="0912-345678")).verdict == SAME


def test_two_profiles_are_two_people_whatever_else_they_share():
    one = _card("Dana Lee", email="dana@acme.example", url=f"{_PROFILE}dana-lee")
    judged = _judged(one, _card("Dana Lee", email="dana@acme.example", url=f"{_PROFILE}dana-lee-2"))
    assert judged.verdict == DIFFERENT
    assert judged.because[0] == "They have two different profiles on the professional network."


def test_two_mailboxes_at_one_company_are_two_people_and_two_at_a_free_provider_may_be_one():
    at_work = (
        _card("Dana Lee", email="dana.lee@acme.example"),
        _card("Dana Lee", email="dana.lee2@acme.example"),
    )
    assert _judged(*at_work).because[0] == "They have two different mailboxes at acme.example."
    rare = "Zenobia Quarrelwright"
    at_home = (_card(rare, email="zenobia@gmail.com"), _card(rare, email="zq@gmail.com"))
    assert _judged(*at_home).verdict == MAYBE


@pytest.mark.parametrize("shared", [{"phone": "+49 30 1234567"}, {"email": "the.lees@freemail.example"}])
def test_a_family_that_shares_a_telephone_or_a_mailbox_is_not_one_person(shared):
    judged = _judged(_card("Dana Lee", **shared), _card("Robert Lee", **shared))
    assert judged.verdict == DIFFERENT
    assert judged.because[0] == "Their first names are different."


def test_a_switchboard_identifies_nobody():
    phone = "+49 30 7654321"
    cards = [_card(name, phone=phone) for name in ("Dana Lee", "Dana Lee", "Ana Costa", "Tom Weber")]
    assert _judged(*cards[:2]).verdict == SAME
    assert _judged(*cards).verdict != SAME


@pytest.mark.parametrize("mailbox", ["info", "jobs", "hr", "bewerbung"])
def test_the_mailbox_of_a_role_identifies_nobody(mailbox):
    email = f"{mailbox}@acme.example"
    assert _judged(_card("Dana Lee", email=email), _card("Dana Lee", email=email)).verdict != SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Robert Miller", "Bob Miller"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Сергей Кузнецов", "Sergei Kuznetsov"),
        ("Γεώργιος Παπαδόπουλος", "Georgios Papadopoulos"),
        ("محمد حسين", "Mohamed Hussein"),
        ("राहुल शर्मा", "Rahul Sharma"),
        ("김민준", "Minjun Kim"),
        ("王伟", "Wei Wang"),
        ("山田 太郎", "山田太郎"),
        ("Lee Dana", "Dana Lee"),
        ("Dr. Dana Lee, PhD", "Dana Lee"),
        ("María García López", "María García"),
        ("Katarzyna Nowczuk", "Katarzyna Nowcuzk"),
    ],
)
def test_the_same_name_is_known_in_other_spellings(one, other):
    said = {"email": "somebody@freemail.example", "phone": "+1 202 555 0147"}
    book = [traits(_card(one, **said)), traits(_card(other, **said))]
    assert [group.verdict for group in groups(book)] == [SAME], (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("يوسف عثمان", "Youssef Osman"),
        ("خالد الشريف", "Khaled El-Sherif"),
        ("राहुल चतुरकर", "Rahul Chaturkar"),
        ("नरेंद्र सिंह", "Narendra Singh"),
        ("김은정", "Eunjung Kim"),
    ],
)
def test_a_name_in_two_scripts_weighs_as_much_as_the_same_name(one, other):
    found = judge(traits(_card(one)), traits(_card(other)), census([], []))
    assert found.comparison.names == NameLikeness("across", "across")
    same = judge(traits(_card(other)), traits(_card(other)), census([], []))
    assert abs(found.score - same.score) < 4  # bits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("דוד ואזה", "David Vazah"),  # a vav is a vowel or v
        ("רחל כהן", "Rachel Cohen"),  # a het is h or ch; k and h beside each other are not kh
        ("پریسا فرهادی", "Parisa Farhadi"),
        ("رضا پهلوی", "Reza Pahlavi"),  # what is d in Arabic is z in Persian
        ("Галина Гордієнко", "Halyna Hordiienko"),  # g in Russian is h in Ukrainian
        ("সুমন ভৌমিক", "Sumon Voumik"),  # vowels as they are heard; one letter for bh and v
        ("Cohen Rachel", "רחל כהן"),
        ("Đorđe Cvetičić", "Ђорђе Цветичић"),  # letters with an accent for those with an h
        ("Hristo Shterev", "Христо Щерев"),  # shch in Russian is sht in Bulgarian
        ("செந்தில் ராமன்", "Senthil Raman"),  # ch is s as well
        ("ზურაბი ჭავჭავაძე", "Zurabi Chavchavadze"),
        ("Գևորգ Հարությունյան", "Gevorg Harutyunyan"),
        ("حمزہ بٹ", "Hamza Butt"),
        ("Sơn Lê", "Son Le"),  # a particle before a word, a name at the end
        ("Đỗ, Linh", "Linh Do"),
    ],
)
def test_a_name_is_found_again_in_the_letters_of_another_language(one, other):
    mine, theirs = traits(_card(one)), traits(_card(other))
    assert any(map(leads_to_people, match_keys(mine) & match_keys(theirs))), "they are compared at all"
    assert judge(mine, theirs, census([], [])).comparison.names.is_full


@pytest.mark.parametrize(("one", "other"), [("שרה כהן", "Rachel Cohen"), ("Галина Бойко", "Olena Boiko")])
def test_another_first_name_is_another_in_every_script(one, other):
    assert _judged(_card(one), _card(other)).contradiction == "Their first names are different."


@pytest.mark.parametrize("name", ["Berg, Anna van den", "Anna van den Berg"])
def test_particles_are_no_further_first_names(name):
    assert traits(_card(name)).name == Name("anna", ("berg",))


def test_an_address_tells_the_family_name_of_before():
    married = _card("Zenobia Quarrelwright", email="zenobia.harrowgate@acme.example")
    before = _card("Zenobia Harrowgate", organisation="Acme Inc.")
    judged = _judged(married, before)
    assert judged.verdict == MAYBE
    assert "The last name stands in the other's address, rare in this book." in judged.because
    husband = _card("Robert Quarrelwright", email="zenobia.harrowgate@acme.example")
    assert _judged(husband, before).verdict == DIFFERENT


@pytest.mark.parametrize("mailbox", ["zquarrelwright", "z.quarrelwright3", "zenobia7"])
def test_a_bare_address_made_of_a_name_is_proposed_where_its_owner_works(mailbox):
    address = f"{mailbox}@acme.example"
    bare = Card([f"FN:{address}", f"EMAIL:{address}"])
    assert _judged(bare, _card("Zenobia Quarrelwright", organisation="Acme")).verdict == MAYBE
    assert _judged(bare, _card("Robert Lee", organisation="Acme")).verdict == DIFFERENT


def test_a_domain_is_known_to_be_a_company_s_once_cards_name_both():
    one, other = _card("Ana Costa", email="ana@acg.example"), _card("Ana Costa", organisation="Acme Global")
    both = [_card(f"{name} Lee", email=f"{name}@acg.example", organisation="Acme Global") for name in "AB"]
    assert not _judged(one, other, both[0]).comparison.tells("employer same")
    assert _judged(one, other, *both).comparison.tells("employer same")


def test_slips_in_one_person_s_name_do_not_make_a_mailbox_a_switchboard():
    said = {"email": "r.vavra@acme.example"}
    names = ("Roman Vavra", "Vavra Roman", "Roman Vvara", "Roman Vavre")
    cards = [_card(name, **said) for name in names]
    assert _judged(*cards).verdict == SAME


def test_husband_and_wife_of_two_scripts_are_not_joined_by_their_mailbox():
    said = {"email": "nagatsu@freemail.example"}
    assert _judged(_card("永津 健一", **said), _card("Makoto Nagatsu", **said)).verdict != SAME


def test_father_and_son_are_two():
    said = {"email": "house@freemail.example"}
    assert _judged(_card("John Miller Sr.", **said), _card("John Miller Jr.", **said)).verdict == DIFFERENT


def test_an_address_without_a_name_joins_whose_address_it_is():
    bare = Card(["FN:dl77@acme.example", "EMAIL:dl77@acme.example"])
    assert _judged(bare, _card("Dana Lee", email="DL77@acme.example")).verdict == SAME


def test_an_initial_on_a_family_telephone_is_only_proposed():
    phone = {"phone": "+46 409 501 123"}
    assert _judged(_card("A. Aspgård", **phone), _card("Anna Aspgård", **phone)).verdict == MAYBE


def test_no_chain_joins_two_who_contradict_each_other():
    first = _card("Dana Lee", email="dana@freemail.example", url=f"{_PROFILE}dana-lee")
    between = _card("Dana Lee", email="dana@freemail.example", phone="+351 912 345 678")
    last = _card("Dana Lee", phone="+351 912 345 678", url=f"{_PROFILE}dana-lee-2")
    found = groups([traits(card) for card in (first, between, last)])
    assert [group.places for group in found] == [(0, 1)]


def test_a_record_that_may_be_either_of_two_people_s_does_not_join_them():
    name = "Kim Quarrelwright"
    lawyer = _card(name, organisation="Acme", title="Lawyer", email="kim@acme.example", phone="912 345 678")
    baker = _card(name, organisation="Initech", title="Baker", email="q@initech.example", phone="912 999 678")
    book = [traits(card) for card in (lawyer, lawyer, _card(name), baker)]
    assert [group.places for group in groups(book)] == [(0, 1, 2)]
    assert [group.places for group in groups(book[2:])] == [(0, 1)]


def test_what_is_compared_survives_being_written_down():
    card = _card("Dr. María García López", email="m.garcia@acme.example", phone="912 345 678", title="CTO")
    assert unpacked(packed(traits(card))) == traits(card)
    assert unpacked(packed(traits(_card("金崎 剛")))) == traits(_card("金崎 剛"))


def test_who_was_told_apart_stays_apart():
    book = [traits(_card("Dana Lee", email="dana@freemail.example")) for _ in range(2)]
    assert groups(book, apart=[(0, 1)]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀",
        "\u200f",
        "'",
        ",",
        ".",
        "Ⅷ",
        "x" * 4000,
        "á\u0301" * 50,
        "김",
        "\u0939\u093f",
        f"{'ב' * 4000} {'ב' * 4000}",
    ],
)
def test_no_name_is_too_odd_to_be_compared(text):
    card = Card([f"FN:{text}", "EMAIL:@", "TEL:++", "ORG:;;", "BDAY:--1203", "URL:http://[", "N:;;;;"])
    assert _judged(card, card).verdict in {SAME, MAYBE, DIFFERENT}
    keys = match_keys(traits(card))
    assert len(keys) <= 80
    assert all(len(key) <= 120 for key in keys)
