"""A worker that is killed again and again, each time somewhat later in its work: a program of its own, which forks.

Told by its arguments: the member's key, the moment to begin at, and how often to kill. Every life begins eleven minutes
later, when the lease of the dead one is over; the last one lives until nothing is due. Prints how many were killed.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import django

django.setup()  # before the models; what is imported here is not imported again in every life

from django.db import connection  # noqa: E402

from rapport.accounts.models import Member  # noqa: E402
from rapport.correspondence import message  # noqa: E402, F401
from rapport.worker import following, sending  # noqa: E402
from rapport.worker.loop import survive_a_power_cut  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

LATER = timedelta(minutes=11)
LONGEST = 0.03
"""Seconds: about two mails."""


def live(
    member_key: int, now: datetime, begins: Callable[[], None], is_over: Callable[[], bool] = lambda: False
) -> None:
    """Send what is due, telling when work begins."""
    survive_a_power_cut()
    member = Member.objects.get(pk=member_key)
    begins()
    list(sending.due(now))
    sending.work(member, lambda: now, is_over)
    following.work(member, lambda: now, lambda: False)


def main() -> None:
    """Live again and again, killed at one moment after the other, and at last until nothing is due."""
    member_key, now, kills = int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
    # The first mail leaves before all lives: what is loaded and worked out for it is not again in each.
    live(member_key, now, lambda: None, iter([False, True]).__next__)
    connection.close()
    gc.freeze()
    killed = 0
    for number in range(kills + 1):
        begins, begun = os.pipe()
        child = os.fork()
        if not child:
            live(member_key, now, partial(os.write, begun, b"."))
            os._exit(0)
        os.read(begins, 1)
        if number < kills:
            time.sleep(LONGEST * number / kills)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(begins)
        os.close(begun)
        assert status in {0, signal.SIGKILL}, status
        killed += status == signal.SIGKILL
        now += LATER
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main()
