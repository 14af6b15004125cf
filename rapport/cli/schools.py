"""`rapport schools`: every school of etiquette with its opinion and source."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from rapport.cli import arguments
from rapport.cli.paper import Paper
from rapport.rules.etiquette import FACTS, Fact, Norm, School, load_schools

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport schools`."""
    parser.add_argument("school", nargs="?", type=arguments.school, help="read one school, norm by norm")
    parser.add_argument("--facts", action="store_true", help="list the facts that can be stated instead")
    arguments.add_json(parser)


def run(parsed: Namespace) -> int:
    """Print the schools, one school, or the facts. Gives 0."""
    schools = load_schools()
    paper = Paper.of_terminal()
    document: dict[str, Any]
    if parsed.facts:
        document = {"facts": [_fact_as_json(fact) for fact in FACTS.values()]}
        _facts(paper, document["facts"])
    elif parsed.school:
        school = schools[parsed.school]
        document = {"schools": [_as_json(school) | {"norms": [_norm_as_json(norm) for norm in school.norms]}]}
        _one(paper, document["schools"][0])
    else:
        document = {"schools": [_as_json(school) for school in schools.values()]}
        _all(paper, document["schools"])
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n" if parsed.json else str(paper))
    return 0


def _fact_as_json(fact: Fact) -> dict[str, str]:
    return {"fact": fact.name, "takes": fact.expects, "asks": fact.asks}


def _as_json(school: School) -> dict[str, Any]:
    return {
        "school": school.identifier,
        "name": school.name,
        "opinion": school.opinion,
        "source": school.source,
    }


def _norm_as_json(norm: Norm) -> dict[str, Any]:
    return {
        "id": norm.identifier,
        "act": norm.act,
        "channels": [channel for channel in norm.channels if channel],
        "verdict": norm.verdict,
        "until": norm.until,
        "says": norm.reason.says,
        "source": norm.reason.source,
    }


def _facts(paper: Paper, facts: list[dict[str, str]]) -> None:
    for fact in facts:
        paper.line(f"{fact['fact']} = {fact['takes']}", strong=True)
        paper.text(fact["asks"], indent=2)


def _all(paper: Paper, schools: list[dict[str, Any]]) -> None:
    for school in schools:
        paper.line(f"{school['name']}  ({school['school']})", strong=True)
        paper.text(school["opinion"], indent=2)
        paper.text(school["source"], indent=2, faint=True)
        paper.gap()


def _one(paper: Paper, school: dict[str, Any]) -> None:
    _all(paper, [school])
    for norm in school["norms"]:
        channels = f" by {', '.join(norm['channels'])}" if norm["channels"] else ""
        until = f" until {norm['until']}" if norm["until"] else ""
        paper.line(f"{norm['verdict']}{until}: {norm['act']}{channels}", strong=True)
        paper.text(norm["says"], indent=2)
        paper.text(norm["source"], indent=2, faint=True)
