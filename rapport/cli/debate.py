"""`rapport debate`: one situation put to every school, act by act."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rapport.cli import arguments
from rapport.cli.paper import Paper
from rapport.rules.etiquette import (
    VERDICTS,
    ActDebate,
    Debate,
    Opinion,
    Situation,
    WorkingCalendar,
    debate,
)
from rapport.rules.moments import moment_in_words
from rapport.rules.phrases import DEEDS, EVENTS
from rapport.rules.phrases import VERDICTS as WORDS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import datetime

GRANTED = {"met": "interview"}
"""What a debate takes for granted when it is not stated: the question that started it all."""

COLOURS = {
    "do": "green",
    "optional": "green",
    "ask": "blue",
    "hold": "yellow",
    "avoid": "red",
    "never": "red",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport debate`."""
    parser.add_argument(
        "--fact",
        type=arguments.fact,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a fact of the situation; what is not stated is unknown, but met=interview is taken for granted",
    )
    parser.add_argument("--zone", type=arguments.zone, default="UTC", help="the zone of the person concerned")
    parser.add_argument("--act", type=arguments.act, default=None, help="only this act, as invite")
    arguments.add_now(parser)
    arguments.add_json(parser)


def run(parsed: Namespace) -> int:
    """Print the debate. Gives 0."""
    now = arguments.now_of(parsed.now)
    facts = GRANTED | {stated.name: stated.value for stated in parsed.fact}
    held = debate(Situation(now=now, facts=facts, time_zone=parsed.zone), WorkingCalendar())
    held = Debate(tuple(act for act in held.acts if parsed.act in {None, act.act}))
    if parsed.json:
        sys.stdout.write(json.dumps(as_json(held), indent=2, ensure_ascii=False) + "\n")
    else:
        paper = Paper.of_terminal()
        _page(paper, held, facts, now, ZoneInfo(parsed.zone))
        sys.stdout.write(str(paper))
    return 0


def as_json(held: Debate) -> dict[str, Any]:
    """Give a debate as docs/debate.schema.json describes it."""
    return {"acts": [_act_as_json(act) for act in held.acts]}


def _act_as_json(act: ActDebate) -> dict[str, Any]:
    return {
        "act": act.act,
        "channel": act.channel or None,
        "schools": [_opinion_as_json(opinion) for opinion in act.opinions],
        "rules": [rule.as_json() for rule in act.rules],
    }


def _opinion_as_json(opinion: Opinion) -> dict[str, Any]:
    return {
        "school": opinion.school.identifier,
        "verdict": opinion.verdict,
        "until": opinion.until,
        "earliest": arguments.utc(opinion.window.earliest) if opinion.window else None,
        "says": opinion.says or None,
        "source": opinion.source or None,
    }


def _page(paper: Paper, held: Debate, facts: dict[str, Any], now: datetime, zone: ZoneInfo) -> None:
    paper.line("The debate", strong=True)
    paper.text("; ".join(f"{name} = {value}" for name, value in facts.items()), faint=True)
    for act in held.acts:
        silent = act.saying(None)
        if len(silent) == len(act.opinions):
            continue
        paper.gap()
        paper.line(DEEDS[act.act, act.channel][1], strong=True)
        for rule in act.rules:
            paper.marked("House rule", "red", rule.says, indent=2)
        for verdict in VERDICTS:
            for opinion in act.saying(verdict):
                paper.marked(WORDS[verdict], COLOURS[verdict], _said(opinion, now, zone), indent=2)
        if silent:
            names = ", ".join(opinion.school.name for opinion in silent)
            paper.text(f"No opinion: {names}", indent=2, hanging=4, faint=True)


def _said(opinion: Opinion, now: datetime, zone: ZoneInfo) -> str:
    when = ""
    if opinion.until:
        when = f", until {EVENTS[opinion.until]}"
    elif opinion.window and opinion.window.earliest > now:
        when = f", from {moment_in_words(opinion.window.earliest, now, zone)}"
    return f"{opinion.school.name}{when}: {opinion.says}"
