"""`rapport schools` and the command's own manners."""

from __future__ import annotations

from typing import Any

from rapport.cli.main import COMMANDS
from rapport.rules.etiquette import FACTS, load_schools


def test_every_school_is_listed_with_opinion_and_source(rapport: Any) -> None:
    listed = rapport("schools", "--json").document["schools"]
    assert [school["school"] for school in listed] == list(load_schools())
    assert all(school["opinion"] and school["source"] for school in listed)
    page = rapport("schools").out
    assert all(school["name"] in page for school in listed)


def test_one_school_is_read_norm_by_norm(rapport: Any) -> None:
    read = rapport("schools", "after-a-no", "--json").document["schools"][0]["norms"]
    assert {norm["verdict"] for norm in read} == {"hold", "do", "avoid", "optional"}
    assert "an office away" in rapport("schools", "after-a-no").out


def test_the_facts_that_can_be_stated_are_listed(rapport: Any) -> None:
    listed = rapport("schools", "--facts", "--json").document["facts"]
    assert {fact["fact"] for fact in listed} == set(FACTS)
    assert "hiring_manager" in rapport("schools", "--facts").out


def test_an_unknown_school_is_refused_with_the_nearest(rapport: Any) -> None:
    ran = rapport("schools", "next-dya")
    assert ran.code == 2
    assert "Did you mean 'next-day'?" in ran.err


def test_the_command_alone_lists_its_commands(rapport: Any) -> None:
    assert rapport().code == 2
    helped = rapport("--help")
    assert helped.code == 0
    assert all(name in helped.out for name in COMMANDS)
    assert rapport("sing-in").code == 2
