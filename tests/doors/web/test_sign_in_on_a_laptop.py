"""A laptop: no password, a link of the terminal, and no page without it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from rapport.accounts.models import SignInLink

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {
    "sign_in",
    "sign_in_link",
    "admission",
    "new_password",
    "account_login",
    "account_logout",
    "account_inactive",
    "mfa_login_webauthn",
    "mfa_authenticate",
    "feed",
    "card",
    "card-file",
    "card-photo",
    "details",
    "details-never",
    "no-mail",
}
"""Pages that somebody signed out may ask for: each is a way in, or opens by the secret in its own address."""


@pytest.fixture
def link(alex):
    return f"/sign-in/{SignInLink.give(alex, at=timezone.now())}"


def patterns(resolver=None):
    """Give every address of the web app."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern)


def test_the_link_signs_in_and_leaves_the_address_bar(signed_out, link, alex):
    answer = signed_out.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_out.session["_auth_user_id"] == str(alex.pk)


def test_the_link_works_once(signed_out, link, client):
    signed_out.get(link)
    answer = client.get(link)
    assert answer.status_code == 403
    assert "rapport sign-in" in answer.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_prefetch_does_not_use_the_link_up(signed_out, link, headers):
    assert signed_out.get(link, headers=headers).status_code == 204
    assert signed_out.get(link).status_code == 302


def test_a_head_request_does_not_use_the_link_up(signed_out, link):
    assert signed_out.head(link).status_code == 405
    assert signed_out.get(link).status_code == 302


def test_a_guessed_link_is_refused(signed_out):
    assert signed_out.get("/sign-in/guessed").status_code == 403


def test_the_sign_in_page_says_how(signed_out):
    answer = signed_out.get("/sign-in")
    assert answer.status_code == 401
    assert "rapport sign-in" in answer.text


def test_every_page_asks_for_signing_in_unless_it_is_a_way_in():
    open_pages = {
        pattern.name for pattern in patterns() if not getattr(pattern.callback, "login_required", True)
    }
    assert open_pages <= OPEN_TO_ALL
    assert "LoginRequiredMiddleware" in " ".join(settings.MIDDLEWARE)


def test_somebody_signed_out_is_sent_to_sign_in(signed_out):
    answer = signed_out.get("/members")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=/members")


def test_a_name_that_points_here_from_elsewhere_is_refused(signed_out, link):
    assert signed_out.get(link, headers={"Host": "rebound.example"}).status_code == 400
    assert signed_out.get("/sign-in", headers={"Host": "127.0.0.1:8000"}).status_code == 401


def test_a_laptop_has_no_page_of_members(as_alex, alex):
    alex.is_administrator = True
    alex.save()
    assert as_alex.get("/members").status_code == 404


def test_signing_out_ends_the_session(as_alex):
    assert as_alex.post("/account/logout")["Location"] == "/sign-in"
    assert "_auth_user_id" not in as_alex.session


def test_every_answer_carries_the_strict_policy(signed_out):
    answer = signed_out.get("/sign-in")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("file", ["rapport.css", "django_htmx/htmx-2.min.js", "mfa/js/webauthn.js"])
def test_static_files_are_served_from_the_package(signed_out, file):
    answer = signed_out.get(f"/static/{file}")
    answer.close()
    assert answer.status_code == 200
