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


def live(
    member: Member, now: datetime, begins: Callable[[], None], is_over: Callable[[], bool] = lambda: False
) -> None:
    """Send what is due, telling when work begins."""
    survive_a_power_cut()
    list(sending.due(now))
    begins()
    sending.work(member, lambda: now, is_over)
    following.work(member, lambda: now, lambda: False)


def life(
    member: Member, now: datetime, killed_after: float | None, is_over: Callable[[], bool] = lambda: False
) -> tuple[bool, float]:
    """Live in a process of its own, killed some seconds after work began; give whether it was, and how long it took."""
    begins, begun = os.pipe()
    child = os.fork()
    if not child:
        live(member, now, partial(os.write, begun, b"."), is_over)
        os._exit(0)
    os.read(begins, 1)
    began = time.perf_counter()
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    took = time.perf_counter() - began
    os.close(begins)
    os.close(begun)
    assert status in {0, signal.SIGKILL}, status
    return status == signal.SIGKILL, took


def one_mail() -> Callable[[], bool]:
    """Be over after one mail."""
    return iter([False, True]).__next__


def main() -> None:
    """Live again and again, killed at one moment after the other, and at last until nothing is due."""
    now, kills = datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
    # The first mail leaves before all lives: what is loaded and worked out for it is not again in each.
    member = Member.objects.get(pk=sys.argv[1])
    live(member, now, lambda: None, one_mail())
    connection.close()
    gc.freeze()
    # Each machine takes its own time for a mail and for following it; the last kills come when that is over.
    longest = min(life(member, now, None, one_mail())[1] for _ in range(3))
    killed = 0
    for number in range(kills):
        killed += life(member, now, longest * number / kills)[0]
        now += LATER
    life(member, now, None)
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main()
