"""A plan as a page worth reading on a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rapport.cli.aside import tell_set_aside
from rapport.cli.debate import COLOURS
from rapport.cli.paper import Paper
from rapport.followups.models import Step
from rapport.interviews.models import Interview, Interviewer
from rapport.people.models import Person
from rapport.rules.drafts.lengths import length
from rapport.rules.etiquette import CAUTION, DEFAULT, FACTS, ActAdvice, Advice, Window
from rapport.rules.etiquette.vocabulary import ONCE_MET
from rapport.rules.moments import clock_in_words, day_in_words, late, moment_in_words, place_of, same_clock
from rapport.rules.phrases import EVENTS, VERDICTS, deed, title_and_part
from rapport.rules.supposing import supposing

if TYPE_CHECKING:
    from rapport.cli.outcome import Outcome

_CENTRAL = frozenset(
    {
        ("thank", "email"),
        ("thank", "letter"),
        ("invite", "professional"),
        ("invite", "social"),
        ("check_in", "email"),
    }
)
"""What a person asks about after an interview: told whatever the verdict, but for a mere "avoid"."""

_NEEDS_AN_OCCASION = frozenset(
    {"record", "answer", "withdraw", "congratulate", "keep_in_touch", "ask_introduction", "make_introduction"}
)
"""Acts that are not worth a word on paper while nothing calls for them."""

_TOLD_LATER = ("hold", "never")
_LOOKED_UP = frozenset({"country", "sector", "degree", "mutuals", "uses_site", "i_know_the_site"})
"""What a member would have to look up is asked after what they know by heart."""

_QUESTIONS_SHOWN = 2


def page(outcome: Outcome) -> str:
    """Give the whole page as text."""
    paper = Paper.of_terminal()
    for interview in outcome.interviews:
        _Interview(paper, interview, outcome).write()
    if outcome.elsewhere:
        paper.gap()
        paper.line("Met elsewhere", strong=True)
        for person, advice in outcome.elsewhere:
            _elsewhere(paper, person, advice, outcome.now)
    of_cards = [aside for aside in outcome.set_aside if "card" in aside]
    others = [aside for aside in outcome.set_aside if "card" not in aside]
    tell_set_aside(paper, others, outcome.now, outcome.member.zone)
    _rest(paper, "No plan", [(aside["title"], aside["why"]) for aside in of_cards])
    _rest(paper, "Could not be read", [(_place(problem), problem["says"]) for problem in outcome.problems])
    _rest(paper, "Assumed", [(_place(remark), remark["says"]) for remark in outcome.remarks])
    if not (outcome.interviews or outcome.elsewhere or outcome.set_aside or outcome.problems):
        paper.text(
            "There is nothing in this. Give an invitation (.ics), a mail (.eml), a card (.vcf) or text."
        )
    return str(paper)


def _place(problem: dict[str, Any]) -> str:
    return f"{problem['file']}, line {problem['line']}" if problem["line"] else str(problem["file"])


def _rest(paper: Paper, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        paper.gap()
        paper.line(heading, strong=True)
        for what, why in rows:
            paper.line(f"{what}: {why}", indent=2)


class _Interview:
    """One interview on the page."""

    def __init__(self, paper: Paper, interview: Interview, outcome: Outcome) -> None:
        self.paper = paper
        self.interview = interview
        self.now = outcome.now
        self.mine = outcome.member.zone
        self.theirs = ZoneInfo(interview.time_zone or outcome.member.time_zone)
        self.falls_back = False

    def write(self) -> None:
        """Write the heading, then each person."""
        paper, interview = self.paper, self.interview
        paper.gap()
        paper.line(interview.title, strong=True)
        paper.line(" · ".join(filter(None, (self._where(), self._when(), self._how()))), faint=True)
        paper.rule()
        people = [who for who in interview.interviewers.all() if who.dismissed_at is None]
        if interview.cancelled_at:
            paper.text("It was cancelled, so its plan is closed and nothing is due.")
        else:
            self._people(people)
        if self.falls_back:
            paper.gap()
            paper.text(
                f"* The school {interview.plan.school!r} has no opinion here; the default, {DEFAULT!r}, speaks.",
                faint=True,
            )
        if interview.left_out:
            paper.gap()
            paper.line("Left out", faint=True)
            for left in interview.left_out:
                paper.line(f"{left['address']}: {left['why']}", indent=2, faint=True)

    def _people(self, people: Sequence[Interviewer]) -> None:
        steps: dict[int, list[Step]] = defaultdict(list)
        for step in self.interview.plan.steps.all():
            steps[step.person_id].append(step)
        for who in people:
            self._person(who, steps[who.person_id])
        if not people:
            self.paper.text(
                "Nobody is named in the invitation. Type the names in, or add the mail that came with it."
            )

    def _where(self) -> str:
        application = self.interview.application
        return ", ".join(filter(None, (str(application.organisation or ""), application.job_title)))

    def _when(self) -> str:
        starts, ends = self.interview.starts_at, self.interview.ends_at
        mine = f"{day_in_words(starts, self.now, self.mine)} {clock_in_words(starts, self.mine)}"
        until = clock_in_words(ends, self.mine)
        if same_clock(starts, self.mine, self.theirs):
            return f"{mine} to {until}"
        there = clock_in_words(starts, self.theirs)
        return f"{mine} to {until} ({there} in {place_of(self.theirs)})"

    def _how(self) -> str:
        return {"phone": "by phone", "video": "by video", "on_site": "on site"}.get(self.interview.kind, "")

    def _person(self, who: Interviewer, steps: list[Step]) -> None:
        paper, person = self.paper, who.person
        paper.gap()
        about = title_and_part(person.title, who.role)
        nothing = "only a social address yet" if person.emails.all() else "no e-mail address yet"
        email = person.work_email or nothing
        paper.line(f"{person.name}{'  ' + about if about else ''}  <{email}>", strong=True)
        if who.confirmed_at is None:
            paper.text(
                f"Unconfirmed: the name was read in the {who.source}. Was it them?", indent=2, faint=True
            )
        told = [step for step in steps if _is_told(step.act, step.channel, step.in_force)]
        for step in told:
            if step.in_force not in _TOLD_LATER:
                self._step(step)
        self._holds([step for step in told if step.in_force == "hold"])
        for step in told:
            if step.in_force == "never":
                self._step(step)
        self._others([step for step in steps if step not in told])
        self._questions(told, ONCE_MET if who.interview.ends_at > self.now else frozenset())

    def _step(self, step: Step) -> None:
        zone = ZoneInfo(step.person.time_zone or self.theirs.key)
        was_due = step.was_due if step.in_force == "do" else None
        timing = self._posted(step, zone) or _timing(step, was_due, self.now, zone, self.mine)
        words = deed(step.act, step.channel) + (f", {timing}" if timing else "")
        self._marked(step, words)
        for reason in step.against[:1]:
            self.paper.text(f"Against it: {reason['says']}", indent=14, faint=True)
        if step.note is not None and step.in_force == "do":
            self._draft(step)

    def _posted(self, step: Step, zone: ZoneInfo) -> str:
        """Of a letter in the post: when it went, and when it is expected."""
        if step.posted_at is None or step.arrives is None:
            return ""
        posted = day_in_words(step.posted_at, self.now, self.mine)
        return f"posted {posted}, arrives about {day_in_words(step.arrives, self.now, zone)}"

    def _holds(self, steps: list[Step]) -> None:
        """What waits for the same event, for the same reason, stands together."""
        together: dict[tuple[str, str], list[Step]] = defaultdict(list)
        for step in steps:
            together[step.until, step.because[0]["says"] if step.because else ""].append(step)
        for (event, _), held in together.items():
            deeds = "; ".join(deed(step.act, step.channel) for step in held)
            self._marked(held[-1], f"{deeds}, until {EVENTS[event]}")

    def _marked(self, step: Step, words: str) -> None:
        verdict = step.in_force
        falls_back = step.falls_back and self.interview.plan.school != DEFAULT
        self.falls_back = self.falls_back or falls_back
        self.paper.marked(VERDICTS[verdict] + ("*" if falls_back else ""), COLOURS[verdict], words, indent=2)
        if step.because:
            self.paper.text(step.because[0]["says"], indent=14, faint=True)

    def _draft(self, step: Step) -> None:
        note = step.note
        if note is None:
            return
        self.paper.gap()
        if note.subject:
            self.paper.text(f"Subject: {note.subject}", indent=16)
        self.paper.text(note.text, indent=16)
        if note.limit:
            self.paper.text(f"({length(note.text)} of {note.limit} characters)", indent=16, faint=True)
        for alike in note.resembles()[:1]:
            says = f"Nearly the words of your {alike.written.label}. Change a sentence before you use it."
            self.paper.text(says, indent=16, faint=True)
        self.paper.gap()

    def _others(self, steps: Iterable[Step]) -> None:
        by_verdict: dict[str, list[str]] = defaultdict(list)
        for step in steps:
            if step.act not in _NEEDS_AN_OCCASION and step.in_force in {"optional", "avoid"}:
                by_verdict[step.in_force].append(deed(step.act, step.channel).lower())
        for verdict, deeds in by_verdict.items():
            self.paper.marked(VERDICTS[verdict], "", "; ".join(deeds), indent=2)

    def _questions(self, told: list[Step], too_early: Collection[str]) -> None:
        """The facts that would move what is told above, the most telling first; those not too early to ask."""
        asked: dict[str, list[tuple[Step, dict[str, Any]]]] = defaultdict(list)
        for step in told:
            for change in step.would_change:
                alone = "besides" not in change and change["verdict"] != step.verdict
                if alone and FACTS[change["fact"]].is_asked and change["fact"] not in too_early:
                    asked[change["fact"]].append((step, change))
        for fact in sorted(asked, key=lambda fact: _worth_asking(fact, asked[fact]))[:_QUESTIONS_SHOWN]:
            answers = " ".join(_what_if(step, change) for step, change in asked[fact][:2])
            self.paper.marked("?", "blue", f"{FACTS[fact].asks} {answers}", indent=2)


def _worth_asking(fact: str, effects: list[tuple[Step, dict[str, Any]]]) -> tuple[bool, int, bool]:
    """First what is known by heart, what would let an act, and what is about the invitation."""
    boldest = min(CAUTION[change["verdict"]] - CAUTION[step.verdict] for step, change in effects)
    return (fact in _LOOKED_UP, boldest, all(step.act != "invite" for step, _ in effects))


def _what_if(step: Step, change: dict[str, Any]) -> str:
    what = deed(step.act, step.channel)
    answer = supposing(change["fact"], [change["value"]])
    return f"{answer}: {what[0].lower()}{what[1:]} becomes “{VERDICTS[change['verdict']].lower()}”."


def _is_told(act: str, channel: str, verdict: str) -> bool:
    if act == "record":
        return False
    return verdict in {"do", "ask"} or (verdict != "avoid" and (act, channel) in _CENTRAL)


def _timing(
    window: Step | Window, was_due: datetime | None, now: datetime, zone: ZoneInfo, mine: ZoneInfo
) -> str:
    """When, in words, on the clock of the person it is for; `was_due` where that has gone by."""
    earliest, due, arrives = window.earliest, window.due, window.arrives
    if due is None:
        return ""
    since = late(was_due, now, zone)
    if arrives is not None:
        return f"{since}post by {day_in_words(due, now, zone)}, it arrives {day_in_words(arrives, now, zone)}"
    theirs = "" if same_clock(due, zone, mine) else ", their time"
    begins = f"from {moment_in_words(earliest, now, zone)} " if earliest and earliest > now else ""
    return f"{since}{begins}before {moment_in_words(due, now, zone)}{theirs}"


def _elsewhere(paper: Paper, person: Person, advice: Advice, now: datetime) -> None:
    paper.gap()
    paper.line(f"{person.name}{'  ' + person.title if person.title else ''}", indent=2, strong=True)
    mine = person.member.zone
    zone = ZoneInfo(person.time_zone or person.member.time_zone)
    for advised in advice.acts:
        if _is_told(advised.act, advised.channel, advised.verdict) and advised.verdict in {"do", "optional"}:
            _advised(paper, advised, now, zone, mine)


def _advised(paper: Paper, advised: ActAdvice, now: datetime, zone: ZoneInfo, mine: ZoneInfo) -> None:
    window = advised.window
    was_due = window.was_due if window and advised.verdict == "do" else None
    timing = _timing(window, was_due, now, zone, mine) if window else ""
    words = deed(advised.act, advised.channel) + (f", {timing}" if timing else "")
    paper.marked(VERDICTS[advised.verdict], COLOURS[advised.verdict], words, indent=4)
    if advised.because:
        paper.text(advised.because[0].says, indent=16, faint=True)
