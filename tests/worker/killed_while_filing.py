"""A worker that kills itself at one step after the other of filing a mail: a program of its own, which forks.

Told by its arguments: the member's key and the moment to begin at. A step is a call or a return on the way from the
first look into the folder to the row that says it is filed, each word to the server among them. Every life begins when
the lease of the dead one is over, and the first that meets no death is the last. Prints how many were killed.
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

from rapport.accounts.models import Member  # noqa: E402
from rapport.worker import filing  # noqa: E402

if TYPE_CHECKING:
    from types import FrameType

LATER = timedelta(minutes=31)
BEGINS = "_file"
STEPS = frozenset({BEGINS, "send", "was_filed", "_set"})


def die_at(step: int) -> None:
    """Let this process be killed at a step of filing its first mail, counted from 0, if there are so many."""
    left = [step]

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_name
        if "rapport" not in frame.f_code.co_filename or name not in STEPS or event not in {"call", "return"}:
            return
        if name != BEGINS and left == [step]:
            return  # signing in
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        if (name, event) == (BEGINS, "return"):
            sys.setprofile(None)

    sys.setprofile(watch)


def main() -> None:
    """Live again and again, killed one step later each time, and at last not at all."""
    member_key, now = int(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    gc.freeze()
    for step in count():
        child = os.fork()
        if not child:
            die_at(step)
            list(filing.due(now))
            filing.work(Member.objects.get(pk=member_key), lambda: now, lambda: False)  # noqa: B023  at once
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert status in {0, signal.SIGKILL}, status
        if not status:
            break
        now += LATER
    sys.stdout.write(f"{step}\n")


if __name__ == "__main__":
    main()
