"""The daily mails that are due, each once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime

from django.conf import settings

from rapport.accounts.models import Member
from rapport.accounts.vault import Unreadable
from rapport.gateways.account import Account
from rapport.gateways.reach import Unreachable
from rapport.gateways.smtp import InDoubt, Refused, open_session
from rapport.journal.errors import NotAllowed
from rapport.notifications.daily import day_of, letter_of
from rapport.notifications.mail import Letter
from rapport.notifications.models import DailyMail
from rapport.worker.accounts import outgoing, own

Clock = Callable[[], datetime]


def due(at: datetime) -> Iterable[int]:
    """Give the members whose mail is due."""
    return DailyMail.objects.due(at).values_list("member", flat=True)


def work(member: Member, clock: Clock, _is_over: Callable[[], bool]) -> None:
    """Send the member's mail of today, unless it is late or there is nothing to say."""
    at = clock()
    mail = DailyMail.claim_of(member, at=at)
    if mail is None:
        return
    day = day_of(member, mail.looked_at, at) if mail.is_of_use(at) else None
    if not day:
        mail.pass_over(at=at)
        return
    try:
        letter, account = letter_of(member, day, at=at), _account(member)
    except (NotAllowed, Unreadable, ValueError) as refusal:
        mail.pass_over(at=at, said=str(refusal))
        return
    send(mail, letter, account, clock)


def _account(member: Member) -> Account:
    return outgoing(member.mailbox) if settings.LAPTOP else own()


def send(mail: DailyMail, letter: Letter, account: Account, clock: Clock) -> None:
    """Hand a letter over, and keep what became of it."""

    def hand_over() -> None:
        letter.ask_again()
        mail.hand_over(at=clock())

    try:
        with closing(open_session(account)) as session:
            session.submit(letter.sender, letter.recipient, letter.message, hand_over)
    except Refused as refusal:
        if refusal.for_good:
            mail.pass_over(at=clock(), said=refusal.sentence)
        else:
            mail.put_off(refusal.sentence, at=clock())
    except Unreachable as trouble:
        mail.put_off(trouble.sentence, at=clock())
    except NotAllowed as refusal:
        mail.pass_over(at=clock(), said=refusal.sentence)
    except InDoubt:
        mail.leave()  # a second one would be worse than none
    else:
        mail.leave()
