"""`rapport sign-in`, `admit` and `serve --address`: who gets in on a laptop, and who on a server."""

from __future__ import annotations

import re


def test_a_laptop_does_not_listen_to_the_network(rapport):
    refused = rapport("serve", "--address", "0.0.0.0")  # noqa: S104  refused
    assert refused.code == 2
    assert "127.0.0.1 only" in refused.err


def test_the_first_administrator_of_a_server_is_admitted_from_its_command_line(rapport, server, db):
    admitted = rapport("admit", "alex@mail.example", "--administrator")
    assert admitted.code == 0
    assert re.search(r"https://rapport\.example/admission/\S{40}", admitted.out)


def test_a_laptop_admits_nobody(rapport):
    assert rapport("admit", "alex@mail.example").code == 2


def test_a_server_has_no_sign_in_link(rapport, server):
    refused = rapport("sign-in")
    assert refused.code == 1
    assert "rapport admit" in refused.err
