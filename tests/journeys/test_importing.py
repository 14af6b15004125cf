"""An address book is seen before it is in, comes in while the page tells how far it is, and goes again as a whole."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rapport.intake.importing import name_of
from rapport.intake.models import Import
from rapport.intake.progress import told_of
from rapport.people.models import Person
from rapport.worker import importing
from tests.doors.web.book import filled

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NAME = "contacts_of_the_years_from_2009_to_2026.csv"
TABLE = "First Name,Last Name,Labels,Organization Name,Organization Title,Notes,E-mail 1 - Value\n"


def test_an_address_book_is_looked_at_brought_in_and_taken_back(live, axe, alex):
    filled(alex)
    here = Person.objects.count()
    rows = [f"Noor,Haddad {number},x,Globex,Engineer,{'x' * 250},\n" for number in range(1050)]
    rows.append("Dana,Lee,x,Initech,CTO,,dana.lee@initech.example\nKim,Pa")
    file = {"name": NAME, "mimeType": "text/csv", "buffer": (TABLE + "".join(rows)).encode()}
    page = live.page(alex)
    page.goto("/add")
    page.get_by_label("A file").set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("It begins within a few seconds")).to_be_visible()

    importing.work(alex, timezone.now, lambda: False)
    expect(page.get_by_role("link", name="1050 new")).to_be_visible()
    axe(page)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.get_by_role("link", name="1 changed").click()
    expect(page.get_by_text(f"changed, {NAME}, line 1052")).to_be_visible()
    expect(page.get_by_text("Title VP Engineering → CTO")).to_be_visible()
    page.get_by_role("link", name="1 could not be read").click()
    expect(page.get_by_text("ends in the middle of this row")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()

    with told_of(name_of(Import.objects.get().pk)) as tell:
        tell("Bringing in", 500, 1051)
        expect(page.get_by_text("Bringing in: 500 of 1051")).to_be_visible()
        axe(page)
    importing.work(alex, timezone.now, lambda: False)
    expect(page.get_by_role("button", name="Undo all of it")).to_be_visible()
    assert Person.objects.count() == here + 1050
    axe(page)
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("It is being taken back")).to_be_visible()
    importing.work(alex, timezone.now, lambda: False)
    expect(page.get_by_text("Taken back")).to_be_visible()
    assert Person.objects.count() == here
