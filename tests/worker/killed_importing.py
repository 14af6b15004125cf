"""An import that is killed again and again, each time somewhat later in its work: a program of its own, which forks.

Told by its arguments: the member's key, the moment to begin at, how often to kill, and how many people are to come.
Every life begins when the lease of the dead one is over; the last one lives to the end. After each death the book has
nobody or everybody, otherwise it says so and ends. Prints how many were killed.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from datetime import datetime, timedelta

import django

django.setup()  # before the models; what is imported here is not imported again in every life

from django.db import connections  # noqa: E402

from rapport.accounts.models import Member  # noqa: E402
from rapport.intake.models import Batch, Change, Import, Made, Piece  # noqa: E402
from rapport.people.models import CardRevision, Organisation, Person  # noqa: E402
from rapport.worker import importing  # noqa: E402
from rapport.worker.loop import survive_a_power_cut  # noqa: E402

LATER = timedelta(hours=1)


def live(member_key: int, now: datetime, begun: int) -> None:
    """Bring in what is due, saying first that work begins."""
    survive_a_power_cut()
    member = Member.objects.get(pk=member_key)
    os.write(begun, b".")
    importing.work(member, lambda: now, lambda: False)


def life(member_key: int, now: datetime, seconds: float | None) -> bool:
    """Live for some seconds, or to the end; give whether it was killed."""
    connections.close_all()
    begins, begun = os.pipe()
    child = os.fork()
    if not child:
        live(member_key, now, begun)
        os._exit(0)
    os.read(begins, 1)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(begins)
    os.close(begun)
    assert status in {0, signal.SIGKILL}, status
    return status == signal.SIGKILL


def is_whole(people: int) -> bool:
    """Whether everybody is in the book, with the batch; nobody at all otherwise."""
    came = [kind.objects.count() for kind in (Person, CardRevision, Batch)]
    assert came in ([0, 0, 0], [people, people, 1]), came
    assert came[0] or not (Change.objects.exists() or Made.objects.exists() or Organisation.objects.exists())
    assert bool(came[0]) == (Import.objects.get().state == "applied")
    assert bool(came[0]) != Piece.objects.exists()
    return bool(came[0])


def main() -> None:
    """Live again and again, killed at one moment after the other, and at last to the end."""
    member_key, now = int(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    kills, people = int(sys.argv[3]), int(sys.argv[4])
    gc.freeze()
    killed, longest = 0, 0.0
    for _ in range(kills):
        Import.objects.update(attempts=0)  # a program that died three times over it would be given up
        killed += life(member_key, now, longest)
        now += LATER
        if is_whole(people):
            break
        longest += float(sys.argv[5]) / kills
    life(member_key, now, None)
    assert is_whole(people)
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main()
