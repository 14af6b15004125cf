"""A server: passwords, second steps, admissions by an administrator, and no mail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from rapport.accounts.models import Admission, Member, Purpose, SignInLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("server")]
PASSWORD = "a long enough sentence"


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    cache.clear()


@pytest.fixture
def administrator(alex):
    alex.is_administrator = True
    alex.save()
    return alex


def sign_in(client, email="alex.morgan@mail.example", password=PASSWORD):
    return client.post("/account/login", {"login": email, "password": password})


def say_the_password_again(client):
    """Changes of the second step are for somebody who sits there now, not for an open session."""
    client.post("/account/reauthentication", {"password": PASSWORD})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in(signed_out, alex):
    assert sign_in(signed_out)["Location"] == "/"
    assert signed_out.session["_auth_user_id"] == str(alex.pk)


def test_a_wrong_password_and_an_unknown_address_read_the_same(signed_out, alex):
    wrong = sign_in(signed_out, password="something else entirely")
    unknown = sign_in(signed_out, email="nobody@mail.example")
    said = "The email address and/or password you specified are not correct."
    assert said in wrong.text
    assert said in unknown.text
    assert not is_signed_in(signed_out)


def test_guessing_is_slowed_down(signed_out, alex):
    for _ in range(5):
        sign_in(signed_out, password="something else entirely")
    sign_in(signed_out)
    assert not is_signed_in(signed_out)


def test_the_sign_in_address_leads_to_the_form_and_keeps_where_one_wanted_to_go(signed_out):
    answer = signed_out.get("/sign-in?next=/members")
    assert answer["Location"] == "/account/login?next=%2Fmembers"
    form = signed_out.get(answer["Location"])
    assert 'name="next"' in form.text
    assert "mfa/js/webauthn.js" in form.text


def test_a_laptops_link_does_not_exist_on_a_server(signed_out, alex):
    token = SignInLink.give(alex, at=timezone.now())
    assert signed_out.get(f"/sign-in/{token}").status_code == 404
    assert not is_signed_in(signed_out)


@pytest.mark.parametrize("page", ["/account/signup/", "/account/signup", "/accounts/signup/", "/sign-up"])
def test_nobody_signs_up_by_themselves(signed_out, page):
    assert signed_out.get(page).status_code == 404


def test_after_the_password_the_second_step_is_asked(signed_out, alex):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(alex, secret)
    RecoveryCodes.activate(alex)
    assert sign_in(signed_out)["Location"] == "/account/second-step/authenticate/"
    assert not is_signed_in(signed_out)
    assert signed_out.post("/account/second-step/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_signed_in(signed_out)
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    signed_out.post("/account/second-step/authenticate/", {"code": code})
    assert is_signed_in(signed_out)


def test_the_page_of_an_authenticator_app_draws_its_code_without_a_foreign_image(signed_out, alex):
    sign_in(signed_out)
    assert signed_out.get("/account/second-step/totp/activate/").status_code == 302
    say_the_password_again(signed_out)
    page = signed_out.get("/account/second-step/totp/activate/")
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "data:" not in page.text
    assert "<?xml" not in page.text


@pytest.mark.parametrize(
    "page",
    [
        "/account/second-step/",
        "/account/second-step/webauthn/",
        "/account/second-step/webauthn/add/",
        "/account/second-step/totp/activate/",
        "/account/reauthentication",
        "/account/password",
    ],
)
def test_the_pages_of_ones_own_account_open(signed_out, alex, page):
    sign_in(signed_out)
    say_the_password_again(signed_out)
    assert signed_out.get(page).status_code == 200


def test_an_administrator_admits_and_the_link_makes_a_member(signed_out, administrator, as_alex):
    page = as_alex.post("/admissions", {"email": "dana.lee@initech.example"})
    link = page.context["link"]
    assert link in page.text
    invitation = signed_out.get(link)
    assert "Alex Morgan" in invitation.text
    assert "dana.lee@initech.example" in invitation.text
    signed_out.get(link)  # a preview by a chat program uses nothing up
    chosen = {"name": "Dana Lee", "time_zone": "europe/lisbon", "password": "eleven grey herons"}
    assert signed_out.post(link, chosen)["Location"] == "/"
    dana = Member.objects.get(email="dana.lee@initech.example")
    assert dana.time_zone == "Europe/Lisbon"
    assert signed_out.session["_auth_user_id"] == str(dana.pk)
    assert signed_out.post(link, chosen).status_code == 403
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"name": "Dana", "time_zone": "Lisbon", "password": "eleven grey herons"}, "time_zone"),
        ({"name": "Dana", "time_zone": "UTC", "password": "short"}, "password"),
        ({"name": "Dana", "time_zone": "UTC", "password": "dana.lee@initech.example"}, "password"),
        ({"name": "", "time_zone": "UTC", "password": "eleven grey herons"}, "name"),
    ],
)
def test_joining_says_beside_the_field_what_is_wrong(signed_out, administrator, chosen, field):
    token = Admission.admit("dana.lee@initech.example", by=administrator, at=timezone.now())
    answer = signed_out.post(f"/admission/{token}", chosen)
    assert list(answer.context["form"].errors) == [field]
    assert not Member.objects.filter(email="dana.lee@initech.example").exists()


def test_joining_names_the_zone_that_may_be_meant(signed_out, administrator):
    token = Admission.admit("dana.lee@initech.example", by=administrator, at=timezone.now())
    chosen = {"name": "Dana", "time_zone": "Europe/Lisbn", "password": "eleven grey herons"}
    answer = signed_out.post(f"/admission/{token}", chosen)
    assert "Europe/Lisbon" in answer.context["form"].errors["time_zone"][0]


def test_an_administrator_hands_over_a_link_for_a_new_password(signed_out, administrator, as_alex, stranger):
    link = as_alex.post(f"/members/{stranger.pk}/password-links").context["link"]
    assert signed_out.get(link).status_code == 200
    assert signed_out.post(link, {"password": "eleven grey herons"})["Location"] == "/sign-in"
    assert not is_signed_in(signed_out)
    sign_in(signed_out, email=stranger.email, password="eleven grey herons")
    assert is_signed_in(signed_out)
    assert signed_out.post(link, {"password": "twelve grey herons"}).status_code == 403
    assert mail.outbox == []


def test_a_new_password_ends_the_sessions_of_the_old_one(signed_out, alex, as_alex):
    token = SignInLink.give(alex, at=timezone.now(), purpose=Purpose.NEW_PASSWORD)
    assert as_alex.get("/account/second-step/").status_code == 200
    signed_out.post(f"/new-password/{token}", {"password": "eleven grey herons"})
    assert as_alex.get("/account/second-step/").status_code == 302


@pytest.mark.parametrize(
    ("method", "page"), [("get", "/members"), ("post", "/admissions"), ("post", "/members/1/password-links")]
)
def test_the_members_page_is_an_administrators_alone(as_stranger, signed_out, administrator, method, page):
    assert getattr(as_stranger, method)(page, {"email": "x@y.example"}).status_code == 404
    assert getattr(signed_out, method)(page, {"email": "x@y.example"}).status_code == 302
    assert not Admission.objects.exists()
    assert not SignInLink.objects.exists()


def test_admitting_a_member_again_is_said_beside_the_field(administrator, as_alex):
    answer = as_alex.post("/admissions", {"email": administrator.email})
    assert answer.status_code == 422
    assert "is a member already" in answer.text


def test_the_members_page_lists_members_and_those_who_may_join(administrator, as_alex, stranger):
    Admission.admit("dana.lee@initech.example", by=administrator, at=timezone.now())
    page = as_alex.get("/members").text
    assert stranger.email in page
    assert "dana.lee@initech.example" in page


def test_times_are_shown_in_the_members_own_zone(administrator, as_alex):
    administrator.time_zone = "Pacific/Kiritimati"  # 14 hours ahead of UTC
    administrator.joined_at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    administrator.save()
    assert "21 November 2026" in as_alex.get("/members").text
