"""A member: somebody with an account here, with the preferences that plans are made by."""

from __future__ import annotations

from datetime import time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.utils import timezone

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.card import Card, PostalAddress, merged


class LastAdministrator(Exception):
    """Nobody would be left who can let others in; the sentence says what to do."""


def _imports() -> list[str]:
    """What a member brings in, and what fellow members show them, applies by itself until they say otherwise."""
    return ["import", "member"]


class MemberManager(BaseUserManager["Member"]):
    """How members come to be: admitted with an address, or as the one member of a laptop."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> Member:
        """Give a saved member; `email` may be None only for the member of a laptop."""
        member = self.model(email=self.normalize_email(email).lower() if email else None, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def of_this_laptop(self) -> Member:
        """Give the first member, made when there is none: a laptop needs no set-up."""
        return self.order_by("pk").first() or self.create_user(None, is_administrator=True)


class Member(AbstractBaseUser):
    """Somebody with an account here.

    `time_zone` is an IANA name, `country` an ISO 3166 code. `card` is a vCard text: what stands under their letters
    and on their envelopes; the name is not kept there but in `name` (see `own_card`). `applied_kinds` are the kinds of
    sources (`people.models.source.Kind`) whose changes to people apply by themselves.
    """

    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    time_zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, blank=True)
    works_from = models.TimeField(default=time(9))
    works_until = models.TimeField(default=time(18))
    card = models.TextField(blank=True)
    school = models.CharField(max_length=64, default="considerate")
    reception = models.JSONField(default=list, blank=True)
    note_limit = models.PositiveIntegerField(default=200)
    notes_a_month = models.PositiveIntegerField(default=5)
    invitations_a_week = models.PositiveIntegerField(default=100)

    applied_kinds = models.JSONField(default=_imports, blank=True)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email or "you"

    @property
    def zone(self) -> ZoneInfo:
        """The member's time zone."""
        return ZoneInfo(self.time_zone)

    def be_called(self, name: str) -> bool:
        """Take the name by which others call them, while they stated none; False when they had."""
        name = name[:200]
        if self.name or not Member.objects.filter(pk=self.pk, name="").update(name=name):
            return False
        self.name = name
        return True

    def hand_administration(self) -> None:
        """Let the member admit others, too, and be the one to hand over to."""
        self.is_administrator = True
        self.save(update_fields=["is_administrator"])

    def resign_administration(self) -> None:
        """Be an administrator no longer; LastAdministrator when others would be left without one."""
        with transaction.atomic():
            self._leaves_an_administrator()
            self.is_administrator = False
            self.save(update_fields=["is_administrator"])

    def leave(self) -> None:
        """Delete the member and everything that is theirs; LastAdministrator while others would be left without one."""
        with transaction.atomic():
            self._leaves_an_administrator()
            self.delete()

    def _leaves_an_administrator(self) -> None:
        """Look with the rows locked, so that two who leave at the same moment see each other."""
        active = Member.objects.filter(is_active=True)
        administrators = {
            one.pk for one in active.filter(is_administrator=True).select_for_update().order_by("pk")
        }
        if administrators == {self.pk} and active.exclude(pk=self.pk).exists():
            raise LastAdministrator(
                "You are the only administrator, and others are here: without one nobody can let people in or "
                "help with a forgotten password. Make somebody else an administrator first, under Members."
            )

    @property
    def own_card(self) -> Card:
        """The member's card, under their name: where letters come from, and how they sign."""
        named = Card.of(name=self.name, email="" if self.card else self.email or "")
        return merged(Card.parse(self.card), named) if self.card else named

    def keep_card(self, card: Card) -> None:
        """Keep the member's own card; where it comes from is their country while they named none."""
        self.card = card.text()
        self.country = self.country or self.posts_from
        self.save(update_fields=["card", "country"])

    def post_from(self, address: PostalAddress) -> None:
        """Put the address that letters come from on the card, whatever else stands there."""
        self.keep_card(merged(self.own_card, Card.of(name=self.name).saying(address=address)))

    @property
    def posts_from(self) -> str:
        """The country where the member posts letters: that of their address, else the one they live in."""
        return next((address.country for address in self.own_card.addresses if address.country), self.country)

    @property
    def working_calendar(self) -> WorkingCalendar:
        """Working time as others live it, and the working days that the member's letters take."""
        times = self.postal_times.values_list("sender", "destination", "working_days")
        stated = {(sender, destination): days for sender, destination, days in times}
        return WorkingCalendar(self.posts_from, stated, self.time_zone)

    @property
    def own_addresses(self) -> frozenset[str]:
        """Every e-mail address that is "me", lower case."""
        known = {address.email for address in self.addresses.all()}
        return frozenset(known | ({self.email} if self.email else set()))


class Address(models.Model):
    """An e-mail address that is the member's own."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="addresses")
    email = models.EmailField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "email"], name="one_address_once_a_member")]

    def __str__(self) -> str:
        return self.email
