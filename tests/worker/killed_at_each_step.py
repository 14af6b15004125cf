"""A worker that kills itself at one step after the other of a mail's way: a program of its own, which forks.

Told by its arguments: sending or filing, the member's key, and the moment to begin at. A step is a call or a return,
each word to the server and each answer among them. Every life begins when the lease of the dead one is over, and the
first that meets no death is the last. Prints how many were killed.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import django

django.setup()  # before the models; what is imported here is not imported again in every life

from django.db import connection  # noqa: E402

from rapport.accounts.models import Member  # noqa: E402
from rapport.correspondence import message  # noqa: E402, F401
from rapport.worker import filing, sending  # noqa: E402
from rapport.worker.loop import survive_a_power_cut  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

LATER = timedelta(minutes=31)
KINDS = {"sending": sending, "filing": filing}
BEGINS = {"sending": "submit", "filing": "_file"}
"""What comes before it, claiming and signing in, happens in every life."""

STEPS = frozenset(
    {*BEGINS.values(), "send", "getreply", "hand_over", "_close_data", "accept", "leave", "was_filed", "_move", "_set"}
)  # fmt: skip
CALLED = frozenset({"call", "return"})
OURS = (f"rapport{os.sep}worker", f"rapport{os.sep}gateways", f"rapport{os.sep}correspondence", "smtplib.py")


def die_at(step: int, begins: str) -> None:
    """Let this process be killed at a step of its first mail, counted from 0, if there are so many."""
    left = [step]

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        # Asked first, since nearly every event ends here.
        if event not in CALLED or (name := frame.f_code.co_name) not in STEPS:
            return
        if not any(part in frame.f_code.co_filename for part in OURS):
            return
        if name != begins and left == [step]:
            return  # before its way begins
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        if event == "return" and name in {"accept", "_file"}:
            sys.setprofile(None)

    sys.setprofile(watch)


def live(kind: str, member: Member, now: datetime, is_over: Callable[[], bool] = lambda: False) -> None:
    """Do what is due."""
    survive_a_power_cut()
    list(KINDS[kind].due(now))
    KINDS[kind].work(member, lambda: now, is_over)


def main() -> None:
    """Live again and again, killed one step later each time, and at last not at all."""
    kind, now = sys.argv[1], datetime.fromisoformat(sys.argv[3])
    # The first mail comes before all lives: what is loaded and worked out for it is not again in each.
    member = Member.objects.get(pk=sys.argv[2])
    live(kind, member, now, iter([False, True]).__next__)
    connection.close()
    gc.freeze()
    for step in count():
        child = os.fork()
        if not child:
            die_at(step, BEGINS[kind])
            live(kind, member, now)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert status in {0, signal.SIGKILL}, status
        if not status:
            break
        now += LATER
    sys.stdout.write(f"{step}\n")


if __name__ == "__main__":
    main()
