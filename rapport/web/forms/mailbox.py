"""A member's own mail account, typed in; what is left empty is guessed from the address."""

from __future__ import annotations

import ipaddress
import shlex
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from rapport.correspondence.models import Mailbox, Security
from rapport.correspondence.models.mailbox import LONGEST_FOLDER
from rapport.rules.mail_hosts import mail_hosts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from rapport.accounts.models import Member

_AT_HOME = frozenset({"localhost", "localhost.localdomain"})
_LAST_PORT = 65_535


class MailboxForm(forms.Form):
    """Where mail leaves from. The password is taken, and never shown again."""

    address = forms.EmailField(label="Your e-mail address", help_text="Your mail leaves from it.")
    password = forms.CharField(
        label="Password",
        help_text="An app password, where your provider has those. It is kept sealed and never shown again; "
        "leave it empty to keep the one that is there.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        required=False,
        strip=False,
    )
    signature = forms.CharField(
        label="Signature",
        help_text="Stands below your mails.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    username = forms.CharField(
        label="User name", help_text="Left empty, your address.", max_length=320, required=False
    )
    token_command = forms.CharField(
        label="Command that prints a token",
        help_text="In place of a password, for accounts that sign in by OAuth.",
        max_length=1000,
        required=False,
    )
    smtp_host = forms.CharField(
        label="Server that mail leaves by (SMTP)",
        help_text="Left empty, your provider’s.",
        max_length=255,
        required=False,
    )
    smtp_port = forms.IntegerField(label="Its port", min_value=1, max_value=_LAST_PORT, required=False)
    smtp_security = forms.ChoiceField(label="Its security", choices=Security.choices, required=False)
    imap_host = forms.CharField(
        label="Server that mail is read from (IMAP)",
        help_text="Sent mail is filed there, and answers are noticed. A dash for none.",
        max_length=255,
        required=False,
    )
    imap_port = forms.IntegerField(label="Its port", min_value=1, max_value=_LAST_PORT, required=False)
    imap_security = forms.ChoiceField(label="Its security", choices=Security.choices, required=False)

    folders = forms.CharField(
        label="Folders where answers are looked for",
        help_text="One a line; only headers are read, and the words of answers. Nothing is marked or moved.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        required=False,
    )
    sent_folder = forms.CharField(
        label="Folder of sent mail",
        help_text="Left empty, it is found by itself.",
        max_length=LONGEST_FOLDER,
        required=False,
    )

    FIRST = ("address", "password", "signature")
    """What everybody fills in; the rest is guessed, and folded away."""

    def __init__(self, typed: Mapping[str, Any] | None = None, *, member: Member) -> None:
        self.mailbox = Mailbox.objects.seen_by(member).first()
        kept = {name: getattr(self.mailbox, name, "") for name in self.base_fields if name != "password"}
        watched = self.mailbox.folders.values_list("name", flat=True) if self.mailbox else ["INBOX"]
        initial = (kept if self.mailbox else {"address": _known_address(member)}) | {
            "folders": "\n".join(watched)
        }
        super().__init__(typed, initial=initial)
        self.member = member
        if not settings.LAPTOP:
            del self.fields["token_command"]

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that everybody fills in."""
        return [self[name] for name in self.FIRST]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields that are guessed when they are left empty."""
        return [self[name] for name in self.fields if name not in self.FIRST]

    def clean_token_command(self) -> str:
        """A line that can be taken apart into words."""
        said: str = self.cleaned_data["token_command"].strip()
        try:
            shlex.split(said)
        except ValueError as error:
            raise ValidationError("A quote is opened and not closed.") from error
        return said

    def clean(self) -> dict[str, Any]:
        """Fill in what was left empty, and keep the open road to this very computer."""
        said = super().clean() or self.cleaned_data
        if "address" not in said:
            return said
        said["username"] = said.get("username") or said["address"]
        hosts = mail_hosts(said["address"])
        for kind, host in (("smtp", hosts.smtp), ("imap", hosts.imap)):
            if not said.get(f"{kind}_host"):
                said |= {
                    f"{kind}_host": host.name,
                    f"{kind}_port": host.port,
                    f"{kind}_security": host.security,
                }
            said[f"{kind}_port"] = said.get(f"{kind}_port") or host.port
            said[f"{kind}_security"] = said.get(f"{kind}_security") or host.security
            if said[f"{kind}_security"] == Security.NONE and not _is_here(said[f"{kind}_host"]):
                self.add_error(
                    f"{kind}_security", "Only a server on this computer goes without. Choose TLS or STARTTLS."
                )
        if said["imap_host"] in {"-", "–", "—"}:
            said["imap_host"] = ""
        if not (
            said["password"] or said.get("token_command") or (self.mailbox and self.mailbox.sealed_password)
        ):
            self.add_error("password", f"It takes a password to sign in. {hosts.password}".strip())
        return said

    def keep(self, at: datetime) -> Mailbox:
        """Keep the account, and where answers are looked for."""
        said = dict(self.cleaned_data)
        folders = said.pop("folders").splitlines()
        kept = Mailbox.keep(self.member, at=at, **said)
        if kept.reads_mail and folders != list(kept.folders.values_list("name", flat=True)):
            kept.watch(folders, by=self.member, at=at)
        return kept


def _known_address(member: Member) -> str:
    """The address they sign in with, else the first that they said is theirs."""
    said = member.addresses.order_by("pk").values_list("email", flat=True)
    return member.email or next(iter(said), "")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in _AT_HOME
