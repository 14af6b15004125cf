"""Sample drafts for a human to read, in samples.md beside this file.

After a change to the wording run `RAPPORT_WRITE_SAMPLES=yes python -m pytest tests/rules/drafts/test_samples.py`,
then read the file aloud: each draft has to be one that could be sent unchanged.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from rapport.rules.drafts import Known, compose
from tests.rules.drafts.people import DANA, IRIS, LEE, PANEL, PROMISED, SAM

SAMPLES = Path(__file__).with_name("samples.md")

BARE = Known(me="Alex Morgan", name="talent@initech.example")
LATER = datetime(2026, 12, 16, 9, tzinfo=UTC)
YUKI = replace(
    DANA, name="山田 太郎", time_zone="Asia/Tokyo", country="JP", topics=("their release process",)
)
ELSA = Known(
    me="Alex Morgan",
    name="Prof. Elsa Brandt",
    met="event",
    interviewed_at=datetime(2026, 11, 19, 17, tzinfo=UTC),
    now=datetime(2026, 11, 21, 9, tzinfo=UTC),
    topics=("teaching statistics with real data",),
)
AGENT = replace(LEE, works_for="Bright Search", topics=("working four days a week",))

CASES: tuple[tuple[str, str, str, Known], ...] = (
    ("To the hiring manager, with two topics", "thank", "email", DANA),
    ("To a colleague to be, one topic", "thank", "email", SAM),
    ("To an executive met on site, no topic noted", "thank", "email", IRIS),
    ("To a recruiter after a call, no topic noted", "thank", "email", LEE),
    ("To a recruiter of an agency", "thank", "email", AGENT),
    ("After a second interview", "thank", "email", replace(DANA, interviews=2)),
    ("To Tokyo, where nobody guesses which name comes first", "thank", "email", YUKI),
    ("To a mailbox, with nothing known", "thank", "email", BARE),
    ("An offer has come", "thank", "email", replace(DANA, decision="offer")),
    ("An offer has come, to a colleague to be", "thank", "email", replace(SAM, decision="offer")),
    ("The offer is accepted", "thank", "email", replace(SAM, decision="accepted", joins_on=date(2027, 1, 4))),
    ("The offer is turned down", "thank", "email", replace(DANA, decision="declined", now=LATER)),
    ("They chose somebody else", "thank", "email", replace(SAM, decision="rejected", now=LATER)),
    ("They fell silent", "thank", "email", replace(LEE, decision="silent", now=LATER)),
    ("Met at an event", "thank", "email", ELSA),
    ("A card by hand", "thank", "letter", DANA),
    ("A card by hand, no topic noted", "thank", "letter", IRIS),
    ("A card after a rejection", "thank", "letter", replace(SAM, decision="rejected", now=LATER)),
    ("Points for a call", "thank", "phone", DANA),
    ("A message to somebody already connected", "thank", "message", SAM),
    ("A text message", "thank", "text", DANA),
    ("An invitation within 200 characters", "invite", "professional", DANA),
    ("An invitation, no topic noted", "invite", "professional", LEE),
    ("An invitation within 300 characters", "invite", "professional", replace(SAM, note_limit=300)),
    ("An invitation after a rejection", "invite", "professional", replace(SAM, decision="rejected")),
    ("An invitation on a social site, against advice", "invite", "social", DANA),
    ("They invited first: accepted", "answer", "professional", DANA),
    ("They invited first: declined", "answer", "professional", replace(SAM, accepts=False)),
    ("They invited on a social site: declined", "answer", "social", SAM),
    ("A call before any invitation", "talk_first", "phone", replace(DANA, decision="rejected")),
    ("A call about an offer", "talk_first", "phone", replace(DANA, decision="offer")),
    ("A mail about an offer", "talk_first", "email", replace(DANA, decision="offer")),
    ("A call before the first day", "talk_first", "phone", replace(SAM, decision="accepted")),
    (
        "A mail before the first day",
        "talk_first",
        "email",
        replace(SAM, decision="accepted", joins_on=date(2027, 1, 4)),
    ),
    ("A call after a rejection", "talk_first", "phone", replace(SAM, decision="rejected", now=LATER)),
    ("A mail before any invitation", "talk_first", "email", replace(SAM, decision="rejected")),
    ("A coffee", "talk_first", "meeting", SAM),
    ("The promised day has passed", "check_in", "email", PROMISED),
    ("Asking by phone", "check_in", "phone", PROMISED),
    ("A new title", "congratulate", "email", replace(SAM, title="Director", works_for="Acme")),
    ("A new title, by message", "congratulate", "message", replace(SAM, title="Director", works_for="Acme")),
    ("Staying in touch", "keep_in_touch", "", replace(SAM, decision="rejected")),
    ("Asking for an introduction", "ask_introduction", "", replace(SAM, third="Ruth Adeyemi")),
    ("Making an introduction", "make_introduction", "", replace(SAM, third="Ruth Adeyemi")),
)


def shown(title: str, act: str, channel: str, known: Known) -> str:
    draft = compose(act, channel, known)
    assert draft is not None
    heading = f"## {title}\n\n`{act}` `{channel or '-'}`, {len(draft.text.split())} words, {draft.length} characters"
    subject = f"**{draft.subject}**\n\n" if draft.subject else ""
    return f"{heading}\n\n{subject}{draft.text}\n"


def panel_of_five() -> str:
    written: list[str] = []
    for name in PANEL:
        draft = compose("thank", "email", replace(LEE, name=name, role="peer", written=tuple(written)))
        assert draft is not None
        written.append(draft.text)
    return "## A panel of five colleagues, no topics noted\n\n" + "\n\n---\n\n".join(written) + "\n"


def test_the_samples_are_what_composing_gives() -> None:
    samples = "\n".join(["# Sample drafts\n", *(shown(*case) for case in CASES), panel_of_five()])
    if os.environ.get("RAPPORT_WRITE_SAMPLES"):
        SAMPLES.write_text(samples, "utf-8")
    assert SAMPLES.read_text("utf-8") == samples
