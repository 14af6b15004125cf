"""Signing in, as a person sees it."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from rapport.accounts.models import Admission, Member, SignInLink
from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_on_a_laptop_a_spent_link_says_how_to_get_another(live, axe, alex):
    link = f"/sign-in/{SignInLink.give(alex, at=timezone.now())}"
    live.page().goto(link)
    page = live.page(width=PHONE)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    expect(page.get_by_text("rapport sign-in")).to_be_visible()
    axe(page)


def test_on_a_server_somebody_is_admitted_joins_adds_an_app_and_a_passkey_and_signs_in_with_it(
    live, axe, server, settings
):
    cache.clear()
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the live server speaks HTTP, on localhost
    token = Admission.admit("dana.lee@initech.example", by=None, at=timezone.now(), as_administrator=True)
    page = live.page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )

    page.goto(f"/admission/{token}")
    axe(page)
    page.get_by_label("Name").fill("Dana Lee")
    page.get_by_label("Time zone").fill("Europe/Lisbon")
    page.get_by_label("Password").fill("eleven grey herons")
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/")
    dana = Member.objects.get(email="dana.lee@initech.example")

    page.goto("/members")
    axe(page)
    page.get_by_label("E-mail address").fill("sam.ortiz@initech.example")
    page.get_by_role("button", name="Make a link", exact=True).click()
    expect(page.get_by_label("Hand it over yourself")).to_have_value(re.compile(r"/admission/\S{40}"))
    axe(page)

    page.goto("/account/second-step/totp/activate/")
    page.get_by_label("Password").fill("eleven grey herons")
    page.get_by_role("button").last.click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    axe(page)

    page.goto("/account/second-step/webauthn/add/")
    axe(page)
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/**")
    axe(page)

    page.goto("/account/logout")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/login*")
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live.address}/")
    dana.refresh_from_db()
    assert dana.last_login is not None
